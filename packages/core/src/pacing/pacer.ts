import type { RateLimit } from '../action.js';
import type { Cancellation } from '../cancellation.js';

/** A request for permission to send. */
export interface PacingRequest extends RateLimit {
  readonly mode: PacingMode;
  /** What shares the limit: endpoint, account and action. */
  readonly key: string;
  /** How many requests may wait for this key. */
  readonly maxQueue: number;
  /** Milliseconds until the call's deadline; `Infinity` without one. */
  readonly remainingMs: number;
  /** Tells when the call gives up; its place in the queue must then be freed. */
  readonly cancellation: Cancellation;
}

/** Permission to send one request. */
export interface PacingSlot {
  /**
   * Gives the slot back once the attempt is over: its response has arrived, or it has failed.
   * `sent` is false where no byte of the request can have reached the service; then the slot was not used up.
   */
  release(sent: boolean): void;
}

/**
 * Decides when a request may be sent. The one of this package is exact within a process; replace it to share a limit
 * between processes.
 */
export interface Pacer {
  /**
   * Resolves when the request may be sent. May reject with any error: the call then fails as `not-executed`. Should
   * reject at once where the wait would take longer than `remainingMs`.
   */
  acquire(request: PacingRequest): PacingSlot | Promise<PacingSlot>;
}

/**
 * When a slot becomes free again.
 *
 * - `response`: one window after the response has arrived. No window at the service can then hold more than the limit,
 *   whatever the network does to the requests on their way. Rate: limit / (window + round trip).
 * - `send`: one window after the request was sent. Gives the full rate, but requests that travel at different speeds
 *   can bunch up, so the service may count more than the limit and refuse some.
 */
export type PacingMode = 'response' | 'send';

/** Why the local pacer refused to queue a request. */
export class PacingRefusal extends Error {
  readonly reason: 'queue-full' | 'too-late';

  constructor(reason: PacingRefusal['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** A pacer of the caller's own failed; no request had been made. */
export class PacerFailure extends Error {
  constructor(cause: unknown) {
    super('The pacer failed.', { cause });
  }
}
