import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** What only a browser sends, and no page can change. */
const BROWSER_HEADERS = ['origin', 'sec-fetch-site'] as const;

/** Whether a browser sent it. */
export function isFromBrowser({ headers }: IncomingMessage): boolean {
  return BROWSER_HEADERS.some((name) => headers[name] !== undefined);
}

/**
 * Why a request must not reach the mock, if a foreign page may be behind it: one of another origin, or one whose name was made
 * to lead to this machine (DNS rebinding). Programs send none of what browsers send, and have to call a name that is safe.
 *
 * @param names the host that the server was started with, and others that its user owns
 */
export function whyForeign(request: IncomingMessage, names: readonly string[]): string | undefined {
  const { host = '', origin, 'sec-fetch-site': site = 'none' } = request.headers;
  if (!isSafeHost(host, names))
    return 'Call the mock by an address, by localhost, by a name without dots, or by one that it was told to allow (--allow-host).';
  if (origin !== undefined && hostOfOrigin(origin) !== host.toLowerCase())
    return 'Pages of another origin have no access.';
  if (site !== 'none' && site !== 'same-origin' && !isNavigation(request))
    return 'Pages of another origin have no access.';
  if (isFromBrowser(request) && !isReading(request) && !isJson(request))
    return 'The Content-Type must be application/json.';
  return undefined;
}

/**
 * Whether this Host is a name that no stranger can own: an address, localhost, a name without dots (as containers have), or
 * the name that the server listens at, or another that its user has named.
 */
function isSafeHost(host: string, names: readonly string[]): boolean {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]+))(?::\d+)?$/i.exec(host);
  if (match === null) return false;
  const [, address, name = ''] = match;
  if (address !== undefined) return isIP(address) === 6;
  const lower = name.toLowerCase();
  return (
    isIP(lower) === 4 ||
    /^[a-z0-9_-]+(\.localhost)?$/.test(lower) ||
    names.some((one) => one.toLowerCase() === lower)
  );
}

/** A whole name: `*` would allow none. */
export function isHostName(name: unknown): name is string {
  return typeof name === 'string' && /^[\w.-]+$/.test(name);
}

function hostOfOrigin(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

/** Whether a person follows a link to the page: nothing of it can be read by the page with the link. */
function isNavigation({ method, url, headers }: IncomingMessage): boolean {
  return (
    method === 'GET' &&
    url === '/' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document'
  );
}

function isReading({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

function isJson({ headers }: IncomingMessage): boolean {
  return /^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '');
}
