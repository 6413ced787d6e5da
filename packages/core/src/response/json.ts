/** JSON as parsed. */
export interface ParsedJson {
  value: unknown;
  /** Whether an object in it names a key twice, so that it says two things at once. */
  hasDuplicateKeys: boolean;
}

/** A string, with the colon that follows it if it is a key; or a number. */
const TOKEN = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;

/** A number that is certainly exact: an integer of fifteen digits at most, or an ordinary fraction. */
const PLAIN_NUMBER = /^-?\d{1,15}(?:\.\d{1,6})?$/;

/**
 * Parses JSON without loss: a number that JavaScript would round to another integer comes as the text that stands there.
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

function scan(text: string): { keys: number; isPlain: boolean; hasProto: boolean } {
  let keys = 0;
  let isPlain = true;
  let hasProto = false;
  for (const [token, string, colon] of text.matchAll(TOKEN)) {
    if (string === undefined) isPlain &&= PLAIN_NUMBER.test(token);
    if (colon === undefined) continue;
    keys++;
    hasProto ||= isProto(string!);
  }
  return { keys, isPlain, hasProto };
}

/** A key can be written with escapes. */
function isProto(key: string): boolean {
  return key === '"__proto__"' || (key.includes('\\') && JSON.parse(key) === '__proto__');
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
  // The decimal point stands this many digits from the right; all behind it must be zeros.
  const behind = fraction.length - Number(exponent);
  const integer =
    behind <= 0 ? `${digits}${'0'.repeat(Math.min(-behind, 20))}` : digits.slice(0, -behind) || '0';
  const isWhole = behind <= 0 || /^0*$/.test(digits.slice(-behind));
  return isWhole && `${sign}${integer}` === String(number);
}

/** Not recursive, for a response may nest as deep as it likes. */
function countKeys(root: unknown): number {
  let count = 0;
  const open: unknown[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    const items: unknown[] = Object.values(value);
    if (!Array.isArray(value)) count += items.length;
    for (const item of items) if (typeof item === 'object') open.push(item);
  }
  return count;
}

function withoutProto(root: unknown): unknown {
  const open: unknown[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (Object.hasOwn(value, '__proto__')) delete (value as Record<string, unknown>)['__proto__'];
    open.push(...Object.values(value));
  }
  return root;
}
