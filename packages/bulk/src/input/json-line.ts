/** Where a field of an object is in its text: from the first character of its value up to, but not including, another. */
export type OnField = (key: string, from: number, to: number) => void;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Names the fields of an object, and where their values are, so that a value can be taken as it is written: a parser would
 * round its numbers, and keep the last one of two fields of one name.
 *
 * @param text JSON, and an object: it must have been parsed before
 */
export function fieldsOf(text: string, onField: OnField): void {
  let at = text.indexOf('{') + 1;
  for (;;) {
    const start = text.indexOf('"', at);
    const close = text.indexOf('}', at);
    if (start === -1 || (close !== -1 && close < start)) return;
    const end = endOfString(text, start);
    const from = skipBlanks(text, text.indexOf(':', end) + 1);
    const to = endOfValue(text, from);
    onField(stringOf(text, start, end), from, to);
    at = to;
  }
}

/** The text of a string, of which the place is known, with its quotes. */
export function stringOf(text: string, from: number, to: number): string {
  const inner = text.slice(from + 1, to - 1);
  return inner.includes('\\') ? (JSON.parse(text.slice(from, to)) as string) : inner;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) <= 0x20) at++;
  return at;
}

function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); ; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return at + 1;
  }
}

function endOfValue(text: string, from: number): number {
  const first = text.charCodeAt(from);
  if (first === QUOTE) return endOfString(text, from);
  if (first !== 0x7b && first !== 0x5b) {
    let at = from;
    for (let code = first; code > 0x20 && code !== 0x2c && code !== 0x7d; code = text.charCodeAt(at)) at++;
    return at;
  }
  let depth = 0;
  for (let at = from; ; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at) - 1;
    else if (code === 0x7b || code === 0x5b) depth++;
    else if ((code === 0x7d || code === 0x5d) && --depth === 0) return at + 1;
  }
}

/** Most digits that a number with an exponent is written out to. */
const MAX_DIGITS = 40;

/** A number with its exponent written out, without rounding; as it is if it is too long for that. */
export function writtenOut(number: string): string {
  const found = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d+)$/.exec(number);
  if (found === null) return number;
  const [, sign = '', whole = '', fraction = '', exponent = ''] = found;
  const shift = Number(exponent);
  if (Math.abs(shift) > MAX_DIGITS) return number;
  const digits =
    (shift < 0 ? '0'.repeat(-shift) : '') +
    whole +
    fraction +
    '0'.repeat(Math.max(0, shift - fraction.length));
  const point = (shift < 0 ? -shift : 0) + whole.length + shift;
  const before = digits.slice(0, point).replace(/^0+(?=\d)/, '') || '0';
  const after = digits.slice(point).replace(/0+$/, '');
  return `${sign}${before}${after === '' ? '' : `.${after}`}`;
}
