import type { CredentialsErrorCode } from '../errors/codes.js';
import { CredentialsError } from '../errors/errors.js';
import type { RetryClass } from '../errors/outcome.js';

/** More about a failure. */
export interface CredentialsErrorDetails {
  /** Default: `after-backoff` for `CredentialsUnavailable`, `never` for the others. */
  retry?: RetryClass;
  cause?: unknown;
}

/**
 * Every error about credentials is made here. The code says what is wrong, and so what a chain does about it.
 *
 * - `CredentialsNotFound`: there is nothing at this place. The chain asks the next source.
 * - `CredentialsUnavailable`: the place could not be asked, which says nothing about what the user wants. The chain asks
 *   the next source, unless it has used this one before.
 * - `CredentialsInvalid`: there is something at this place, or there should be, and it cannot be used. The chain ends.
 */
export function credentialsError(
  code: CredentialsErrorCode,
  message: string,
  { retry, cause }: CredentialsErrorDetails = {},
): CredentialsError {
  const usual = code === 'CredentialsUnavailable' ? 'after-backoff' : 'never';
  return new CredentialsError({ code, message, cause, retry: retry ?? usual });
}
