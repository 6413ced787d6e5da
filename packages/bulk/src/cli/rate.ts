import type { Clock } from '../clock.js';
import type { Counts } from '../ledger/ledger.js';

/** The rate is that of the last so many milliseconds, and never reckoned over less than a second. */
const WINDOW_MS = 10_000;
const LEAST_MS = 1_000;

/** How fast requests end. It is never above what has ended in the last window, whatever comes in a burst. */
export class Rate {
  readonly #clock: Clock;
  #marks: { at: number; done: number }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Nothing that ended before counts. */
  begin(counts: Counts): void {
    this.#marks = [{ at: this.#clock.monotonic(), done: doneOf(counts) }];
  }

  count(counts: Counts): void {
    const [done, at] = [doneOf(counts), this.#clock.monotonic()];
    if (this.#marks.at(-1)?.done !== done) this.#marks.push({ at, done });
    this.#forget(at);
  }

  perSecond(): number {
    const now = this.#clock.monotonic();
    this.#forget(now);
    const [first, last] = [this.#marks[0], this.#marks.at(-1)];
    if (first === undefined) return 0;
    return ((last!.done - first.done) * 1_000) / Math.max(LEAST_MS, now - first.at);
  }

  /** The first mark is the last one before the window, so that all that ended in it counts, and nothing else. */
  #forget(now: number): void {
    while (this.#marks.length > 1 && this.#marks[1]!.at < now - WINDOW_MS) this.#marks.shift();
  }
}

/** Requests that have ended. */
export function doneOf({ accepted, refused, unknown }: Counts): number {
  return accepted.chunks + refused.chunks + unknown.chunks;
}
