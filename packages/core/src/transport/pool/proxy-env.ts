import { SetupFailure } from '../failures.js';

/** The proxy to reach an origin through; none to go there directly. */
export type FindProxy = (origin: URL) => URL | undefined;

/** The variables of a scheme, in the order in which they count. `https` falls back to those of `http`, as in undici. */
const HTTP_VARIABLES = ['http_proxy', 'HTTP_PROXY'];
const HTTPS_VARIABLES = ['https_proxy', 'HTTPS_PROXY', ...HTTP_VARIABLES];

/**
 * Reads `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` in either case.
 *
 * @throws SetupFailure if one of them holds no URL of a proxy; it does not show the URL, which may hold a password
 */
export function readProxies(env: NodeJS.ProcessEnv): FindProxy {
  const https = readProxy(env, HTTPS_VARIABLES);
  const http = readProxy(env, HTTP_VARIABLES);
  const isExempt = readExemptions(env.no_proxy ?? env.NO_PROXY ?? '');
  return (origin) => {
    const proxy = origin.protocol === 'https:' ? https : http;
    return proxy === undefined || isExempt(origin) ? undefined : proxy;
  };
}

function readProxy(env: NodeJS.ProcessEnv, names: readonly string[]): URL | undefined {
  const variable = names.find((name) => (env[name] ?? '') !== '');
  if (variable === undefined) return undefined;
  const value = env[variable]!;
  try {
    const url = new URL(value.includes('://') ? value : `http://${value}`);
    if (/^https?:$/.test(url.protocol) && url.hostname !== '') return url;
  } catch {
    // The error would show the URL.
  }
  throw new SetupFailure(
    'proxy',
    `The variable ${variable} of the environment must be the URL of a proxy, with http: or https:.`,
    { variable },
  );
}

/** The hosts of NO_PROXY: names, of which subdomains count too, with a port or without; or `*` for all. */
function readExemptions(list: string): (origin: URL) => boolean {
  if (list.trim() === '*') return () => true;
  const entries = list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map(readExemption);
  return ({ protocol, hostname, port }) => {
    const actualPort = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
    return entries.some(
      (entry) =>
        (entry.port === undefined || entry.port === actualPort) &&
        (hostname === entry.host || hostname.endsWith(`.${entry.host}`)),
    );
  };
}

function readExemption(entry: string): { host: string; port: string | undefined } {
  const [, host = entry, port] = /^(.+?)(?::(\d+))?$/.exec(entry) ?? [];
  // An address of IPv6 has colons of its own.
  const isAddress = !host.startsWith('[') && entry.split(':').length > 2;
  return isAddress ? { host: `[${entry}]`, port: undefined } : { host: host.replace(/^\*?\./, ''), port };
}
