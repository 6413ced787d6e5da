import { SetupFailure } from '../failures.js';

/** The URL of a proxy, and the variable of the environment that has it. */
export class ProxyUrl extends URL {
  readonly variable: string;

  constructor(url: string, variable: string) {
    super(url);
    this.variable = variable;
  }
}

/** The proxy to reach an origin through; none to go there directly. */
export type FindProxy = (origin: URL) => ProxyUrl | undefined;

/** The variables of a scheme, in the order in which they count. `https` falls back to those of `http`, as in undici. */
const HTTP_VARIABLES = ['http_proxy', 'HTTP_PROXY'];
const HTTPS_VARIABLES = ['https_proxy', 'HTTPS_PROXY', ...HTTP_VARIABLES];

/**
 * Reads `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` in either case.
 *
 * @throws SetupFailure if one of them does not hold the URL of a proxy; it does not show the URL, which may hold a password
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

function readProxy(env: NodeJS.ProcessEnv, names: readonly string[]): ProxyUrl | undefined {
  const variable = names.find((name) => (env[name] ?? '') !== '');
  if (variable === undefined) return undefined;
  const value = env[variable]!.trim();
  const fault = (says: string) =>
    new SetupFailure('proxy', `${variable} of the environment ${says}.`, { variable });
  if (/^socks/i.test(value)) throw fault(`names a SOCKS proxy, which is not supported. ${SUPPORTED}`);
  const url = parse(value, variable);
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.hostname === '')
    throw fault(`must be the URL of a proxy, such as http://proxy.example.com:3128. ${SUPPORTED}`);
  // What follows an unescaped "/", "?" or "#" of a password would be taken for a path.
  if (`${url.pathname}${url.search}${url.hash}`.includes('@'))
    throw fault('has a name or password with characters that a URL must have as %2F, %3F or %23');
  return url;
}

const SUPPORTED = 'Only HTTP proxies that take CONNECT are supported (http: or https:)';

function parse(value: string, variable: string): ProxyUrl | undefined {
  try {
    return new ProxyUrl(value.includes('://') ? value : `http://${value}`, variable);
  } catch {
    return undefined; // The error would show the URL.
  }
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
