import type { TcccErrorFields } from '../errors/errors.js';
import { ConfigurationError, ResponseError, TransportError } from '../errors/errors.js';
import { safeCause } from '../errors/redact.js';
import type { ExchangeFailure } from './exchange.js';

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
  if (isRefusedByDispatcher(failure.cause)) {
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
  const { code, what, helps } = kind === 'timeout' ? ATTEMPT_TIMEOUT : classifyConnectError(cause);
  return {
    code,
    outcome: 'not-executed',
    retry: helps ? 'after-backoff' : 'never',
    message: `${action} was not sent: ${what} (${origin}).`,
  };
}

interface ConnectFailure {
  code: string;
  what: string;
  /** Whether waiting may help. */
  helps: boolean;
}

const ATTEMPT_TIMEOUT: ConnectFailure = {
  code: 'AttemptTimeout',
  what: 'no connection was free within attemptTimeoutMs',
  helps: true,
};

/** The order matters: the first that matches the system's or undici's code counts. */
const CONNECT_FAILURES: readonly (ConnectFailure & { pattern: RegExp })[] = [
  {
    pattern: /^(ENOTFOUND|EAI_)/,
    code: 'DnsFailed',
    what: 'the host name could not be resolved',
    helps: true,
  },
  { pattern: /^ECONNREFUSED$/, code: 'ConnectionRefused', what: 'the connection was refused', helps: true },
  {
    pattern: /^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/,
    code: 'ConnectTimeout',
    what: 'connecting took longer than connectTimeoutMs',
    helps: true,
  },
  {
    pattern:
      /^(ERR_TLS|ERR_SSL|CERT_|CRL_|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|INVALID_CA)/,
    code: 'TlsFailed',
    what: 'the TLS handshake failed',
    helps: false,
  },
  {
    pattern: /^(UND_ERR_PRX|UND_ERR_ABORTED)/,
    code: 'ProxyFailed',
    what: 'the proxy refused the connection',
    helps: false,
  },
];

const OTHER_CONNECT_FAILURE: ConnectFailure = {
  code: 'ConnectFailed',
  what: 'the connection could not be made',
  helps: true,
};

function classifyConnectError(cause: unknown): ConnectFailure {
  const systemCode = codeOf(cause);
  return CONNECT_FAILURES.find(({ pattern }) => pattern.test(systemCode)) ?? OTHER_CONNECT_FAILURE;
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : '';
}

/** A closed dispatcher, one that does not know our handler, or arguments that it does not take. */
function isRefusedByDispatcher(cause: unknown): boolean {
  return (
    /^(UND_ERR_INVALID_ARG|UND_ERR_CLOSED|UND_ERR_DESTROYED)$/.test(codeOf(cause)) ||
    cause instanceof TypeError
  );
}
