import type { Clock } from '../clock.js';

/**
 * Time as the service sees it: the local wall clock plus a correction learnt from the service's responses.
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

  /** Milliseconds since the Unix epoch. */
  now(): number {
    return this.#clock.now() + this.#offsetMs;
  }

  /** Unix seconds as the service counts them. */
  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  /**
   * Learns the service's time from the `Date` header of a response to an attempt that was signed with `usedOffsetMs`.
   * Returns whether another attempt would carry a different timestamp, by another call's correction or by this one.
   */
  correct(dateHeader: string | undefined, usedOffsetMs: number): boolean {
    const serviceMs = dateHeader === undefined ? Number.NaN : Date.parse(dateHeader);
    if (!Number.isFinite(serviceMs)) return this.#differs(usedOffsetMs);
    const offsetMs = serviceMs - this.#clock.now();
    // Responses of concurrent calls give nearly the same offset; the first one is kept.
    if (Math.abs(offsetMs - this.#offsetMs) > SIGNIFICANT_MS) this.#offsetMs = offsetMs;
    return this.#differs(usedOffsetMs);
  }

  #differs(usedOffsetMs: number): boolean {
    return Math.abs(this.#offsetMs - usedOffsetMs) > SIGNIFICANT_MS;
  }
}

/** The `Date` header counts whole seconds and travels for a while; smaller differences mean nothing. */
const SIGNIFICANT_MS = 5_000;
