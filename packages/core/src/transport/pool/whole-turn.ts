import { nextTurn } from '../../clock.js';
import { realTime } from '../../real-time.js';

/**
 * Before a request goes out on a kept connection, Node.js must have looked at the socket once, or an old response could be taken
 * for the new request's. Such a turn of the event loop takes two immediates: one is ours, and undici has one of its own.
 */
export class WholeTurn {
  #isOver = true;
  /** Found out the first time, and kept for the life of the connection. */
  #undiciDoesNotWait = false;
  readonly #end = () => void (this.#isOver = true);

  /** Waits for our half, and for both if undici does not wait. */
  async begin(): Promise<void> {
    await nextTurn();
    if (this.#undiciDoesNotWait) return nextTurn();
    this.#isOver = false;
    realTime.setImmediate(this.#end);
  }

  /** Whether it is over. Before 7.29.1, undici waits for a timer, which fires too early in a busy process. */
  check(): boolean {
    if (!this.#isOver) this.#undiciDoesNotWait = true;
    return this.#isOver;
  }
}
