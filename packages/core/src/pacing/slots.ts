import { pacerFailed } from '../call/call-errors.js';
import type { Call } from '../call/call.js';
import type { Clock } from '../clock.js';
import type { Credentials } from '../credentials/types.js';
import type { Settings } from '../options/options.js';
import type { Pacer, PacingSlot } from './pacer.js';
import { LocalPacer } from './local-pacer.js';
import { PacingRefusal } from './pacer.js';

/** A client's access to its pacer: a slot for each attempt, and none without pacing. */
export class Slots {
  readonly #pacing: Settings['pacing'];
  readonly #pacer: Pacer | undefined;

  constructor({ pacing, clock }: Settings) {
    this.#pacing = pacing;
    this.#pacer = pacing === false ? undefined : (pacing.pacer ?? localPacer(clock));
  }

  /** Waits for a turn; at once where there is one, for most calls need not wait. */
  acquire(call: Call, { secretId, account = secretId }: Credentials): MaybePromise<PacingSlot | undefined> {
    const pacing = this.#pacing;
    if (pacing === false || this.#pacer === undefined) return undefined;
    const { limit, windowMs } = call.definition.rateLimit;
    call.scope.check();
    let slot: MaybePromise<PacingSlot>;
    try {
      slot = this.#pacer.acquire({
        key: `${call.origin} ${call.action} ${account}`,
        mode: pacing.mode,
        limit: pacing.limit ?? limit,
        windowMs,
        maxQueue: pacing.maxQueue,
        remainingMs: call.scope.remainingMs,
        cancellation: call.scope,
      });
    } catch (thrown) {
      throw toPacingFailure(thrown, call);
    }
    // The pacer of this house minds the end of the call itself, and gives what it promises; another one might not.
    return this.#pacer instanceof LocalPacer ? slot : waitForSlot(slot, call);
  }

  /** Gives a slot back. A pacer of the caller's own must not be able to turn a success into a failure. */
  release(slot: PacingSlot | undefined, sent: boolean): void {
    try {
      const released: unknown = slot?.release(sent);
      if (released !== undefined) Promise.resolve(released).catch(nothing);
    } catch {
      // It was told; what it makes of it is its own affair.
    }
  }
}

type MaybePromise<T> = T | Promise<T>;

async function waitForSlot(slot: PacingSlot | PromiseLike<PacingSlot>, call: Call): Promise<PacingSlot> {
  // It may be the promise of another library or realm; awaiting takes any.
  const pending = Promise.resolve(slot);
  try {
    const granted = await call.scope.race(pending);
    if (typeof (granted as Partial<PacingSlot> | undefined)?.release === 'function') return granted;
    throw new TypeError('The pacer gave no slot.');
  } catch (thrown) {
    // A slot that comes after all, to a call that has given up, goes back unused.
    pending.then((late) => late?.release?.(false)).catch(nothing);
    throw toPacingFailure(thrown, call);
  }
}

function toPacingFailure(thrown: unknown, call: Call): unknown {
  if (call.end !== undefined) return call.scope.ended();
  return thrown instanceof PacingRefusal ? thrown : pacerFailed(thrown, call);
}

function nothing(): void {}

/**
 * The pacer of this process: two clients of one account share its limit. What it holds is keyed by endpoint, action and
 * account, so clients of different accounts do not meet. One per clock, of which there are several only in tests.
 */
const sharedPacers = new WeakMap<Clock, LocalPacer>();

function localPacer(clock: Clock): LocalPacer {
  const known = sharedPacers.get(clock);
  if (known !== undefined) return known;
  const pacer = new LocalPacer(clock);
  sharedPacers.set(clock, pacer);
  return pacer;
}
