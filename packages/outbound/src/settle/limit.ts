import { followSignal, realTime } from '@tccc/core/internal';

/** Longest that a timer can wait, in milliseconds. */
const MAX_TIMER_MS = 2_147_483_647;

/**
 * What ends a lookup: its time, or one of some signals.
 *
 * Node.js 20 forgets a signal of `AbortSignal.any` that nothing else refers to, and with it what it was to end. So this
 * listens to each signal itself.
 */
export class Limit implements Disposable {
  readonly #controller = new AbortController();
  /** Resolves at the end. Each look waits for this one promise: a listener of its own would stay on the signal. */
  readonly ended = new Promise<undefined>((resolve) => {
    this.signal.addEventListener('abort', () => resolve(undefined));
  });
  readonly #leaves: (() => void)[] = [];
  readonly #timer: NodeJS.Timeout;
  #reason: 'time' | 'cancelled' | undefined;

  constructor(withinMs: number, signals: readonly AbortSignal[]) {
    // Real time, whatever the clock of the client says: it is for what hangs.
    this.#timer = realTime.setTimeout(() => this.expire(), Math.min(withinMs, MAX_TIMER_MS));
    for (const signal of signals) this.#listen(signal);
  }

  /** One that cannot be listened to could not end the lookup later, so it ends it now. */
  #listen(signal: AbortSignal): void {
    try {
      this.#leaves.push(followSignal(signal, () => this.cancel()));
      if (signal.aborted) this.cancel();
    } catch {
      this.cancel();
    }
  }

  /** Aborted at the end. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why it has ended, if it has. */
  get reason(): 'time' | 'cancelled' | undefined {
    return this.#reason;
  }

  /** The time is over. */
  expire(): void {
    this.#end('time');
  }

  /** A signal was aborted. */
  cancel(): void {
    this.#end('cancelled');
  }

  #end(reason: 'time' | 'cancelled'): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#controller.abort();
  }

  [Symbol.dispose](): void {
    realTime.clearTimeout(this.#timer);
    for (const leave of this.#leaves) leave();
  }
}
