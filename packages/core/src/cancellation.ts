import type { Clock } from './clock.js';

/** Why a call had to end before it was done. */
export type CallEnd =
  { readonly kind: 'aborted'; readonly reason: unknown } | { readonly kind: 'deadline' | 'closed' };

/** Thrown inside a call when its scope ends; see `call-errors.ts` for what it becomes. */
export class CallEnded extends Error {
  readonly end: CallEnd;

  constructor(end: CallEnd) {
    super(end.kind);
    this.end = end;
  }
}

/** What a wait needs to know about the call that waits. */
export interface Cancellation {
  /** Aborted when the call ends early. Made when first asked for. */
  readonly signal: AbortSignal;
  /** Calls `listener` when the call ends early, or soon if it has; returns a function that takes it back. Cheaper than `signal`. */
  onCancel(listener: () => void): () => void;
}

/** The life of one call: the caller's signal and the total deadline over all attempts. */
export class CallScope implements Cancellation {
  readonly #clock: Clock;
  readonly #deadlineAt: number;
  readonly #leaveSignal: (() => void) | undefined;
  #cancelTimer: (() => void) | undefined;
  #end: CallEnd | undefined;
  /** Nearly always, one thing waits at a time. */
  #listener: (() => void) | undefined;
  #moreListeners: Set<() => void> | undefined;
  #controller: AbortController | undefined;

  constructor(clock: Clock, deadlineMs: number, signal: AbortSignal | undefined) {
    this.#clock = clock;
    this.#deadlineAt = deadlineMs === Infinity ? Infinity : clock.monotonic() + deadlineMs;
    if (signal === undefined) return;
    this.#leaveSignal = joinSignal(signal, this);
    if (signal.aborted) this.end({ kind: 'aborted', reason: signal.reason });
  }

  /** Milliseconds until the deadline; `Infinity` without one. */
  get remainingMs(): number {
    return this.#deadlineAt - this.#clock.monotonic();
  }

  /** Why the call has to end, where it has. */
  get endReason(): CallEnd | undefined {
    return this.#end;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#armTimer();
      this.#controller = new AbortController();
      if (this.#end !== undefined) this.#controller.abort(reasonOf(this.#end));
    }
    return this.#controller.signal;
  }

  onCancel(listener: () => void): () => void {
    this.#armTimer();
    return this.onEnd(listener);
  }

  /** Like `onCancel`, for a wait that minds the deadline itself, by `remainingMs` and `expire`; it saves a timer. */
  onEnd(listener: () => void): () => void {
    if (this.#listener === undefined) this.#listener = listener;
    else (this.#moreListeners ??= new Set()).add(listener);
    if (this.#end !== undefined) queueMicrotask(() => this.#leave(listener) && listener());
    return () => void this.#leave(listener);
  }

  /** The deadline has passed. */
  expire(): void {
    this.end({ kind: 'deadline' });
  }

  #leave(listener: () => void): boolean {
    if (this.#listener !== listener) return this.#moreListeners?.delete(listener) ?? false;
    this.#listener = undefined;
    return true;
  }

  #armTimer(): void {
    if (this.#cancelTimer !== undefined || this.#deadlineAt === Infinity || this.#end !== undefined) return;
    this.#cancelTimer = this.#clock.schedule(() => this.expire(), Math.max(0, this.remainingMs));
  }

  /** Throws when the call has to end. */
  check(): void {
    if (this.#end !== undefined) throw new CallEnded(this.#end);
  }

  /** The error that stands for the end; only to be called after it. */
  ended(): CallEnded {
    return new CallEnded(this.#end ?? { kind: 'deadline' });
  }

  /** Ends the call early. The first end counts. */
  end(end: CallEnd): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    const listeners = [this.#listener, ...(this.#moreListeners ?? [])];
    this.#listener = undefined;
    this.#moreListeners = undefined;
    for (const listener of listeners) listener?.();
    this.#controller?.abort(reasonOf(end));
  }

  /** Gives up waiting for `work` when the call ends. The work itself goes on, for others may share it. */
  race<T>(work: PromiseLike<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const leave = this.onCancel(() => reject(this.ended()));
      if (this.#end !== undefined) reject(this.ended());
      work.then(
        (value) => {
          leave();
          resolve(value);
        },
        (error: unknown) => {
          leave();
          reject(error);
        },
      );
    });
  }

  /** Waits, unless the call ends first. */
  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#end !== undefined) return reject(this.ended());
      const cancelTimer = this.#clock.schedule(() => {
        leave();
        resolve();
      }, delayMs);
      const leave = this.onCancel(() => {
        cancelTimer();
        reject(this.ended());
      });
    });
  }

  /** Frees the deadline timer and the caller's signal. */
  close(): void {
    this.#cancelTimer?.();
    this.#leaveSignal?.();
    this.#listener = undefined;
    this.#moreListeners = undefined;
  }
}

function reasonOf(end: CallEnd): unknown {
  if (end.kind === 'aborted') return end.reason;
  const isDeadline = end.kind === 'deadline';
  return new DOMException(`The call ended: ${end.kind}`, isDeadline ? 'TimeoutError' : 'AbortError');
}

/**
 * One listener per signal, however many calls share it: ten thousand calls under one signal must neither warn about a
 * leak nor be one.
 */
const scopesBySignal = new WeakMap<AbortSignal, Set<CallScope>>();

function joinSignal(signal: AbortSignal, scope: CallScope): () => void {
  let scopes = scopesBySignal.get(signal);
  if (scopes === undefined) {
    scopes = new Set();
    scopesBySignal.set(signal, scopes);
  }
  if (scopes.size === 0) signal.addEventListener('abort', endScopes);
  const joined = scopes.add(scope);
  return () => {
    joined.delete(scope);
    if (joined.size > 0) return;
    try {
      signal.removeEventListener('abort', endScopes);
    } catch {
      // A signal that is none must not be able to replace the outcome of the call.
    }
  };
}

function endScopes(event: Event): void {
  const signal = event.target as AbortSignal;
  for (const scope of scopesBySignal.get(signal) ?? []) scope.end({ kind: 'aborted', reason: signal.reason });
}
