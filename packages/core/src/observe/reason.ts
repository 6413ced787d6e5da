import type { History } from '../call/attempt.js';
import type { NoRetryReason } from '../diagnostics.js';
import type { AnyTcccError } from '../errors/errors.js';
import type { RetryPolicy } from '../retry/policy.js';
import { RETRIED_KINDS } from '../retry/retrier.js';

/** Why a failed attempt is not followed by another one, in the order in which it is decided. */
export function whyNot(error: AnyTcccError, { call, retries }: History, policy: RetryPolicy): NoRetryReason {
  const { outcome, retry } = error;
  if (call.scope.cancelReason !== undefined) return 'call-ended';
  if (outcome === 'executed') return 'executed';
  const isRepeatable = call.definition.idempotency !== 'none' || policy.onUnknown === 'risk-duplicates';
  if (outcome === 'unknown' && !isRepeatable) return 'outcome-unknown';
  if (retry === 'never' || !RETRIED_KINDS.has(error.kind)) return 'would-not-help';
  if (retries + 1 >= policy.maxAttempts) return 'attempts-used';
  return retry === 'after-backoff' ? 'budget-or-deadline' : 'not-corrected';
}
