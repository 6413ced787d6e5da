import { toCallError } from '../call/call-errors.js';
import type { Call } from '../call/call.js';
import type { ServiceClock } from '../signing/service-clock.js';
import type { CredentialCache } from '../credentials/cache.js';
import type { AnyTcccError } from '../errors/errors.js';
import type { RetryPolicy } from './policy.js';
import { RetryBudget } from './budget.js';
import { backoffMs } from './policy.js';

/** Decides whether a failed attempt is repeated, and prepares the next one. */
export class Repetition {
  readonly #policy: RetryPolicy;
  readonly #random: () => number;
  readonly #credentials: CredentialCache;
  readonly #serviceClock: ServiceClock;
  readonly #budget = new RetryBudget();

  constructor(
    policy: RetryPolicy,
    random: () => number,
    credentials: CredentialCache,
    serviceClock: ServiceClock,
  ) {
    this.#policy = policy;
    this.#random = random;
    this.#credentials = credentials;
    this.#serviceClock = serviceClock;
  }

  /** A call succeeded, with everything that it used. */
  succeeded(call: Call): void {
    this.#budget.refund(call.repetitions);
    this.#credentials.confirm(call.credentials);
  }

  /**
   * Whether to attempt again: by the outcome first, then by what would help. Waits as long as that takes; a wait that
   * would pass the deadline is not begun.
   *
   * @throws TcccError where the call has to end during the wait
   */
  async prepare(error: AnyTcccError, call: Call): Promise<boolean> {
    if (call.end !== undefined || call.attempts === 0 || call.attempts >= this.#policy.maxAttempts)
      return false;
    if (error.outcome === 'unknown' && this.#policy.onUnknown === 'risk-duplicates' && isOfNetwork(error)) {
      call.mayHaveExecuted = true;
      return this.#backOff(call);
    }
    if (error.outcome !== 'not-executed') return false;
    switch (error.retry) {
      case 'after-backoff':
        return this.#backOff(call);
      case 'after-clock-correction':
        return this.#once(call, error.retry, () =>
          this.#serviceClock.correct(call.responseDate, call.clockOffsetMs),
        );
      case 'after-credential-refresh':
        return this.#once(call, error.retry, () =>
          call.scope.race(this.#credentials.replace(call.credentials!)),
        );
      case 'never':
        return false;
    }
  }

  async #backOff(call: Call): Promise<boolean> {
    const waitMs = backoffMs(this.#policy, call.repetitions, this.#random);
    if (waitMs >= call.scope.remainingMs || !this.#budget.spend()) return false;
    call.repetitions++;
    try {
      await call.scope.sleep(waitMs);
      return true;
    } catch (thrown) {
      throw toCallError(thrown, call);
    }
  }

  /** A correction is made once per call; where it fails, the service's own answer says more than its failure. */
  async #once(call: Call, kind: string, correct: () => boolean | Promise<boolean>): Promise<boolean> {
    if (call.corrected.has(kind)) return false;
    call.corrected.add(kind);
    try {
      return await correct();
    } catch (thrown) {
      if (call.end !== undefined) throw toCallError(thrown, call);
      return false;
    }
  }
}

/** Whether another attempt could end differently at all. */
function isOfNetwork(error: AnyTcccError): boolean {
  return error.kind === 'transport' || error.kind === 'response' || error.kind === 'service';
}

/** Where an earlier attempt may have been executed, a later one that was not does not make the call so. */
export function withEarlierAttempts(error: AnyTcccError, call: Call): AnyTcccError {
  if (!call.mayHaveExecuted || error.outcome !== 'not-executed') return error;
  const message = `${error.message} But an earlier attempt may have been executed, so the outcome is unknown.`;
  return Object.assign(error, { outcome: 'unknown' as const, message });
}
