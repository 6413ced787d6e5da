import type { DispatcherLike } from './dispatcher.js';

/** How a client's own connections are made. */
export interface PoolOptions {
  /** Time for DNS, TCP and TLS together, in milliseconds. */
  connectTimeoutMs: number;
  /** How long an idle connection is kept, in milliseconds. */
  keepAliveMs: number;
  /** Connections per origin. */
  maxConnections: number;
}

/** The names of the variables that route requests through a proxy. */
const PROXY_VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];

/**
 * Builds a pool of connections that honours `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`. Loads undici only now, so that
 * importing this package is cheap and a client with a dispatcher of its own never pays for it.
 */
export async function createPool(options: PoolOptions): Promise<DispatcherLike> {
  const { Agent, EnvHttpProxyAgent } = await import('undici');
  const agentOptions = {
    connect: { timeout: options.connectTimeoutMs },
    connections: options.maxConnections,
    pipelining: 1, // A second request behind an unanswered one could be lost with it.
    keepAliveTimeout: options.keepAliveMs,
    keepAliveMaxTimeout: options.keepAliveMs,
  };
  const usesProxy = PROXY_VARIABLES.some((name) => (process.env[name] ?? '') !== '');
  return (usesProxy
    ? new EnvHttpProxyAgent(agentOptions)
    : new Agent(agentOptions)) as unknown as DispatcherLike;
}
