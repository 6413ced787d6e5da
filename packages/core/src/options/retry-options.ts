import { checkKnownOptions, checkOneOf } from '../checks.js';
import type { RetryOptions, RetryPolicy } from '../retry/policy.js';
import { checkLimit } from './limits.js';
import { retryHint } from './peers.js';

const RETRY_NAMES = Object.keys({
  maxAttempts: 0,
  baseMs: 0,
  capMs: 0,
  onUnknown: 0,
} satisfies Record<keyof RetryOptions, 0>);

/**
 * The retries of a client, or of a call, which takes what it leaves out from its client.
 *
 * @throws ConfigurationError that names the option
 */
export function resolveRetry(retry: RetryOptions | undefined, client?: RetryPolicy): RetryPolicy {
  const given = retry ?? {};
  checkKnownOptions(given, RETRY_NAMES, 'retry', retryHint);
  checkOneOf('retry.onUnknown', given.onUnknown, ['never', 'risk-duplicates']);
  return {
    maxAttempts: checkLimit('retry.maxAttempts', given.maxAttempts ?? client?.maxAttempts),
    baseMs: checkLimit('retry.baseMs', given.baseMs ?? client?.baseMs),
    capMs: checkLimit('retry.capMs', given.capMs ?? client?.capMs),
    onUnknown: given.onUnknown ?? client?.onUnknown ?? DEFAULT_ON_UNKNOWN,
  };
}

/** What may have been executed is not repeated unless the caller asks for it. */
const DEFAULT_ON_UNKNOWN = 'never';
