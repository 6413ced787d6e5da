import type { ErrorFact, Idempotency } from '../action.js';
import type { ResponseErrorCode } from '../errors/codes.js';
import type { RetryClass } from '../errors/outcome.js';

/** What would help after a request that may have been executed: calling again, if that does no harm and may end differently. */
export function afterDoubt(idempotency: Idempotency, isPassing = true): RetryClass {
  return isPassing && idempotency !== 'none' ? 'after-backoff' : 'never';
}

/** Whether the response to the next request could be a better one. */
export function isPassingResponse(code: ResponseErrorCode, status = 200): boolean {
  if (code === 'HttpStatus') return status >= 500 || status === 408 || status === 429;
  return code !== 'UnsafeInteger' && code !== 'ResponseTooLarge';
}

/** Whether a failure of the service, or of what is before it, could be over at the next attempt. */
export function isPassingRefusal(fact: ErrorFact | undefined, status: number): boolean {
  return fact === undefined ? status >= 500 : fact.retry === 'after-backoff';
}
