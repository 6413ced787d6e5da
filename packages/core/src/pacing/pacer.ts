import type { RateLimit } from '../action.js';
import type { Cancellation } from '../cancellation.js';

/** A request for permission to send. */
export interface PacingRequest extends RateLimit {
  readonly mode: PacingMode;
  /** Name of the action. */
  readonly action: string;
  /** What shares the limit: endpoint, account and action. A text for comparing; nothing can be read from it. */
  readonly key: string;
  /** How many requests may wait for this key. */
  readonly maxQueue: number;
  /** Milliseconds until the call's deadline; `Infinity` without one. */
  readonly remainingMs: number;
  /** Tells when the call gives up; its place in the queue must then be freed. */
  readonly cancellation: Cancellation;
}

/**
 * What became of a slot.
 *
 * - `unused`: no byte of the request can have reached the service. The slot is free again at once.
 * - `answered`: the complete response has arrived.
 * - `abandoned`: the request was sent, and nobody waits for its response any more. Its bytes may still lie in a queue on
 *   the way and be counted later.
 */
export type SlotUse = 'unused' | 'answered' | 'abandoned';

/** Permission to send one request. */
export interface PacingSlot {
  /** The first byte is about to be handed to a socket. A pacer that needs no such notice leaves it out. */
  sent?(): void;
  /** Gives the slot back once the attempt is over. */
  release(use: SlotUse): void;
}

/** A slot that is kept for the next request of its key. */
export interface Reservation {
  /** Gives the slot back if no request has taken it. Safe to call twice. */
  release(): void;
}

/** A request for a slot that is kept. It waits for as long as it takes. */
export type ReservationRequest = Omit<PacingRequest, 'maxQueue' | 'remainingMs'>;

/**
 * Decides when a request may be sent. The one of this package is exact within a thread; replace it to share a limit
 * between threads or processes.
 *
 * @example
 * const pacer: Pacer = {
 *   async acquire({ key, cancellation }) {
 *     await fleet.waitForTurn(key, { signal: cancellation.signal });
 *     return { release: (use) => fleet.giveBack(key, use) };
 *   },
 * };
 */
export interface Pacer {
  /**
   * Resolves when the request may be sent. May reject with any error: the call then fails as `not-executed`. Should
   * reject at once if the wait would take longer than `remainingMs`.
   */
  acquire(request: PacingRequest): PacingSlot | Promise<PacingSlot>;
  /**
   * Waits until a request may be sent, and keeps its slot: the next `acquire` of this key takes it without waiting. For work
   * that has to be written down before its request is made, and must not wait once it is. Requests that wait go first. A
   * pacer that cannot keep slots leaves this out.
   *
   * Rejects if the wait is cancelled. Give the reservation back in any case: a pacer may hold the slot until then.
   */
  reserve?(request: ReservationRequest): Reservation | Promise<Reservation>;
}

/**
 * When a slot becomes free again.
 *
 * - `response`: one window after the response has arrived. However long requests travel, no window at the service holds
 *   more than the limit, as long as each is answered. Rate: limit / (window + round trip).
 * - `send`: one window after the request was sent. Gives the full rate, but requests that travel at different speeds
 *   can bunch up, so the service may count more than the limit and refuse some.
 *
 * In mode `response`, a slot whose request was abandoned is held for ten seconds more, since its bytes may still wait on the
 * way. Nobody can know for how long; a service that reads them later than that counts them in a later window.
 */
export type PacingMode = 'response' | 'send';

/** Marks refusals, so that those of the pacer of another copy of this package are known, too. */
const BRAND = Symbol.for('@tccc/core.pacing-refusal');

/**
 * Why a pacer refuses a request: too many wait already, its turn would come too late, or the pacer itself cannot be used. The
 * message is a sentence, and becomes a part of the error of the call. So it must hold nothing private.
 *
 * @example
 * if (PacingRefusal.from(error)?.reason === 'queue-full') console.error('Too many calls wait.');
 */
export class PacingRefusal extends Error {
  /** The refusal itself, or its like from another copy of this package; undefined for anything else. */
  static from(thrown: unknown): PacingRefusal | undefined {
    if (thrown instanceof PacingRefusal) return thrown;
    if (!(thrown instanceof Error) || !(BRAND in thrown)) return undefined;
    const { reason, message } = thrown as PacingRefusal;
    return new PacingRefusal(reason, message);
  }

  readonly [BRAND] = true;
  readonly reason: 'queue-full' | 'too-late' | 'unusable';

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

/** How much longer a slot is held whose request was abandoned after it was sent, in milliseconds. */
export const ABANDONED_HOLD_MS = 10_000;
