import type { Exchange, ExchangeRequest } from './exchange.js';

/** What carries requests: connections of the client's own, or a dispatcher of the user's. */
export interface Transport {
  /** One HTTP exchange. It goes nowhere before its `start()`. */
  exchange(request: ExchangeRequest): Exchange;
  /** How many connections are open; absent if that is not known. */
  readonly connections?: number;
  /** Ends every connection; absent if they are not the client's own. */
  destroy?(): Promise<void>;
}
