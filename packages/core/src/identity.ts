const numbers = new WeakMap<object, number>();
let last = 0;

/** A number that identifies one object, so that it can be part of a key; 0 if there is no object. */
export function identityOf(object: object | undefined): number {
  if (object === undefined) return 0;
  let number = numbers.get(object);
  if (number === undefined) numbers.set(object, (number = ++last));
  return number;
}
