import { setMaxListeners } from 'node:events';
import type { BulkClock } from '../clock.js';

/** How many requests the service takes in which time. */
export interface Rate {
  readonly limit: number;
  readonly windowMs: number;
}

/** Says when a chunk may be claimed. */
export interface Turns {
  /** Resolves when a request may begin, or once nobody may any more. */
  enter(): Promise<void>;
  /** Says that the request is over. */
  leave(): void;
  /** Lets everybody in: there is nothing left to wait for. */
  close(): void;
}

/**
 * Lets chunks be claimed at the rate at which the client may send them. Else a chunk would be `sending` while its request still
 * waits for a slot of the client, and a process that dies would leave it unknown, though nothing was sent.
 */
export class Gate implements Turns {
  readonly #rate: Rate;
  readonly #clock: BulkClock;
  readonly #closing = new AbortController();
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(rate: Rate, clock: BulkClock) {
    this.#rate = rate;
    this.#clock = clock;
    this.#free = rate.limit;
    // One for each place.
    setMaxListeners(0, this.#closing.signal);
  }

  async enter(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Its place is free one window later. */
  leave(): void {
    void this.#makePlace();
  }

  close(): void {
    this.#closing.abort();
    for (const enter of this.#waiting.splice(0)) enter();
  }

  async #makePlace(): Promise<void> {
    await this.#clock.sleep(this.#rate.windowMs, this.#closing.signal);
    const next = this.#waiting.shift();
    if (next === undefined) this.#free++;
    else next();
  }
}
