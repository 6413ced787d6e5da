import type { History } from './attempt.js';

/**
 * The calls of a client that are under way, in any order.
 *
 * An array, because a `Set` in constant use is slow here: V8 links each table that a set has outgrown to the next one, so
 * tables that nothing else refers to keep the calls in them from being collected young.
 */
export class RunningCalls {
  readonly #calls: History[] = [];

  get size(): number {
    return this.#calls.length;
  }

  add(call: History): void {
    call.place = this.#calls.push(call) - 1;
  }

  /** Takes out one that is in. The last one moves to its place. */
  delete({ place }: History): void {
    const last = this.#calls.pop()!;
    if (place === this.#calls.length) return;
    this.#calls[place] = last;
    last.place = place;
  }

  /** How many there are of which this holds. */
  count(holds: (call: History) => boolean): number {
    let sum = 0;
    for (const call of this.#calls) if (holds(call)) sum++;
    return sum;
  }

  /** Over those that are under way now; they may be taken out meanwhile. */
  [Symbol.iterator](): Iterator<History> {
    return [...this.#calls].values();
  }
}
