import { Connecting } from './connecting.js';
import type { Connector } from './connecting.js';
import type { DispatchRequest, DispatcherLike, ReplyHandler } from './dispatcher.js';
import { loadProxyAgent, loadUndici } from './undici.js';

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

/** A pool of kept-alive connections. Those that are being made end with the exchanges that wait for them. */
export class ConnectionPool implements DispatcherLike {
  readonly #agent: Required<DispatcherLike>;
  readonly #connecting: Connecting;
  #waiting = 0;

  constructor(agent: Required<DispatcherLike>, connecting: Connecting) {
    this.#agent = agent;
    this.#connecting = connecting;
  }

  dispatch(options: DispatchRequest, handler: ReplyHandler): boolean {
    return this.#agent.dispatch(options, handler);
  }

  /** An exchange begins to wait for a connection. */
  waitBegins(): void {
    this.#waiting++;
  }

  /** It has one, or has given up; connections that nobody waits for are not made. */
  waitEnds(hasConnection: boolean): void {
    this.#waiting--;
    if (!hasConnection && this.#waiting === 0) this.#connecting.cancelAll();
  }

  async destroy(): Promise<void> {
    this.#connecting.close();
    await this.#agent.destroy();
  }
}

/**
 * Builds a pool that honours `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`. Loads undici only now, so that importing this
 * package is cheap and a client with a dispatcher of its own never pays for it.
 */
export async function createPool(options: PoolOptions): Promise<ConnectionPool> {
  const { Agent, Pool, buildConnector } = await loadUndici();
  const connecting = new Connecting(options.connectTimeoutMs);
  const direct = buildConnector({ timeout: 0 }) as Connector;
  const agentOptions = {
    connections: options.maxConnections,
    pipelining: 1, // A second request behind an unanswered one could be lost with it.
    keepAliveTimeout: options.keepAliveMs,
    keepAliveMaxTimeout: options.keepAliveMs,
    proxyTls: { timeout: options.connectTimeoutMs },
    // With a proxy, the connector is a function that opens a tunnel; without, there is none yet.
    factory(origin: URL, { connect, ...poolOptions }: { connect?: Connector }) {
      const connector = connecting.guard(typeof connect === 'function' ? connect : direct);
      return new Pool(origin, { ...poolOptions, connect: connector as never });
    },
  };
  const usesProxy = PROXY_VARIABLES.some((name) => (process.env[name] ?? '') !== '');
  const agent = usesProxy
    ? new (await loadProxyAgent())(agentOptions as never)
    : new Agent(agentOptions as never);
  return new ConnectionPool(agent as unknown as Required<DispatcherLike>, connecting);
}
