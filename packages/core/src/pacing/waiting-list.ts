import type { Cancellation } from '../cancellation.js';
import { Fifo } from '../fifo.js';
import type { PacingMode, PacingRefusal } from './pacer.js';

/** What waits for a slot. */
export interface Waiter<Granted> {
  mode: PacingMode;
  grant: (granted: Granted) => void;
  reject: (refusal: PacingRefusal) => void;
  cancellation: Cancellation;
  /** What `cancellation` calls. */
  onCancel: () => void;
  cancelled: boolean;
}

/** Those who wait, first in, first out. One that gives up is skipped, in constant time. */
export class WaitingList<Granted> {
  readonly #waiters = new Fifo<Waiter<Granted>>();
  #cancelled = 0;

  /** How many still wait. */
  get size(): number {
    return this.#waiters.length - this.#cancelled;
  }

  push(waiter: Waiter<Granted>): void {
    this.#waiters.push(waiter);
  }

  /** The one that has waited longest; undefined if there is none. */
  shift(): Waiter<Granted> | undefined {
    while (this.#waiters.length > 0) {
      const waiter = this.#waiters.shift();
      if (!waiter.cancelled) return waiter;
      this.#cancelled--;
    }
    return undefined;
  }

  cancel(waiter: Waiter<Granted>): void {
    waiter.cancelled = true;
    this.#cancelled++;
    // Those who gave up are swept out when they are the majority.
    if (this.#cancelled <= 64 || this.#cancelled * 2 <= this.#waiters.length) return;
    this.#waiters.keep((other) => !other.cancelled);
    this.#cancelled = 0;
  }
}
