import { Connecting } from './connection-guard.js';
import type { Connector } from './connection-guard.js';
import type { DispatchRequest, DispatcherLike, ResponseHandler } from './dispatcher.js';
import { loadProxyAgent, loadUndici } from './load-undici.js';

/** How a client's own connections are made. */
export interface PoolOptions {
  /** Time for DNS, proxy, TCP and TLS together, in milliseconds. */
  connectTimeoutMs: number;
  /** How long an idle connection is kept, in milliseconds. */
  keepAliveMs: number;
  /** Connections per origin. */
  maxConnections: number;
}

/** The names of the variables that route requests through a proxy. */
const PROXY_VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];

/** Makes what the requests to one origin go through. */
type OpenOrigin = (origin: string) => Required<DispatcherLike>;

/** Kept-alive connections, by origin. Those that are being made end with the exchanges that wait for them. */
export class ConnectionPool implements DispatcherLike {
  readonly #openOrigin: OpenOrigin;
  readonly connecting: Connecting;
  readonly #origins = new Map<string, Required<DispatcherLike>>();

  constructor(openOrigin: OpenOrigin, connecting: Connecting) {
    this.#openOrigin = openOrigin;
    this.connecting = connecting;
  }

  dispatch(options: DispatchRequest, handler: ResponseHandler): boolean {
    let origin = this.#origins.get(options.origin);
    if (origin === undefined) {
      origin = this.#openOrigin(options.origin);
      this.#origins.set(options.origin, origin);
    }
    return origin.dispatch(options, handler);
  }

  async destroy(): Promise<void> {
    await Promise.all([...this.#origins.values()].map((origin) => origin.destroy()));
    this.connecting.close();
  }
}

/**
 * Builds a pool that honours `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`. Loads undici only now, so that importing this
 * package is cheap and a client with a dispatcher of its own never pays for it.
 */
export async function createPool(options: PoolOptions): Promise<ConnectionPool> {
  const { Pool, buildConnector } = await loadUndici();
  const connecting = new Connecting(options.connectTimeoutMs);
  const direct = buildConnector({ timeout: 0 }) as Connector;
  const poolOptions = {
    connections: options.maxConnections,
    pipelining: 1, // A second request behind an unanswered one could be lost with it.
    keepAliveTimeout: options.keepAliveMs,
    keepAliveMaxTimeout: options.keepAliveMs,
  };
  const openPool = (origin: string | URL, connector: Connector) =>
    new Pool(origin, { ...poolOptions, connect: connecting.guard(connector) as never });
  if (!PROXY_VARIABLES.some((name) => (process.env[name] ?? '') !== '')) {
    return new ConnectionPool((origin) => asDispatcher(openPool(origin, direct)), connecting);
  }
  const ProxyAgent = await loadProxyAgent();
  const agent = asDispatcher(
    new ProxyAgent({
      ...poolOptions,
      proxyTls: { timeout: options.connectTimeoutMs },
      // Through a proxy, the connector is a function that opens a tunnel; past it, there is none yet.
      factory: (origin: URL, { connect }: { connect?: Connector }) =>
        openPool(origin, typeof connect === 'function' ? connect : direct),
    } as never),
  );
  return new ConnectionPool(() => agent, connecting);
}

function asDispatcher(dispatcher: unknown): Required<DispatcherLike> {
  return dispatcher as Required<DispatcherLike>;
}
