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

/** One word for each way in which a connection can fail to be made. */
export type ConnectFailureCode =
  'DnsFailed' | 'ConnectionRefused' | 'ConnectTimeout' | 'ConnectFailed' | 'TlsFailed' | 'ProxyFailed';

/** What a failure to connect is called. */
export interface ConnectFailure {
  code: ConnectFailureCode;
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
