import { holdsSecret } from './secrets.js';

/** Codes of the system, of Node.js, of its TLS and HTTP parsers, and of undici. */
const SYSTEM_CODE =
  /^(?:E[A-Z0-9]{2,20}|(?:UND_ERR|HPE|ERR|EAI|CERT|CRL|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|INVALID|HOSTNAME)_[A-Z_]{2,60})$/;

const ERROR_NAME = /^(?:[A-Z][a-z]{2,20})?(?:Error|Exception)$/;

/**
 * What may be shown of a foreign error: its name and its system codes, if they look like such and carry no known secret.
 * Never its message, nor any other field: they may hold anything.
 */
export function safeCause(error: unknown, secrets: readonly string[] = []): Error {
  try {
    return copySafely((error ?? {}) as Record<string, unknown>, secrets);
  } catch {
    return new Error(WITHHELD);
  }
}

const WITHHELD = 'The message is withheld because it may hold private data.';

function copySafely(source: Record<string, unknown>, secrets: readonly string[]): Error {
  const pick = (key: string, shape: RegExp) => {
    const value = source[key];
    const isSafe = typeof value === 'string' && shape.test(value) && !holdsSecret(value, secrets);
    return isSafe ? value : undefined;
  };
  const code = pick('code', SYSTEM_CODE);
  const syscall = code === undefined ? undefined : pick('syscall', /^[a-z]{2,16}$/);
  const name = pick('name', ERROR_NAME) ?? 'Error';
  const cause = new Error(
    code === undefined ? WITHHELD : `${code}${syscall === undefined ? '' : ` (${syscall})`}`,
  );
  Object.defineProperty(cause, 'name', { value: name, enumerable: false });
  // The stack of the copy would point here, and that of the original begins with its message.
  cause.stack = `${name}: ${cause.message}`;
  return Object.assign(cause, code === undefined ? {} : { code }, syscall === undefined ? {} : { syscall });
}
