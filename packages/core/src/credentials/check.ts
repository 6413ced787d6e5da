import type { CredentialsError } from '../errors/errors.js';
import { credentialsError } from './errors.js';
import type { Credentials } from './types.js';

/** What a header can carry, without spaces. */
const PRINTABLE = /^[\x21-\x7e]+$/;

/** What the user knows each text as, such as the name of a variable. */
export type CredentialNames = Readonly<Record<'secretId' | 'secretKey' | 'token', string>>;

const OWN_NAMES: CredentialNames = { secretId: 'secretId', secretKey: 'secretKey', token: 'token' };

/**
 * Copies and checks credentials, so that nobody can change them between the check and their use. A blank or padded
 * value would otherwise come back from the service as a puzzling signature failure.
 *
 * @throws CredentialsError with code `CredentialsInvalid`, which says by `names` what is wrong
 */
export function checkCredentials(given: unknown, names = OWN_NAMES): Credentials {
  const { secretId, secretKey, token, expiresAtMs, account } = (given ?? {}) as Partial<Credentials>;
  checkText(names.secretId, secretId);
  checkText(names.secretKey, secretKey);
  if (token !== undefined) checkText(names.token, token);
  if (expiresAtMs !== undefined && !Number.isFinite(expiresAtMs)) {
    throw unusable(
      'expiresAtMs must be a number: milliseconds since the Unix epoch. Leave it out for permanent keys.',
    );
  }
  if (account !== undefined && (typeof account !== 'string' || account === '')) {
    throw unusable('account must be a text that is not empty. Leave it out to use the secretId.');
  }
  return Object.freeze({
    secretId: secretId!,
    secretKey: secretKey!,
    ...(token === undefined ? {} : { token }),
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    ...(account === undefined ? {} : { account }),
  });
}

/** Whether two pairs are the same to the service. */
export function isSamePair(one: Credentials, other: Credentials): boolean {
  return one.secretId === other.secretId && one.secretKey === other.secretKey && one.token === other.token;
}

function checkText(name: string, value: unknown): void {
  const fault = textFault(value);
  if (fault !== undefined) throw unusable(`${name} ${fault}`);
}

/** What is wrong with a part of credentials, in words that follow its name. */
export function textFault(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'is missing or not a text.';
  if (value.trim() === '') return 'is blank.';
  if (value.trim() !== value) return 'begins or ends with white space; remove it.';
  return PRINTABLE.test(value) ? undefined : 'holds white space or a character outside ASCII.';
}

function unusable(message: string): CredentialsError {
  return credentialsError('CredentialsInvalid', `Unusable credentials: ${message}`);
}
