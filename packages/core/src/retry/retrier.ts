import type { AnyTcccError } from '../errors/errors.js';
import { RetryBudget } from './budget.js';
import type { RetryPolicy } from './policy.js';
import { backoffMs } from './policy.js';

/** What can be put right before another attempt. */
export type Correction = 'clock' | 'credentials';

/** How far a call has come. */
export interface RetryProgress {
  /** Attempts made. */
  readonly attempts: number;
  /** Retries that the budget was charged for. */
  readonly retries: number;
  /** Corrections made; each is made once per call. */
  readonly corrections: ReadonlySet<Correction>;
  /** Milliseconds until the deadline. */
  readonly remainingMs: number;
}

/** What to do before another attempt. */
export interface RetryPlan {
  /** How long to wait, in milliseconds. */
  readonly waitMs: number;
  /** What to put right; the retry is worthwhile only if that succeeds. */
  readonly correction?: Correction;
}

/** Decides whether a failed attempt is followed by another one. */
export class Retrier {
  readonly #policy: RetryPolicy;
  readonly #random: () => number;
  readonly #budget = new RetryBudget();

  constructor(policy: RetryPolicy, random: () => number) {
    this.#policy = policy;
    this.#random = random;
  }

  /** A call succeeded after this many retries. */
  succeeded(retries: number): void {
    this.#budget.refund(retries);
  }

  /** What to do before another attempt; undefined if there must not be one. By the outcome first, then by what would help. */
  plan(error: AnyTcccError, progress: RetryProgress): RetryPlan | undefined {
    if (progress.attempts === 0 || progress.attempts >= this.#policy.maxAttempts) return undefined;
    if (!this.#isAllowed(error)) return undefined;
    if (error.outcome === 'unknown') return this.#backOff(progress);
    switch (error.retry) {
      case 'after-backoff':
        return this.#backOff(progress);
      case 'after-clock-correction':
        return correctOnce('clock', progress);
      case 'after-credential-refresh':
        return correctOnce('credentials', progress);
      case 'never':
        return undefined;
    }
  }

  /** What may have been executed is repeated only if the caller accepts duplicates. */
  #isAllowed(error: AnyTcccError): boolean {
    if (error.outcome === 'not-executed') return true;
    return error.outcome === 'unknown' && this.#policy.onUnknown === 'risk-duplicates' && isOfNetwork(error);
  }

  /** A wait that would pass the deadline is not begun. */
  #backOff({ retries, remainingMs }: RetryProgress): RetryPlan | undefined {
    const waitMs = backoffMs(this.#policy, retries, this.#random);
    return waitMs < remainingMs && this.#budget.spend() ? { waitMs } : undefined;
  }
}

function correctOnce(correction: Correction, { corrections }: RetryProgress): RetryPlan | undefined {
  return corrections.has(correction) ? undefined : { waitMs: 0, correction };
}

/** Whether another attempt could end differently at all. */
function isOfNetwork(error: AnyTcccError): boolean {
  return error.kind === 'transport' || error.kind === 'response' || error.kind === 'service';
}
