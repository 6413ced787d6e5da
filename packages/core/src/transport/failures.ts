import type { TcccErrorFields } from '../errors/errors.js';
import { ConfigurationError, ResponseError, TransportError } from '../errors/errors.js';
import { safeCause } from '../errors/redact.js';

/** Why there is no complete response. */
export type ExchangeFailureKind = 'network' | 'timeout' | 'cancelled' | 'too-large' | 'replay' | 'surplus';

/** Thrown if there is no complete response. */
export class ExchangeFailure extends Error {
  readonly kind: ExchangeFailureKind;
  /** Whether the first byte may have been handed to a socket; false is certain. */
  readonly sent: boolean;

  constructor(kind: ExchangeFailureKind, sent: boolean, cause?: unknown) {
    super(kind, { cause });
    this.kind = kind;
    this.sent = sent;
  }
}

/** Thrown if the client's own connections cannot be set up. Its message shows nothing of a proxy's URL. */
export class SetupFailure extends Error {
  /** `load`: undici could not be loaded. `proxy`: a variable of the environment holds no URL of a proxy. */
  readonly kind: 'load' | 'proxy';
  /** The variable, for `proxy`. */
  readonly variable: string | undefined;

  constructor(kind: 'load' | 'proxy', message: string, details: { variable?: string; cause?: unknown } = {}) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.variable = details.variable;
  }
}

/** A failure before there was a connection, by a code of ours. */
export function connectError(code: string, message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { code });
}

/** What a failure to connect is called. */
export interface ConnectFailure {
  code: string;
  what: string;
  /** Whether waiting may help. */
  helps: boolean;
  /** Whether the cause itself says that there was no connection, whoever reports it. */
  isCertain: boolean;
}

/** The order matters: the first that matches the system's or undici's code, or one of ours, counts. */
const CONNECT_FAILURES: readonly (ConnectFailure & { pattern: RegExp })[] = [
  {
    pattern: /^(ENOTFOUND|EAI_)/,
    code: 'DnsFailed',
    what: 'the host name could not be resolved',
    helps: true,
    isCertain: true,
  },
  {
    pattern: /^ECONNREFUSED$/,
    code: 'ConnectionRefused',
    what: 'the connection was refused',
    helps: true,
    isCertain: true,
  },
  {
    pattern: /^UND_ERR_CONNECT_TIMEOUT$/,
    code: 'ConnectTimeout',
    what: 'connecting took longer than connectTimeoutMs',
    helps: true,
    isCertain: true,
  },
  {
    // A connection that had been made can end with this one, too.
    pattern: /^ETIMEDOUT$/,
    code: 'ConnectTimeout',
    what: 'the system gave up connecting',
    helps: true,
    isCertain: false,
  },
  {
    pattern: /^(ERR_TLS|CERT_|CRL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|INVALID_CA)/,
    code: 'TlsFailed',
    what: 'the TLS handshake failed',
    helps: false,
    isCertain: true,
  },
  {
    pattern: /^(ERR_SSL|EPROTO)/,
    code: 'TlsFailed',
    what: 'the TLS handshake failed',
    helps: false,
    isCertain: false,
  },
  {
    pattern: /^UND_ERR_PRX/,
    code: 'ProxyFailed',
    what: 'the proxy refused the connection',
    helps: false,
    isCertain: true,
  },
  {
    pattern: /^SURPLUS_BYTES$/,
    code: 'ConnectFailed',
    what: 'the server sent bytes before it was asked anything',
    helps: true,
    isCertain: false,
  },
];

const OTHER_CONNECT_FAILURE: ConnectFailure = {
  code: 'ConnectFailed',
  what: 'the connection could not be made',
  helps: true,
  isCertain: false,
};

/** Puts the cause of a failure to connect into words. Says nothing useful about a failure after that. */
export function describeConnectFailure(cause: unknown): ConnectFailure {
  const systemCode = codeOf(cause);
  return CONNECT_FAILURES.find(({ pattern }) => pattern.test(systemCode)) ?? OTHER_CONNECT_FAILURE;
}

/** Whether a dispatcher says that it did not take the request: it is closed, or knows no such handler or argument. */
export function isRefusal(error: unknown): boolean {
  return /^UND_ERR_(INVALID_ARG|CLOSED|DESTROYED)$/.test(codeOf(error));
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | undefined | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** What is known of the call at the time of the failure. */
export interface FailureContext {
  action: string;
  attempts: number;
  origin: string;
}

/** Puts a failed exchange into the error family. `cancelled` is not for here: it has the caller's reason. */
export function exchangeError(
  failure: ExchangeFailure,
  { action, attempts, origin }: FailureContext,
): TransportError | ResponseError | ConfigurationError {
  const cause = failure.cause === undefined ? undefined : safeCause(failure.cause);
  const base = { action, attempts, cause };
  if (failure.kind === 'too-large') {
    const message = `${action}: the response is longer than the limit maxResponseBytes; it was not read.`;
    return new ResponseError({ ...base, code: 'ResponseTooLarge', outcome: 'unknown', message });
  }
  if (failure.sent) return new TransportError({ ...base, ...lostAfterSending(failure, action, origin) });
  if (isRefusal(failure.cause)) {
    const message = `${action} was not sent: the dispatcher refused the request. It must be an open dispatcher of undici 7 or later.`;
    return new ConfigurationError({ ...base, code: 'InvalidOption', outcome: 'not-executed', message });
  }
  return new TransportError({ ...base, ...neverSent(failure, action, origin) });
}

function lostAfterSending({ kind }: ExchangeFailure, action: string, origin: string): TcccErrorFields {
  const isTimeout = kind === 'timeout';
  const what = isTimeout
    ? 'no complete response came in time'
    : 'the connection was lost before a complete response';
  return {
    code: isTimeout ? 'ResponseTimeout' : 'ConnectionLost',
    outcome: 'unknown',
    message: `${action}: ${what} from ${origin}. The request may have been executed, so it is not repeated.`,
  };
}

function neverSent({ kind, cause }: ExchangeFailure, action: string, origin: string): TcccErrorFields {
  const { code, what, helps } = kind === 'timeout' ? ATTEMPT_TIMEOUT : describeConnectFailure(cause);
  return {
    code,
    outcome: 'not-executed',
    retry: helps ? 'after-backoff' : 'never',
    message: `${action} was not sent: ${what} (${origin}).`,
  };
}

const ATTEMPT_TIMEOUT = {
  code: 'AttemptTimeout',
  what: 'no connection was free within attemptTimeoutMs',
  helps: true,
};
