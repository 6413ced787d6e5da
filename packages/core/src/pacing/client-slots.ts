import type { RateLimit } from '../action.js';
import { CancelScope } from '../cancellation.js';
import type { Clock } from '../clock.js';
import { tell } from '../tell.js';
import { LocalPacer } from './local-pacer.js';
import type { Pacer, PacingMode, PacingRequest, PacingSlot, Reservation, SlotUse } from './pacer.js';
import { PacerFailure, PacingRefusal } from './pacer.js';
import { findLocalPacer, keepLocalPacer } from './registry.js';

/** How a client paces, checked and complete; `false` for not at all. */
export type PacingSettings =
  | {
      readonly mode: PacingMode;
      /** In place of the documented limit. */
      readonly limit: number | undefined;
      readonly maxQueue: number;
      /** In place of the pacer of this thread. */
      readonly pacer: Pacer | undefined;
    }
  | false;

/** What needs a slot. */
export interface SlotRequest {
  /** Where it is sent: scheme, host and port. */
  readonly origin: string;
  readonly action: string;
  readonly account: string;
  readonly rateLimit: RateLimit;
  readonly scope: CancelScope;
}

export type MaybePromise<T> = T | Promise<T>;

/** A client's access to its pacer: a slot for each attempt, and none without pacing. */
export class Slots {
  readonly #settings: PacingSettings;
  readonly #pacer: Pacer | undefined;
  readonly #isLocal: boolean;
  readonly #clock: Clock;

  constructor(settings: PacingSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
    this.#pacer = settings === false ? undefined : (settings.pacer ?? localPacer(clock));
    this.#isLocal = this.#pacer instanceof LocalPacer;
  }

  /**
   * Waits for a turn; returns at once if there is one, since most calls need not wait.
   *
   * @throws PacingRefusal, PacerFailure, or Cancelled
   */
  acquire(request: SlotRequest): MaybePromise<PacingSlot | undefined> {
    const { scope } = request;
    const settings = this.#settings;
    if (settings === false || this.#pacer === undefined) return undefined;
    scope.throwIfCancelled();
    let slot: MaybePromise<PacingSlot>;
    try {
      slot = this.#pacer.acquire(toPacingRequest(request, settings));
    } catch (thrown) {
      throw toPacingFailure(thrown, scope);
    }
    // The local pacer watches for the end of the call itself, and gives what it promises; another one might not.
    return this.#isLocal ? slot : waitForSlot(slot, scope);
  }

  /**
   * Waits for a turn, and keeps its slot for the next request of this action, account and place.
   *
   * @returns undefined if there is nothing to keep; the request that follows finds out why
   */
  async reserve(
    origin: string,
    { name: action, rateLimit }: { readonly name: string; readonly rateLimit: RateLimit },
    accountOf: () => MaybePromise<string>,
    signal: AbortSignal | undefined,
  ): Promise<Reservation | undefined> {
    const settings = this.#settings;
    if (settings === false || this.#pacer?.reserve === undefined || signal?.aborted) return undefined;
    const scope = new CancelScope(this.#clock, Infinity, signal);
    try {
      const account = await scope.race(Promise.resolve(accountOf()));
      const pending = Promise.resolve(
        this.#pacer.reserve(toPacingRequest({ origin, action, account, rateLimit, scope }, settings)),
      );
      // One that comes after the wait has ended is given back.
      return await scope
        .race(pending)
        .catch(() => void pending.then((late) => late.release()).catch(() => {}));
    } catch {
      return undefined;
    } finally {
      scope.release();
    }
  }

  /** How many slots are in use; undefined if the pacer does not say. */
  get used(): number | undefined {
    return this.#pacer instanceof LocalPacer ? this.#pacer.used : undefined;
  }

  /** The request is about to be sent. A pacer that fails here must not keep it from being sent. */
  sent(slot: PacingSlot | undefined): void {
    tell(() => slot?.sent?.());
  }

  /** Gives a slot back. A pacer of the caller's own must not be able to turn a success into a failure. */
  release(slot: PacingSlot | undefined, use: SlotUse): void {
    tell(() => slot?.release(use));
  }
}

/** What a slot is asked for with, and a reservation. */
function toPacingRequest(
  { origin, action, account, rateLimit, scope }: SlotRequest,
  { mode, limit, maxQueue }: Exclude<PacingSettings, false>,
): PacingRequest {
  return {
    key: `${origin} ${action} ${account}`,
    action,
    mode,
    limit: limit ?? rateLimit.limit,
    windowMs: rateLimit.windowMs,
    maxQueue,
    remainingMs: scope.remainingMs,
    cancellation: scope,
  };
}

async function waitForSlot(
  slot: PacingSlot | PromiseLike<PacingSlot>,
  scope: CancelScope,
): Promise<PacingSlot> {
  // It may be the promise of another library or realm; awaiting takes any.
  const pending = Promise.resolve(slot);
  try {
    const granted = await scope.race(pending);
    if (typeof (granted as Partial<PacingSlot> | undefined)?.release === 'function') return granted;
    throw new TypeError('The pacer gave no slot.');
  } catch (thrown) {
    // A slot that comes after all, to a call that has given up, goes back unused.
    pending.then((late) => late?.release?.('unused')).catch(() => {});
    throw toPacingFailure(thrown, scope);
  }
}

function toPacingFailure(thrown: unknown, scope: CancelScope): unknown {
  scope.throwIfCancelled();
  const refusal = PacingRefusal.from(thrown);
  return refusal === undefined || refusal.reason === 'unusable'
    ? new PacerFailure(refusal ?? thrown)
    : refusal;
}

function localPacer(clock: Clock): Pacer {
  return findLocalPacer(clock) ?? keepLocalPacer(clock, new LocalPacer(clock));
}
