/** Why there is no complete response. */
export type ExchangeFailureKind = 'network' | 'timeout' | 'cancelled' | 'too-large' | 'replay';

/** Thrown where there is no complete response. */
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

/** One word for each way in which a connection can fail to be made. */
export type ConnectFailureCode =
  | 'DnsFailed'
  | 'ConnectionRefused'
  | 'ConnectTimeout'
  | 'ConnectFailed'
  | 'AttemptTimeout'
  | 'TlsFailed'
  | 'ProxyFailed';

/** Why there is no connection. */
export interface ConnectFailure {
  code: ConnectFailureCode;
  what: string;
  /** Whether waiting may help. */
  helps: boolean;
}

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

/** What the system's or undici's error says about a connection that could not be made. */
export function describeConnectFailure(cause: unknown): ConnectFailure {
  const systemCode = codeOf(cause);
  return CONNECT_FAILURES.find(({ pattern }) => pattern.test(systemCode)) ?? OTHER_CONNECT_FAILURE;
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : '';
}

/** A closed dispatcher, one that does not know our handler, or arguments that it does not take. */
export function isRefusedByDispatcher(cause: unknown): boolean {
  return (
    /^(UND_ERR_INVALID_ARG|UND_ERR_CLOSED|UND_ERR_DESTROYED)$/.test(codeOf(cause)) ||
    cause instanceof TypeError
  );
}
