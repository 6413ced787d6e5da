import type { PacingSlot, SlotUse } from '@tccc/outbound';

/** How much longer a slot is held whose request was abandoned after it was sent, in milliseconds; as within a process. */
const ABANDONED_HOLD_MS = 10_000;

/** What a slot needs to know. */
export interface SlotOptions {
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
  #timer: NodeJS.Timeout | undefined;
  #holdUntil = Infinity;

  constructor(options: SlotOptions) {
    this.#options = options;
    this.#heldFrom = options.askedAt;
    this.#name = Promise.resolve(options.name);
  }

  /** Whether it was given too long ago: soon another request may have it. */
  get isStale(): boolean {
    return performance.now() - this.#heldFrom > this.#options.windowMs / 2;
  }

  /** From now on it is held, until it is released. */
  begin(): void {
    const { windowMs } = this.#options;
    this.#timer = setInterval(() => this.#hold(), windowMs / 3).unref();
  }

  release(use: SlotUse): void {
    const { guardMs } = this.#options;
    if (use === 'abandoned') {
      this.#holdUntil = performance.now() + ABANDONED_HOLD_MS;
      return this.#hold();
    }
    clearInterval(this.#timer);
    if (use === 'answered' && performance.now() - this.#heldFrom > guardMs) this.#move();
  }

  #hold(): void {
    if (performance.now() > this.#holdUntil) clearInterval(this.#timer);
    else this.#move();
  }

  #move(): void {
    this.#heldFrom = performance.now();
    // If Redis cannot be told, it forgets the window, too, or will be told again.
    this.#name = this.#name.then((name) => this.#options.move(name).catch(() => name));
  }
}
