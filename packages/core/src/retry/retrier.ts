import type { Idempotency } from '../action.js';
import type { AnyTcccError, TcccErrorKind } from '../errors/errors.js';
import { RetryBudget } from './budget.js';
import type { RetryPolicy } from './policy.js';
import { backoffMs } from './policy.js';

/** What can be put right before another attempt. */
export type Correction = 'clock' | 'credentials';

/** How far a call has come. */
export interface RetryProgress {
  /** What its action allows. */
  readonly idempotency: Idempotency;
  /** Retries that the budget was charged for. */
  readonly retries: number;
  /** Corrections made; that of the clock is made once per call. */
  readonly corrections: readonly Correction[];
  /** Milliseconds until the deadline. */
  readonly remainingMs: number;
  /** In place of the client's. */
  readonly policy?: RetryPolicy | undefined;
}

/** What to do before another attempt. */
export interface RetryPlan {
  /** How long to wait, in milliseconds. */
  readonly waitMs: number;
  /** What to put right; the retry is worthwhile only if that succeeds. */
  readonly correction?: Correction;
}

/** Kinds of errors after which another attempt could end differently. */
export const RETRIED_KINDS: ReadonlySet<TcccErrorKind> = new Set([
  'credentials',
  'transport',
  'response',
  'service',
]);

/** How many retries may follow failures without any success: what an outage costs the service besides its calls. */
const FAILURES = 10;

/**
 * The same for refusals that only waiting or a correction can cure. They prove that the service is well, so there may be
 * more of them: more than a cold start meets.
 */
const REFUSALS = 30;

/** Decides whether a failed attempt is followed by another one. */
export class Retrier {
  readonly #policy: RetryPolicy;
  readonly #random: () => number;
  readonly #failures = new RetryBudget(FAILURES);
  readonly #refusals = new RetryBudget(REFUSALS);

  constructor(policy: RetryPolicy, random: () => number) {
    this.#policy = policy;
    this.#random = random;
  }

  /** A call succeeded after this many retries. */
  succeeded(retries: number): void {
    this.#failures.refund(retries);
    this.#refusals.refund(retries);
  }

  /** What to do before another attempt; undefined if there must not be one. By the outcome first, then by what would help. */
  plan(error: AnyTcccError, progress: RetryProgress): RetryPlan | undefined {
    const { corrections, retries, idempotency, policy = this.#policy } = progress;
    if (retries + 1 >= policy.maxAttempts || !RETRIED_KINDS.has(error.kind)) return undefined;
    if (error.outcome === 'executed') return undefined;
    if (error.outcome === 'unknown' && !isRepeatable(idempotency))
      return policy.onUnknown === 'risk-duplicates' ? this.#pause(error, progress) : undefined;
    switch (error.retry) {
      case 'after-backoff':
        return this.#pause(error, progress);
      case 'after-clock-correction':
        return corrections.includes('clock') ? undefined : this.#pause(error, progress, 'clock');
      case 'after-credential-refresh':
        // Again if need be: keys can be rotated twice while a call is on its way. The cache says whether there are others.
        return this.#pause(error, progress, 'credentials');
      case 'never':
        return undefined;
    }
  }

  /** A random pause, paid from the budget. One that would pass the deadline is not begun. */
  #pause(
    error: AnyTcccError,
    { retries, remainingMs, policy = this.#policy }: RetryProgress,
    correction?: Correction,
  ): RetryPlan | undefined {
    // A service that refuses is well; one that failed at a request is not.
    const isRefusal = error.kind === 'service' && error.outcome === 'not-executed';
    const drawnMs = backoffMs(policy, retries, this.#random);
    const waitMs = Math.max(drawnMs, askedFor(error));
    const budget = isRefusal ? this.#refusals : this.#failures;
    // All that is on its way when a key is rotated comes back once. How often others are fetched is bounded by their cache.
    const isFree = correction === 'credentials';
    if (waitMs >= remainingMs || !(isFree || budget.spend())) return undefined;
    return correction === undefined ? { waitMs } : { waitMs, correction };
  }
}

/** Whether a request that may have been executed can be sent again without harm. Any other may ring a phone twice. */
function isRepeatable(idempotency: Idempotency): boolean {
  return idempotency !== 'none';
}

/** How long a gateway asked to be left alone, in milliseconds. */
function askedFor(error: AnyTcccError): number {
  return error.kind === 'response' ? (error.retryAfterMs ?? 0) : 0;
}
