import { DispatchedRequest } from './dispatched-request.js';
import type { DispatcherLike } from './dispatcher.js';
import type { Exchange, ExchangeRequest } from './exchange.js';
import { ConnectionPool } from './pool/pool.js';

/** What carries requests: connections of the client's own, or a dispatcher of the user's. */
export type Transport = ConnectionPool | DispatcherLike;

/** Starts one HTTP exchange. */
export function startExchange(transport: Transport, request: ExchangeRequest): Exchange {
  const exchange =
    transport instanceof ConnectionPool
      ? transport.exchange(request)
      : new DispatchedRequest(transport, request);
  exchange.start();
  return exchange;
}
