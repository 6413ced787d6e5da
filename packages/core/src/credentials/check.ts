import { CredentialsError } from '../errors/errors.js';
import type { Credentials } from './types.js';

/** What a header can carry, without spaces. */
const PRINTABLE = /^[\x21-\x7e]+$/;

/**
 * Copies and checks credentials, so that nobody can change them between the check and their use. A blank or padded
 * value would otherwise come back from the service as a puzzling signature failure.
 *
 * @throws CredentialsError with code `CredentialsInvalid`
 */
export function checkCredentials(given: unknown): Credentials {
  const { secretId, secretKey, token, expiresAtMs, account } = (given ?? {}) as Partial<Credentials>;
  checkText('secretId', secretId);
  checkText('secretKey', secretKey);
  if (token !== undefined) checkText('token', token);
  if (expiresAtMs !== undefined && !Number.isFinite(expiresAtMs)) {
    throw invalid(
      'expiresAtMs must be a number: milliseconds since the Unix epoch. Leave it out for permanent keys.',
    );
  }
  if (account !== undefined && (typeof account !== 'string' || account === '')) {
    throw invalid('account must be a text that is not empty. Leave it out to use the secretId.');
  }
  return Object.freeze({
    secretId: secretId!,
    secretKey: secretKey!,
    ...(token === undefined ? {} : { token }),
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    ...(account === undefined ? {} : { account }),
  });
}

function checkText(name: string, value: unknown): void {
  if (typeof value !== 'string') throw invalid(`${name} is missing or not a text.`);
  if (value.trim() === '') throw invalid(`${name} is blank.`);
  if (value.trim() !== value) throw invalid(`${name} begins or ends with white space; remove it.`);
  if (!PRINTABLE.test(value)) throw invalid(`${name} holds white space or a character outside ASCII.`);
}

function invalid(message: string): CredentialsError {
  return new CredentialsError({
    code: 'CredentialsInvalid',
    outcome: 'not-executed',
    message: `Unusable credentials: ${message}`,
  });
}
