import type { PacingSlot, SlotUse } from '@tccc/outbound';
import { ABANDONED_HOLD_MS } from '@tccc/outbound/internal';
import type { Clock } from '../clock.js';
import { every } from '../clock.js';

/** What a slot needs to know. */
export interface SlotOptions {
  clock: Clock;
  /** When Redis was asked for it, by the clock of this process. */
  askedAt: number;
  windowMs: number;
  guardMs: number;
  /** What it is called in the log. */
  name: number;
  /** Says that the slot of this name is still in use; returns its new name. */
  move: (name: number) => Promise<number>;
}

/**
 * A slot of a fleet. It is free one window and one guard after the word of Redis if its request is answered within the guard,
 * else one window and one guard after its response. So no window at the service holds more than the limit, however long
 * requests are on their way; and the usual request needs no second word with Redis.
 */
export class FleetSlot implements PacingSlot {
  readonly #options: SlotOptions;
  #heldFrom: number;
  #name: Promise<number>;
  #endHolding = () => {};
  #holdUntil = Infinity;

  constructor(options: SlotOptions) {
    this.#options = options;
    this.#heldFrom = options.askedAt;
    this.#name = Promise.resolve(options.name);
  }

  /** Whether it was given too long ago: soon another request may have it. */
  get isStale(): boolean {
    return this.#now() - this.#heldFrom > this.#options.windowMs / 2;
  }

  /** From now on it is held, until it is released. */
  begin(): void {
    const { clock, windowMs } = this.#options;
    this.#endHolding = every(clock, windowMs / 3, () => this.#hold());
  }

  release(use: SlotUse): void {
    const { guardMs } = this.#options;
    if (use === 'abandoned') {
      this.#holdUntil = this.#now() + ABANDONED_HOLD_MS;
      return this.#hold();
    }
    this.#endHolding();
    if (use === 'answered' && this.#now() - this.#heldFrom > guardMs) this.#move();
  }

  #hold(): void {
    if (this.#now() > this.#holdUntil) this.#endHolding();
    else this.#move();
  }

  #now(): number {
    return this.#options.clock.monotonic();
  }

  #move(): void {
    this.#heldFrom = this.#now();
    // If Redis cannot be told, it forgets the window, too, or will be told again.
    this.#name = this.#name.then((name) => this.#options.move(name).catch(() => name));
  }
}
