import { ProxyFailure } from './failures.js';

/** One word for each way in which a connection can fail to be made. */
export type ConnectFailureCode =
  'DnsFailed' | 'ConnectionRefused' | 'ConnectTimeout' | 'ConnectFailed' | 'TlsFailed' | 'ProxyFailed';

/** What a failure to connect is called. */
export interface ConnectFailure {
  code: ConnectFailureCode;
  what: string;
  /** Whether waiting may help. */
  helps: boolean;
  /** Whether the cause itself says that there was no connection, wherever it comes from. */
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
    what: 'the TLS handshake failed, as it does on a port that is not for https:',
    helps: false,
    isCertain: false,
  },
  {
    pattern: /^UND_ERR_PRX/,
    code: 'ProxyFailed',
    what: 'the proxy made no connection',
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
  return cause instanceof ProxyFailure ? describeProxyFailure(cause) : describeByCode(codeOf(cause));
}

/** What the proxy did, so that nobody looks for the fault at the service. */
function describeProxyFailure({ code, cause, proxy: { variable, status } }: ProxyFailure): ConnectFailure {
  const proxy = `the proxy of the variable ${variable}`;
  const own = describeByCode(code);
  if (code === 'UND_ERR_CONNECT_TIMEOUT')
    return { ...own, what: `connecting through ${proxy} took longer than connectTimeoutMs` };
  if (status !== undefined) {
    const what = `${proxy} answered with status ${status}${HINTS[status] ?? ''}`;
    return { code: 'ProxyFailed', what, helps: status === 429 || status >= 500, isCertain: true };
  }
  if (cause === undefined) return { ...own, what: `${proxy} made no connection` };
  const reached = own.code === 'ConnectFailed' ? ('ProxyFailed' as const) : own.code;
  return { ...own, code: reached, what: `${proxy} cannot be reached: ${own.what}` };
}

/** What a status of a proxy asks for. */
const HINTS: Readonly<Record<number, string>> = {
  403: ', so it does not allow connections to the service',
  407: ', so it needs another name and password, in its URL',
  502: ', so it cannot reach the service',
  503: ', so it cannot reach the service',
  504: ', so it cannot reach the service',
};

function describeByCode(systemCode: string): ConnectFailure {
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
