import { BulkError } from '../errors.js';

/** What an error says, of the server or of the connection. */
interface Failure {
  readonly isOfServer: boolean;
  /** Empty if it has none. */
  readonly code: string;
  readonly message: string;
}

/** Classes of errors of the server that pass: connection, rolled back, resources, intervention of an operator. */
const PASSING = new Set(['08', '40', '53', '57']);

/**
 * Single codes that pass: a copy takes no changes until it is promoted, a transaction was idle for too long and has lost its
 * connection, and somebody else has a lock for longer than `lock_timeout` allows to wait.
 */
const PASSING_CODES = new Set(['25006', '25P03', '55P03']);

/**
 * Nothing changes by itself: the server, its certificate and the options do not fit each other, or the ledgers are closed.
 * PgBouncer gives what it refuses the code of a connection that is lost.
 */
const LASTING = [
  /unsupported startup parameter/,
  /statement pooling mode/,
  /^no such (?:user|database)|authentication failed/,
  /^SASL: /,
  /does not support SSL/,
  /certificate|self.signed/i,
  /Cannot use a pool after calling end/,
];

/** Classes of errors of the server whose messages name settings, users, tables and causes, but never a value. */
const TOLD_CLASSES = new Set(['08', '25', '28', '3D', '42', '53', '55', '57', '58', 'XX']);

/** What the package `pg` says by itself; anything else might come from the caller. */
const TOLD =
  /^(SASL: |The server does not support SSL|Connection terminated|Query read timeout|timeout e|Cannot use a pool)/;

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: 'the connection was lost',
  EPIPE: 'the connection was lost',
  ETIMEDOUT: 'it does not answer',
  ENOTFOUND: 'the host name cannot be resolved',
  ERR_INVALID_URL: 'its address is not a URL',
  EAI_AGAIN: 'the host name cannot be resolved',
};

const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/unsupported startup parameter/, ' Leave it out of the connection, or let the pooler ignore it.'],
  [/statement pooling mode/, ' The ledger needs pool_mode = transaction, or session.'],
  [/^25006 /, ' This is a copy that is not promoted: connect to the primary.'],
];

/** Whether the same may succeed later. */
export function mayPass(error: unknown): boolean {
  const { isOfServer, code, message } = failureOf(error);
  if (LASTING.some((lasting) => lasting.test(message)) || code === 'ERR_INVALID_URL') return false;
  return !isOfServer || PASSING_CODES.has(code) || PASSING.has(code.slice(0, 2));
}

/** The error in words, without anything that was sent. */
export function unusable(error: unknown): BulkError {
  const { code, message } = failureOf(error);
  const [, advice = ''] = ADVICE.find(([pattern]) => pattern.test(`${code} ${message}`)) ?? [];
  const shownCode = code === '' ? '' : ` (${code})`;
  const text = `The database of the ledger cannot be used: ${reasonOf(error)}${shownCode}.${advice}`;
  return new BulkError('LedgerUnusable', text, error);
}

function reasonOf(error: unknown): string {
  const { isOfServer, code, message } = failureOf(error);
  const isTold = isOfServer ? TOLD_CLASSES.has(code.slice(0, 2)) : TOLD.test(message);
  if (isTold) return message.split('\n', 1)[0]!.slice(0, 200).replace(/\.$/, '');
  if (isOfServer) return 'the server refuses';
  if (/CERT|SELF_SIGNED|VERIFY/.test(code)) return 'the certificate of the server is not trusted';
  return REASONS[code] ?? 'the connection failed';
}

/** Only errors of the server have a severity. */
function failureOf(error: unknown): Failure {
  const { code, message, severity } = (error ?? {}) as Record<string, unknown>;
  return {
    isOfServer: severity !== undefined,
    code: typeof code === 'string' ? code : '',
    message: typeof message === 'string' ? message : '',
  };
}
