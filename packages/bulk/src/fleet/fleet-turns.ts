import { setMaxListeners } from 'node:events';
import type { Turns } from '../run/gate.js';

/** What keeps a slot for a request that is to be sent next, such as `RedisPacer`. */
export interface SlotKeeper {
  /** Waits until a request of an action may be sent, and keeps its slot for it for a short while. */
  reserve(action: string, signal: AbortSignal): Promise<void>;
}

/** Something to wait for that happens once. */
class Latch {
  open = () => {};
  readonly opened = new Promise<void>((resolve) => (this.open = resolve));
}

/**
 * Lets a chunk be claimed once the fleet has a slot for it. The first request goes ahead, for before it nobody knows under which
 * account slots are shared.
 */
export class FleetTurns implements Turns {
  readonly #keeper: SlotKeeper;
  readonly #action: string;
  readonly #closing = new AbortController();
  readonly #firstOver = new Latch();
  #hasBegun = false;

  constructor(keeper: SlotKeeper, action: string) {
    this.#keeper = keeper;
    this.#action = action;
    // One for each chunk in flight.
    setMaxListeners(0, this.#closing.signal);
  }

  async enter(): Promise<void> {
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      return;
    }
    await this.#firstOver.opened;
    // If there is no slot to keep, the client finds out, and says so.
    if (!this.#closing.signal.aborted)
      await this.#keeper.reserve(this.#action, this.#closing.signal).catch(() => {});
  }

  leave(): void {
    this.#firstOver.open();
  }

  close(): void {
    this.#firstOver.open();
    this.#closing.abort();
  }
}
