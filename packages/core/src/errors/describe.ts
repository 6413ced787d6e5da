/** A name that the caller chose, shown only if it has the shape of an identifier without digits. */
export function safeName(name: string): string | undefined {
  return /^[A-Za-z][A-Za-z_]{0,39}$/.test(name) ? name : undefined;
}

/**
 * Says what kind of value was given, and never the value itself. `number` is for places where only a plain number can
 * stand, never a called one: there, short numbers are shown.
 */
export function describeValue(value: unknown, place: 'number' | 'any' = 'any'): string {
  if (value === null) return 'null';
  if (typeof value === 'string')
    return value === '' ? 'an empty string' : `a string of ${count(value.length, 'character')}`;
  if (typeof value === 'number') return describeNumber(value, place === 'number');
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'object') return describeObject(value);
  return value === undefined ? 'undefined' : `a ${typeof value}`;
}

function describeNumber(value: number, isShown: boolean): string {
  if (!Number.isFinite(value)) return String(value);
  if (isShown && Math.abs(value) < 100_000) return String(value);
  return Number.isInteger(value)
    ? `an integer of ${count(String(Math.abs(value)).length, 'digit')}`
    : 'a number with a fraction';
}

function describeObject(value: object): string {
  if (Array.isArray(value))
    return value.length === 0 ? 'an empty array' : `an array of ${count(value.length, 'item')}`;
  return 'an object';
}

/** A number with its noun, in the plural if it needs one. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** The path of a property, with a name that could be private data left out. */
export function joinPath(path: string, key: string): string {
  const name = safeName(key) ?? '[…]';
  return path === '' ? name : `${path}.${name}`;
}
