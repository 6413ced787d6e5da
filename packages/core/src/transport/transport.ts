import type { DispatcherLike } from './dispatcher.js';
import type { Exchange, ExchangeRequest } from './exchange.js';
import { SetupFailure, loadFailure } from './failures.js';
import type { PoolOptions } from './pool/pool.js';

/** What carries requests: connections of the client's own, or a dispatcher of the user's. */
export interface Transport {
  /** One HTTP exchange. It goes nowhere before its `start()`. */
  exchange(request: ExchangeRequest): Exchange;
  /** How many connections are open; absent if that is not known. */
  readonly connections?: number;
  /** Ends every connection; absent if they are not the client's own. */
  destroy?(): Promise<void>;
}

/**
 * Loads and opens what carries the requests of a client. Only now, so that importing this package is cheap; nothing can have
 * been sent before.
 *
 * @throws SetupFailure if it cannot be loaded, or a variable of the environment holds no URL of a proxy
 */
export async function openTransport(
  options: PoolOptions & { dispatcher?: DispatcherLike | undefined },
  env?: NodeJS.ProcessEnv,
): Promise<Transport> {
  try {
    const { dispatcher } = options;
    if (dispatcher !== undefined) return (await import('./dispatched-request.js')).through(dispatcher);
    return await (await import('./pool/pool.js')).createPool(options, env);
  } catch (error) {
    throw error instanceof SetupFailure ? error : loadFailure('The module of the connections', error);
  }
}
