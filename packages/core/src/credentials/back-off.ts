import type { Clock } from '../clock.js';

/** The pause after the first failure, in milliseconds; each further one doubles it. */
const BASE_MS = 100;

/** Longest pause, in milliseconds. */
const CAP_MS = 10_000;

/** The pauses between fetches that fail, so that a service that is down is not asked for every call. */
export class BackOff {
  readonly #clock: Clock;
  #failures = 0;
  #until = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isPausing(): boolean {
    return this.#failures > 0 && this.#clock.monotonic() < this.#until;
  }

  /** Several failures at once count as one. */
  failed(): void {
    if (this.isPausing) return;
    this.#until = this.#clock.monotonic() + Math.min(CAP_MS, BASE_MS * 2 ** this.#failures);
    this.#failures++;
  }

  succeeded(): void {
    this.#failures = 0;
  }
}
