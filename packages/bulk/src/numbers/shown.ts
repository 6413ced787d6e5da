/**
 * A number of which the last four digits may be seen by the person at the terminal.
 *
 * @example
 * maskNumber('+8613012345678'); // ••••••••••5678
 */
export function maskNumber(text: string): string {
  const shown = shownText(text.slice(-4));
  return text.length <= 6 ? '•'.repeat(text.length) : '•'.repeat(text.length - 4) + shown;
}

/** A text of a list as a terminal may show it: control characters would move its cursor, or do worse. */
export function shownText(text: string): string {
  return text.replaceAll(/\p{C}|[\u2028\u2029]/gu, '\ufffd');
}

/** A text with a number in it, of which the last four digits may be seen, and how it is written. */
export function maskDigits(text: string): string {
  const digits = digitsIn(text);
  let left = digits - (digits > 6 ? 4 : 0);
  return text.replaceAll(/\p{Nd}/gu, (digit) => (left-- > 0 ? '•' : digit));
}

/** How many digits a text has, of whatever width or script. */
export function digitsIn(text: string): number {
  return text.match(/\p{Nd}/gu)?.length ?? 0;
}
