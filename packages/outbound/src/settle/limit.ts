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
  readonly #signals: readonly AbortSignal[];
  readonly #timer: NodeJS.Timeout;
  #reason: 'time' | 'cancelled' | undefined;

  constructor(withinMs: number, signals: readonly AbortSignal[]) {
    this.#signals = signals;
    // Real time, whatever the clock of the client says: it is for what hangs.
    this.#timer = setTimeout(() => this.expire(), Math.min(withinMs, MAX_TIMER_MS));
    for (const signal of signals) {
      join(signal, this);
      if (signal.aborted) this.cancel();
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
    clearTimeout(this.#timer);
    for (const signal of this.#signals) leave(signal, this);
  }
}

/** One listener per signal, however many lookups share it, so that nobody is warned of a leak. */
const limitsBySignal = new WeakMap<AbortSignal, Set<Limit>>();

function join(signal: AbortSignal, limit: Limit): void {
  const limits = limitsBySignal.get(signal) ?? new Set();
  limitsBySignal.set(signal, limits);
  if (limits.size === 0) signal.addEventListener('abort', cancelLimits);
  limits.add(limit);
}

function leave(signal: AbortSignal, limit: Limit): void {
  const limits = limitsBySignal.get(signal);
  if (limits?.delete(limit) === true && limits.size === 0) signal.removeEventListener('abort', cancelLimits);
}

function cancelLimits(event: Event): void {
  for (const limit of limitsBySignal.get(event.target as AbortSignal) ?? []) limit.cancel();
}
