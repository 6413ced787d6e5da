/** Replaces what must not be shown. */
const MASK = '[…]';

/**
 * Keeps of a foreign text only what has the shape of ordinary words: no run of five digits or more however it is
 * grouped, no token that mixes letters and digits, nothing overlong. An allow-list, because a deny-list misses the
 * next secret.
 */
export function safeText(text: string, maxLength = 300): string {
  const clipped = text.length > 4 * maxLength ? text.slice(0, 4 * maxLength) : text;
  const safe = clipped
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]+/gu, ' ')
    .replace(/\+?\p{N}(?:[\s().\-–/]*\p{N}){4,}/gu, MASK)
    .replace(/[\p{L}\p{M}\p{N}_+/=~$%&#@*-]+/gu, (token) => (isOrdinaryToken(token) ? token : MASK));
  return safe.length > maxLength ? `${safe.slice(0, maxLength - 1)}…` : safe;
}

/** A word, an identifier such as `IvrId`, or a short number. */
function isOrdinaryToken(token: string): boolean {
  return /^(?:[\p{L}\p{M}_-]{1,40}|\p{N}{1,4}|[-/=~$%&#@*+]+)$/u.test(token);
}

/** A name that the caller chose, shown only where it has the shape of an identifier without digits. */
export function safeName(name: string): string | undefined {
  return /^[A-Za-z][A-Za-z_]{0,39}$/.test(name) ? name : undefined;
}

/** Says what kind of value was given, and never the value itself, except for numbers too short to be a phone number. */
export function describeValue(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string')
    return value === '' ? 'an empty string' : `a string of ${count(value.length, 'character')}`;
  if (typeof value === 'number') return describeNumber(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'object') return describeObject(value);
  return value === undefined ? 'undefined' : `a ${typeof value}`;
}

function describeNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) < 100_000) return String(value);
  return Number.isInteger(value)
    ? `an integer of ${String(Math.abs(value)).length} digits`
    : 'a number with a fraction';
}

function describeObject(value: object): string {
  if (Array.isArray(value))
    return value.length === 0 ? 'an empty array' : `an array of ${count(value.length, 'item')}`;
  return 'an object';
}

/** A number with its noun, in the plural where it needs one. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** The useful part of a foreign error: its kind and system codes, and its message made safe. Never its other fields. */
export function safeCause(error: unknown): Error {
  const source = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  const cause = new Error(
    error instanceof Error ? safeText(error.message) : `something thrown that is no Error`,
  );
  cause.name = typeof source.name === 'string' ? (safeName(source.name) ?? 'Error') : 'Error';
  Object.defineProperty(cause, 'name', { enumerable: false });
  // The stack of the copy would point here, and that of the original begins with its message.
  cause.stack = `${cause.name}: ${cause.message}`;
  for (const key of ['code', 'syscall'] as const) {
    const value = source[key];
    if (typeof value === 'string' && safeName(value) !== undefined) Object.assign(cause, { [key]: value });
  }
  return cause;
}
