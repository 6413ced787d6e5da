/** The only source of time in this package, so that tests never wait for real time. */
export interface Clock {
  /** Wall clock, in milliseconds since the Unix epoch. Used for signatures and the expiry of credentials. */
  now(): number;
  /** Monotonic clock, in milliseconds from any origin. Used for pacing, deadlines and back-off. */
  monotonic(): number;
  /** Calls `callback` once after about `delayMs`; returns a function that cancels it. */
  schedule(callback: () => void, delayMs: number): () => void;
}

/** Longest delay that a Node.js timer can hold, in milliseconds. */
export const MAX_TIMER_MS = 2_147_483_647;

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  schedule(callback, delayMs) {
    // Rounded up, because a timer may otherwise fire before its time.
    const timer = setTimeout(callback, Math.min(Math.ceil(delayMs), MAX_TIMER_MS));
    return () => clearTimeout(timer);
  },
};

/**
 * Time as the service sees it: the local wall clock plus a correction learnt from the service's replies.
 * One instance serves all calls of a client, so that one correction helps them all.
 */
export class ServiceClock {
  readonly #clock: Clock;
  #offsetMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Milliseconds to add to the local wall clock. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Unix seconds as the service counts them. */
  seconds(): number {
    return Math.floor((this.#clock.now() + this.#offsetMs) / 1000);
  }

  /**
   * Learns the service's time from the `Date` header of a reply to an attempt that was signed with `usedOffsetMs`.
   * Returns whether another attempt would carry a different timestamp, by another call's correction or by this one.
   */
  correct(dateHeader: string | undefined, usedOffsetMs: number): boolean {
    const serviceMs = dateHeader === undefined ? Number.NaN : Date.parse(dateHeader);
    if (!Number.isFinite(serviceMs)) return this.#differs(usedOffsetMs);
    const offsetMs = serviceMs - this.#clock.now();
    // Replies of concurrent calls give nearly the same offset; the first one is kept.
    if (Math.abs(offsetMs - this.#offsetMs) > SIGNIFICANT_MS) this.#offsetMs = offsetMs;
    return this.#differs(usedOffsetMs);
  }

  #differs(usedOffsetMs: number): boolean {
    return Math.abs(this.#offsetMs - usedOffsetMs) > SIGNIFICANT_MS;
  }
}

/** The `Date` header counts whole seconds and travels for a while; smaller differences mean nothing. */
const SIGNIFICANT_MS = 5_000;
