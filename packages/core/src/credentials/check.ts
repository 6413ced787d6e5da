import type { CredentialsError } from '../errors/errors.js';
import { credentialsError } from './errors.js';
import { suggestName } from '../errors/suggest.js';
import type { Credentials } from './types.js';

/** What a header can carry, without spaces. */
const PRINTABLE = /^[\x21-\x7e]+$/;

/** What the user knows each text as, such as the name of a variable. */
export type CredentialNames = Readonly<Record<'secretId' | 'secretKey' | 'token', string>>;

const OWN_NAMES: CredentialNames = { secretId: 'secretId', secretKey: 'secretKey', token: 'token' };

const KNOWN: readonly string[] = Object.keys({
  secretId: 0,
  secretKey: 0,
  token: 0,
  expiresAtMs: 0,
  account: 0,
} satisfies Record<keyof Credentials, 0>);

/** What others call the parts of credentials. */
const PEERS: Readonly<Record<string, string>> = {
  accessKeyId: 'secretId',
  accessKeySecret: 'secretKey',
  secretAccessKey: 'secretKey',
  sessionToken: 'token',
  securityToken: 'token',
  expiration: 'expiresAtMs',
  expiredTime: 'expiresAtMs',
  expiresAt: 'expiresAtMs',
};

/** A time before this one, in milliseconds since the Unix epoch, was given in seconds: as such, it is in our days. */
const LEAST_EXPIRY_MS = 100_000_000_000;

/**
 * Copies and checks credentials, so that nobody can change them between the check and their use. A blank or padded
 * value would otherwise come back from the service as a puzzling signature failure.
 *
 * @throws CredentialsError with code `CredentialsInvalid`, which says by `names` what is wrong
 */
export function checkCredentials(given: unknown, names = OWN_NAMES): Credentials {
  checkNames(given);
  const { secretId, secretKey, token, expiresAtMs, account } = (given ?? {}) as Partial<Credentials>;
  checkText(names.secretId, secretId);
  checkText(names.secretKey, secretKey);
  if (token !== undefined) checkText(names.token, token);
  if (expiresAtMs !== undefined) checkExpiry(expiresAtMs);
  if (account !== undefined && (typeof account !== 'string' || account === '')) {
    throw unusable('account must be a non-empty string. Leave it out to use the secretId.');
  }
  return Object.freeze({
    secretId: secretId!,
    secretKey: secretKey!,
    ...(token === undefined ? {} : { token }),
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    ...(account === undefined ? {} : { account }),
  });
}

/** A part whose name is misspelt would be left out without a word: a token, or the time at which it expires. */
function checkNames(given: unknown): void {
  if (typeof given !== 'object' || given === null) return;
  if (typeof (given as { getCredential?: unknown }).getCredential === 'function') {
    throw unusable(
      'this is a source of another SDK. Give a function that asks it: credentials: () => source.getCredential().',
    );
  }
  for (const name of Object.keys(given)) {
    if (KNOWN.includes(name)) continue;
    const meant = PEERS[name] ?? suggestName(name, KNOWN);
    if (meant !== undefined) throw unusable(`there is no ${name}; it is called ${meant} here.`);
  }
}

function checkExpiry(expiresAtMs: unknown): void {
  const expected =
    'expiresAtMs must be a number: milliseconds since the Unix epoch. Leave it out for permanent keys.';
  if (typeof expiresAtMs !== 'number' || !Number.isFinite(expiresAtMs)) throw unusable(expected);
  if (expiresAtMs < LEAST_EXPIRY_MS)
    throw unusable('expiresAtMs looks like seconds. It must be milliseconds: multiply it by 1000.');
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
  if (value === null) return 'is null. Give a string, or leave the token out.';
  if (typeof value !== 'string') return 'is missing or not a string.';
  if (value.trim() === '') return 'is blank.';
  if (value.trim() !== value) return 'begins or ends with white space; remove it.';
  return PRINTABLE.test(value) ? undefined : 'holds white space or a character outside ASCII.';
}

function unusable(message: string): CredentialsError {
  return credentialsError('CredentialsInvalid', `Unusable credentials: ${message}`);
}
