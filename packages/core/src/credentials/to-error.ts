import type { CredentialsError } from '../errors/errors.js';
import { isTcccError } from '../errors/guards.js';
import { safeCause } from '../errors/safe-cause.js';
import { credentialsError } from './errors.js';

/**
 * Keeps an error about credentials as it is. An error of another kind, such as that of a call that a function made, says
 * nothing true about this call, so it becomes a cause.
 */
export function toCredentialsError(thrown: unknown): CredentialsError {
  if (isTcccError(thrown) && thrown.kind === 'credentials') return thrown;
  const message = 'The credentials could not be fetched; see the cause.';
  return credentialsError('CredentialsUnavailable', message, { cause: safeCause(thrown) });
}
