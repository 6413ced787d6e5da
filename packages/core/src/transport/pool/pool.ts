import type { Clock } from '../../clock.js';
import { systemClock } from '../../clock.js';
import type { Exchange, ExchangeRequest } from '../exchange.js';
import type { Transport } from '../transport.js';
import { Sockets } from './connecting.js';
import { Connector } from './connector.js';
import { loadUndici } from './load-undici.js';
import { OriginPool } from './origin-pool.js';
import { PooledRequest } from './pooled-request.js';
import type { FindProxy } from './proxy-env.js';
import { readProxies } from './proxy-env.js';

/** How a client's own connections are made. */
export interface PoolOptions {
  /** Time for DNS, proxy, TCP and TLS together, in milliseconds. */
  connectTimeoutMs: number;
  /** How long an idle connection is kept, in milliseconds. */
  keepAliveMs: number;
  /** Connections per origin. */
  maxConnections: number;
  /** For the time limit of connecting. Default: this machine's. */
  clock?: Clock;
}

/** Kept-alive connections, by origin. */
export class ConnectionPool implements Transport {
  readonly #options: PoolOptions;
  readonly #connector: Connector;
  readonly #findProxy: FindProxy;
  readonly #origins = new Map<string, OriginPool>();
  readonly #sockets = new Sockets();
  #isClosed = false;

  constructor(options: PoolOptions, connector: Connector, findProxy: FindProxy) {
    this.#options = options;
    this.#connector = connector;
    this.#findProxy = findProxy;
  }

  /** How many connections are open. */
  get connections(): number {
    let sum = 0;
    for (const { size } of this.#origins.values()) sum += size;
    return sum;
  }

  /** A request on a connection of this pool. It goes nowhere before its `start()`. */
  exchange(request: ExchangeRequest): Exchange {
    const pool = this.#origins.get(request.origin) ?? this.#open(request.origin);
    return new PooledRequest(pool, request);
  }

  #open(origin: string): OriginPool {
    const { connectTimeoutMs, maxConnections, keepAliveMs, clock = systemClock } = this.#options;
    const url = new URL(origin);
    const proxy = this.#findProxy(url);
    const pool = new OriginPool({
      connect: proxy === undefined ? this.#connector.direct(url) : this.#connector.throughProxy(url, proxy),
      openClient: (socket) => this.#connector.openClient(url, socket),
      keepAliveMs,
      connectTimeoutMs,
      clock,
      maxConnections,
      sockets: this.#sockets,
    });
    if (this.#isClosed) pool.close();
    this.#origins.set(origin, pool);
    return pool;
  }

  /** Ends everything at once. Resolves when no socket is left. */
  async destroy(): Promise<void> {
    this.#isClosed = true;
    for (const origin of this.#origins.values()) origin.close();
    await this.#sockets.destroy();
  }
}

/**
 * Builds a pool that honours `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` of `env`.
 *
 * @throws SetupFailure if undici cannot be loaded, or a variable does not hold the URL of a proxy
 */
export async function createPool(
  options: PoolOptions,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ConnectionPool> {
  const findProxy = readProxies(env);
  return new ConnectionPool(options, new Connector(await loadUndici()), findProxy);
}
