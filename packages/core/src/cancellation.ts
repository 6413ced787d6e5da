import type { Clock } from './clock.js';
import { followSignal } from './follow-signal.js';
import { tell } from './tell.js';

/** Why a call was cancelled before it was done. */
export type CancelReason =
  { readonly kind: 'aborted'; readonly reason: unknown } | { readonly kind: 'deadline' | 'closed' };

/** Thrown inside a call that was cancelled; `call/to-error.ts` says what it becomes. */
export class Cancelled extends Error {
  readonly reason: CancelReason;

  constructor(reason: CancelReason) {
    super(reason.kind);
    this.reason = reason;
  }
}

/** What a wait needs to know about the call that waits. */
export interface Cancellation {
  /** Aborted when the call ends early. Made when first asked for. */
  readonly signal: AbortSignal;
  /** Calls `listener` when the call ends early, or soon if it has, unless it is taken back before. Cheaper than `signal`. */
  onCancel(listener: () => void): void;
  /** Takes back a listener. */
  offCancel(listener: () => void): void;
}

/** The life of one call: the caller's signal and the total deadline over all attempts. */
export class CancelScope implements Cancellation {
  readonly #clock: Clock;
  readonly #deadlineAt: number;
  readonly #leaveSignal: (() => void) | undefined;
  #cancelTimer: (() => void) | undefined;
  #reason: CancelReason | undefined;
  /** Nearly always, one thing waits at a time. */
  #listener: (() => void) | undefined;
  #moreListeners: Set<() => void> | undefined;
  #controller: AbortController | undefined;

  constructor(clock: Clock, deadlineMs: number, signal: AbortSignal | undefined) {
    this.#clock = clock;
    this.#deadlineAt = deadlineMs === Infinity ? Infinity : clock.monotonic() + deadlineMs;
    if (signal === undefined) return;
    const onAbort = () => this.cancel({ kind: 'aborted', reason: reasonOf(signal) });
    this.#leaveSignal = followSignal(signal, onAbort);
    if (signal.aborted) onAbort();
  }

  /** Milliseconds until the deadline; `Infinity` without one. */
  get remainingMs(): number {
    return this.#deadlineAt - this.#clock.monotonic();
  }

  /** Why the call was cancelled, if it was. */
  get cancelReason(): CancelReason | undefined {
    return this.#reason;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#armTimer();
      this.#controller = new AbortController();
      if (this.#reason !== undefined) this.#controller.abort(signalReasonOf(this.#reason));
    }
    return this.#controller.signal;
  }

  onCancel(listener: () => void): void {
    this.#armTimer();
    this.onCancelUntimed(listener);
  }

  /** Like `onCancel`, for a wait that watches the deadline itself, by `remainingMs` and `expire`; it saves a timer. */
  onCancelUntimed(listener: () => void): void {
    if (this.#listener === undefined) this.#listener = listener;
    else (this.#moreListeners ??= new Set()).add(listener);
    if (this.#reason !== undefined) queueMicrotask(() => tell(() => this.#take(listener) && listener()));
  }

  offCancel(listener: () => void): void {
    this.#take(listener);
  }

  /** The deadline has passed. */
  expire(): void {
    this.cancel({ kind: 'deadline' });
  }

  /** Returns whether it was there. */
  #take(listener: () => void): boolean {
    if (this.#listener !== listener) return this.#moreListeners?.delete(listener) ?? false;
    this.#listener = undefined;
    return true;
  }

  #armTimer(): void {
    if (this.#cancelTimer !== undefined || this.#deadlineAt === Infinity || this.#reason !== undefined)
      return;
    this.#cancelTimer = this.#clock.schedule(() => this.expire(), Math.max(0, this.remainingMs));
  }

  /** @throws Cancelled if the call was cancelled */
  throwIfCancelled(): void {
    if (this.#reason !== undefined) throw new Cancelled(this.#reason);
  }

  /** What a wait fails with once the call was cancelled. */
  #toError(): Cancelled {
    return new Cancelled(this.#reason ?? { kind: 'deadline' });
  }

  /** Ends the call early. The first reason counts. */
  cancel(reason: CancelReason): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    const listeners = [this.#listener, ...(this.#moreListeners ?? [])];
    this.#listener = undefined;
    this.#moreListeners = undefined;
    // A pacer of the caller's own listens, too: it must keep nobody else from hearing of this.
    for (const listener of listeners) tell(() => listener?.());
    this.#controller?.abort(signalReasonOf(reason));
  }

  /** Waits for `work`, unless the call is cancelled first. The work itself goes on, since others may share it. */
  race<T>(work: PromiseLike<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const onCancel = () => reject(this.#toError());
      this.onCancel(onCancel);
      if (this.#reason !== undefined) reject(this.#toError());
      work.then(
        (value) => {
          this.offCancel(onCancel);
          resolve(value);
        },
        (error: unknown) => {
          this.offCancel(onCancel);
          reject(error);
        },
      );
    });
  }

  /** Waits, unless the call is cancelled first. */
  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#reason !== undefined) return reject(this.#toError());
      const cancelTimer = this.#clock.schedule(() => {
        this.offCancel(onCancel);
        resolve();
      }, delayMs);
      const onCancel = () => {
        cancelTimer();
        reject(this.#toError());
      };
      this.onCancel(onCancel);
    });
  }

  /** Frees the deadline timer and the caller's signal. */
  release(): void {
    this.#cancelTimer?.();
    this.#leaveSignal?.();
    this.#listener = undefined;
    this.#moreListeners = undefined;
  }
}

/** Undefined if a signal of a library's own throws instead of telling. */
function reasonOf(signal: AbortSignal): unknown {
  try {
    return signal.reason;
  } catch {
    return undefined;
  }
}

function signalReasonOf(reason: CancelReason): unknown {
  if (reason.kind === 'aborted') return reason.reason;
  const isDeadline = reason.kind === 'deadline';
  return new DOMException(`The call ended: ${reason.kind}`, isDeadline ? 'TimeoutError' : 'AbortError');
}
