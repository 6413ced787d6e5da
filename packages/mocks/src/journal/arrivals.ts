import { worstWindow } from '../common/rate-window.js';

/** How many times of arrival are kept: 10 MB of them. */
export const MAX_ARRIVALS = 1_000_000;

/** Names of actions come from requests, so there may be any number of them. Those beyond this share one number. */
const MAX_ACTIONS = 1_000;

/** When requests arrived, and for which action; the latest 500,000 at least, and at most 1,000,000. */
export class Arrivals {
  #times = new Float64Array(1_024);
  #actions = new Uint16Array(1_024);
  #kept = 0;
  #dropped = 0;
  readonly #numbers = new Map<string, number>();

  /** Number of the first arrival that is kept, counting from 1. */
  get keptFrom(): number {
    return this.#dropped + 1;
  }

  add(atMs: number, action: string): void {
    if (this.#kept === this.#times.length) this.#makeRoom();
    this.#times[this.#kept] = atMs;
    this.#actions[this.#kept] = this.#numberOf(action);
    this.#kept++;
  }

  /** The most arrivals within any window of this length, in milliseconds; of one action or of all. */
  worstWindow(windowMs: number, action?: string): number {
    const times = this.#times.subarray(0, this.#kept);
    if (action === undefined) return worstWindow(times, windowMs);
    const number = this.#numbers.get(action);
    return worstWindow(
      times.filter((_time, index) => this.#actions[index] === number),
      windowMs,
    );
  }

  /** Grows while it may; after that, forgets the older half. */
  #makeRoom(): void {
    const isFull = this.#kept >= MAX_ARRIVALS;
    const from = isFull ? this.#kept >> 1 : 0;
    const length = isFull ? this.#times.length : Math.min(MAX_ARRIVALS, 2 * this.#times.length);
    const [times, actions] = [new Float64Array(length), new Uint16Array(length)];
    times.set(this.#times.subarray(from, this.#kept));
    actions.set(this.#actions.subarray(from, this.#kept));
    [this.#times, this.#actions] = [times, actions];
    this.#kept -= from;
    this.#dropped += from;
  }

  #numberOf(action: string): number {
    let number = this.#numbers.get(action);
    if (number === undefined) {
      number = this.#numbers.size + 1;
      if (number > MAX_ACTIONS) return 0;
      this.#numbers.set(action, number);
    }
    return number;
  }
}
