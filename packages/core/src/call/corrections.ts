import type { CredentialCache } from '../credentials/cache.js';
import type { Correction } from '../retry/decide.js';
import type { RetryPlan } from '../retry/retrier.js';
import type { ServiceClock } from '../signing/service-clock.js';
import type { Attempt, History } from './attempt.js';

/** Prepares the attempt that follows one that failed: puts right what made the service refuse that, and waits. */
export class Corrections {
  readonly #serviceClock: ServiceClock;
  readonly #credentials: CredentialCache;
  readonly #onLearnt: (endpoint: string, offsetMs: number) => void;

  /** `onLearnt` is told of the time of the service whenever it was learnt. */
  constructor(
    serviceClock: ServiceClock,
    credentials: CredentialCache,
    onLearnt: (endpoint: string, offsetMs: number) => void,
  ) {
    this.#serviceClock = serviceClock;
    this.#credentials = credentials;
    this.#onLearnt = onLearnt;
  }

  /** Whether another attempt would differ, or what the wait ended with if the call was cancelled meanwhile. */
  async prepare(
    { correction, waitMs }: RetryPlan,
    attempt: Attempt,
    history: History,
  ): Promise<'ready' | 'not-corrected' | Error> {
    const { scope } = history.call;
    try {
      const isCorrected =
        correction === undefined || (await scope.race(this.#make(correction, attempt, history)));
      if (!isCorrected) return 'not-corrected';
      await scope.sleep(waitMs);
      return 'ready';
    } catch (thrown) {
      // A correction that failed: the service's own answer says more than its failure.
      return scope.cancelReason === undefined ? 'not-corrected' : (thrown as Error);
    }
  }

  /** Makes a correction that the history has noted already; returns whether the next attempt would differ. */
  async #make(correction: Correction, attempt: Attempt, { call, corrections }: History): Promise<boolean> {
    if (correction === 'clock') return this.#setClock(attempt, call.origin);
    const isRepeated = corrections.indexOf(correction) !== corrections.lastIndexOf(correction);
    return this.#credentials.replace(attempt.credentials!, isRepeated);
  }

  #setClock({ serviceDate, clockOffsetMs }: Attempt, endpoint: string): boolean {
    const before = this.#serviceClock.offsetMs;
    const differs = this.#serviceClock.correct(serviceDate, clockOffsetMs);
    const { offsetMs } = this.#serviceClock;
    if (offsetMs !== before) this.#onLearnt(endpoint, offsetMs);
    return differs;
  }
}
