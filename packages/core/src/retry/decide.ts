import type { Idempotency } from '../action.js';
import type { NoRetryReason } from '../diagnostics.js';
import type { TcccErrorKind } from '../errors/base.js';
import type { AnyTcccError } from '../errors/errors.js';
import type { RetryPolicy } from './policy.js';

/** What can be put right before another attempt. */
export type Correction = 'clock' | 'credentials';

/** How far a call has come. */
export interface RetryProgress {
  /** What its action allows. */
  readonly idempotency: Idempotency;
  /** Retries so far. */
  readonly retries: number;
  /** Corrections made so far. */
  readonly corrections: readonly Correction[];
  /** In place of the client's. */
  readonly policy?: RetryPolicy | undefined;
}

/** What has to be done before another attempt: put something right, or only wait. */
export type Decision = Correction | 'wait';

/** Kinds of errors after which another attempt could end differently. */
const RETRIED_KINDS: ReadonlySet<TcccErrorKind> = new Set([
  'credentials',
  'transport',
  'response',
  'service',
]);

/**
 * Whether a failed attempt is followed by another one: first by what it may have done, then by what would help. If not, why
 * not.
 */
export function decideRetry(
  error: AnyTcccError,
  { idempotency, retries, corrections }: RetryProgress,
  { maxAttempts, onUnknown }: RetryPolicy,
): Decision | NoRetryReason {
  // It is done.
  if (error.outcome === 'executed') return 'executed';

  // It may be done, and doing it twice may ring a phone twice.
  const isRisky = error.outcome === 'unknown' && idempotency === 'none';
  if (isRisky && onUnknown !== 'risk-duplicates') return 'outcome-unknown';

  // Whatever else can go wrong would go wrong again.
  if (!RETRIED_KINDS.has(error.kind)) return 'would-not-help';
  const retry = isRisky ? 'after-backoff' : error.retry;
  if (retry === 'never') return 'would-not-help';

  if (retries + 1 >= maxAttempts) return 'attempts-used';

  switch (retry) {
    case 'after-backoff':
      return 'wait';
    case 'after-clock-correction':
      // A clock that was put right and is still refused will not be put right by another try.
      return corrections.includes('clock') ? 'not-corrected' : 'clock';
    case 'after-credential-refresh':
      // Again if need be: keys can be rotated twice while a call is on its way. The cache says whether there are others.
      return 'credentials';
  }
}
