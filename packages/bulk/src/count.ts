/** A number as people read it. */
export function count(number: number): string {
  return number.toLocaleString('en-US');
}

/** How many there are of what has a plural: `1 line`, `2,000 lines`. */
export function countOf(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}
