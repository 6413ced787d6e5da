import type { NoRetryReason } from '../diagnostics.js';
import type { AnyTcccError } from '../errors/errors.js';
import { RetryBudget } from './budget.js';
import type { Correction, RetryProgress } from './decide.js';
import { decideRetry } from './decide.js';
import type { RetryPolicy } from './policy.js';
import { backoffMs } from './policy.js';

/** What to do before another attempt. */
export interface RetryPlan {
  /** How long to wait, in milliseconds. */
  readonly waitMs: number;
  /** What to put right; the retry is worthwhile only if that succeeds. */
  readonly correction: Correction | undefined;
}

/** How many retries may follow failures without any success: what an outage costs the service in addition to its calls. */
const FAILURES = 10;

/**
 * The same for refusals that only waiting or a correction can cure. They prove that the service is well, so there may be
 * more of them: more than a cold start meets.
 */
const REFUSALS = 30;

/** Plans retries: the decision, how long to wait, and whether the budget and the deadline allow it. */
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

  /** What to do before another attempt, paid from the budget; or why there must not be one. */
  plan(error: AnyTcccError, progress: RetryProgress, remainingMs: number): RetryPlan | NoRetryReason {
    const { policy = this.#policy, retries } = progress;
    const decision = decideRetry(error, progress, policy);
    if (decision !== 'wait' && decision !== 'clock' && decision !== 'credentials') return decision;
    const waitMs = Math.max(backoffMs(policy, retries, this.#random), askedFor(error));
    // A pause that would pass the deadline is not begun.
    if (waitMs >= remainingMs || !this.#pay(error, decision === 'credentials')) return 'budget-or-deadline';
    return { waitMs, correction: decision === 'wait' ? undefined : decision };
  }

  /** All that is on its way when a key is rotated comes back once, so it is free; the cache bounds how often keys are fetched. */
  #pay(error: AnyTcccError, isFree: boolean): boolean {
    if (isFree) return true;
    // A service that refuses is well; one that failed at a request is not.
    const isRefusal = error.kind === 'service' && error.outcome === 'not-executed';
    return (isRefusal ? this.#refusals : this.#failures).spend();
  }
}

/** How long a gateway asked to be left alone, in milliseconds. */
function askedFor(error: AnyTcccError): number {
  return error.kind === 'response' ? (error.retryAfterMs ?? 0) : 0;
}
