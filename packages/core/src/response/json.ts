/** JSON as parsed. */
export interface ParsedJson {
  value: unknown;
  /** Whether an object in it names a key twice, so that it says two things at once. */
  hasDuplicateKeys: boolean;
}

/** A string, or a number. */
const TOKEN = /("[^"\\]*(?:\\.[^"\\]*)*")|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;

/**
 * Parses JSON without loss: a number that JavaScript would round to another integer comes as its text.
 * So does one beyond all bounds. A key `__proto__` is left out.
 *
 * @throws SyntaxError if the text is not JSON
 */
export function parseJson(text: string): ParsedJson {
  const parsed: unknown = JSON.parse(text); // Before anything else: what follows takes the text for JSON.
  const { keys, isPlain, hasProto } = scan(text);
  const exact = isPlain ? parsed : (JSON.parse(quoteInexactNumbers(text)) as unknown);
  const hasDuplicateKeys = keys !== countKeys(exact);
  return { value: hasProto ? withoutProto(exact) : exact, hasDuplicateKeys };
}

interface Scan {
  keys: number;
  /** Whether every number is certainly exact: an integer of fifteen digits at most. */
  isPlain: boolean;
  hasProto: boolean;
}

/** Looks through a text that is known to be JSON. Every response comes here, so it makes nothing but its result. */
function scan(text: string): Scan {
  const found: Scan = { keys: 0, isPlain: true, hasProto: false };
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      if (isKey(text, end)) {
        found.keys++;
        if (isProto(text, at, end)) found.hasProto = true;
      }
      at = end - 1;
    } else if (isDigit(code)) {
      const end = endOfDigits(text, at);
      const next = text.charCodeAt(end) | LOWER_CASE;
      if (end - at > 15 || next === DOT || next === EXPONENT) found.isPlain = false;
      at = end - 1;
    }
  }
  return found;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const SPACE = 0x20;
const LOWER_CASE = 0x20;
const DOT = 0x2e;
const EXPONENT = 0x65;

/** Most strings hold no quote, and `indexOf` is many times as fast as a loop. */
function endOfString(text: string, start: number): number {
  const quote = text.indexOf('"', start + 1);
  if (text.charCodeAt(quote - 1) !== BACKSLASH) return quote + 1;
  let at = start + 1;
  for (let code = text.charCodeAt(at); code !== QUOTE; code = text.charCodeAt(at)) {
    at += code === BACKSLASH ? 2 : 1;
  }
  return at + 1;
}

function isKey(text: string, end: number): boolean {
  let at = end;
  while (text.charCodeAt(at) <= SPACE) at++;
  return text.charCodeAt(at) === COLON;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function endOfDigits(text: string, start: number): number {
  let at = start;
  while (isDigit(text.charCodeAt(at))) at++;
  return at;
}

const PROTO = '"__proto__"';

/** A key can be written with escapes, and is then longer. */
function isProto(text: string, start: number, end: number): boolean {
  if (end - start < PROTO.length) return false;
  const key = text.slice(start, end);
  return key === PROTO || (key.includes('\\') && JSON.parse(key) === '__proto__');
}

function quoteInexactNumbers(text: string): string {
  return text.replace(TOKEN, (token: string, string: string | undefined) =>
    string !== undefined || isExact(token) ? token : `"${token}"`,
  );
}

/** Whether a number is not rounded to an integer that it is not. Rounded fractions are what everybody expects. */
function isExact(token: string): boolean {
  const number = Number(token);
  if (!Number.isFinite(number)) return false;
  if (!Number.isInteger(number)) return true;
  const [, sign, whole, fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(
    token,
  )!;
  if (!Number.isSafeInteger(number)) return false;
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  if (digits === '') return true;
  // The decimal point is this many digits from the right; all after it must be zeros.
  const behind = fraction.length - Number(exponent);
  const integer =
    behind <= 0 ? `${digits}${'0'.repeat(Math.min(-behind, 20))}` : digits.slice(0, -behind) || '0';
  const isWhole = behind <= 0 || /^0*$/.test(digits.slice(-behind));
  return isWhole && `${sign}${integer}` === String(number);
}

/** Not recursive, since a response may nest as deep as it likes. What others put on `Object.prototype` is not a key of it. */
function countKeys(root: unknown): number {
  let count = 0;
  const open: unknown[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    const items: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
    if (items !== value) count += items.length;
    for (const item of items) if (typeof item === 'object') open.push(item);
  }
  return count;
}

function withoutProto(root: unknown): unknown {
  const open: unknown[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (Object.hasOwn(value, '__proto__')) delete (value as Record<string, unknown>)['__proto__'];
    for (const item of Object.values(value)) open.push(item);
  }
  return root;
}
