import type { Idempotency } from '../action.js';
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

/** Whether a failed attempt is followed by another one: first by what it may have done, then by what would help. */
export function decideRetry(
  error: AnyTcccError,
  { idempotency, retries, corrections }: RetryProgress,
  { maxAttempts, onUnknown }: RetryPolicy,
): Decision | undefined {
  if (retries + 1 >= maxAttempts) return undefined;

  // Whatever else can go wrong would go wrong again.
  if (!RETRIED_KINDS.has(error.kind)) return undefined;

  // It is done.
  if (error.outcome === 'executed') return undefined;

  // It may be done, and doing it twice may ring a phone twice.
  if (error.outcome === 'unknown' && idempotency === 'none')
    return onUnknown === 'risk-duplicates' ? 'wait' : undefined;

  switch (error.retry) {
    case 'after-backoff':
      return 'wait';
    case 'after-clock-correction':
      // A clock that was put right and is still refused will not be put right by another try.
      return corrections.includes('clock') ? undefined : 'clock';
    case 'after-credential-refresh':
      // Again if need be: keys can be rotated twice while a call is on its way. The cache says whether there are others.
      return 'credentials';
    case 'never':
      return undefined;
  }
}
