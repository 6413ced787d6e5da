import { safeName } from './describe.js';

/** Five digits or more, those of Chinese included, with up to three other characters that are no letters between two. */
const LONG_NUMBER =
  /\+?[\p{N}〇零一二三四五六七八九](?:[^\p{L}\p{N}]{0,3}[\p{N}〇零一二三四五六七八九]){4,}/gu;

/** Replaces what must not be shown. */
const MASK = '[…]';

/** Longest text that is shown. */
const MAX_TEXT = 300;

/**
 * Keeps of a foreign text only what has the shape of ordinary words: no run of five digits or more however it is
 * grouped, no token that mixes letters and digits, nothing overlong. An allow-list, because a deny-list misses the
 * next secret. `secrets` are values that are known to be secret and are replaced whatever their shape.
 */
export function safeText(text: string, secrets: readonly string[] = []): string {
  const known = secrets.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
  const clipped = known.slice(0, 4 * MAX_TEXT);
  const safe = clipped
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]+/gu, ' ')
    .replace(LONG_NUMBER, MASK)
    .replace(/[\p{L}\p{M}\p{N}_+/=~$%&#@*-]+/gu, (token) => (isOrdinaryToken(token) ? token : MASK));
  return safe.length > MAX_TEXT ? `${safe.slice(0, MAX_TEXT - 1)}…` : safe;
}

/** A word, an identifier such as `IvrId`, or a short number. */
function isOrdinaryToken(token: string): boolean {
  return /^(?:[\p{L}\p{M}_-]{1,32}|\p{N}{1,4}|[-/=~$%&#@*+]+)$/u.test(token);
}

/**
 * The useful part of a foreign error: its kind and system codes, and its message only if Node.js or undici wrote it.
 * The message of any other error, such as one of a credentials function, may hold anything; and so may other fields.
 */
export function safeCause(error: unknown): Error {
  try {
    return copySafely((error ?? {}) as Record<string, unknown>);
  } catch {
    return new Error(WITHHELD);
  }
}

const WITHHELD = 'The message is withheld, for it may hold private data.';

function copySafely(source: Record<string, unknown>): Error {
  const codes = Object.fromEntries(
    ['code', 'syscall'].flatMap((key) => {
      const value = source[key];
      return typeof value === 'string' && safeName(value) !== undefined ? [[key, value]] : [];
    }),
  );
  const isOfSystem = 'syscall' in codes || /^(UND_ERR|HPE|ERR)_/.test(String(codes.code));
  const cause = new Error(isOfSystem ? safeText(String(source.message)) : WITHHELD);
  const name = typeof source.name === 'string' ? (safeName(source.name) ?? 'Error') : 'Error';
  Object.defineProperty(cause, 'name', { value: name, enumerable: false });
  // The stack of the copy would point here, and that of the original begins with its message.
  cause.stack = `${name}: ${cause.message}`;
  return Object.assign(cause, codes);
}
