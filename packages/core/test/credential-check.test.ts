import { describe, expect, test } from 'vitest';
import { checkCredentials } from '../src/credentials/check.js';
import { CredentialsError } from '../src/errors/errors.js';

describe('checkCredentials', () => {
  const good = { secretId: 'AKIDx', secretKey: 'k' };
  test.each([
    [undefined, /secretId is missing/],
    [{ ...good, secretId: 7 }, /secretId is missing or not a text/],
    [{ ...good, secretKey: '  ' }, /secretKey is blank/],
    [{ ...good, secretKey: 'canary-7\n' }, /secretKey begins or ends with white space/],
    [{ ...good, token: 'a b' }, /token holds white space/],
    [{ ...good, secretId: 'clé' }, /outside ASCII/],
    [{ ...good, expiresAtMs: Number.NaN }, /expiresAtMs must be a number/],
    [{ ...good, account: '' }, /account must be/],
  ])('%j', (given, message) => {
    const check = () => checkCredentials(given);
    expect(check).toThrow(CredentialsError);
    expect(check).toThrow(message);
    expect(check).not.toThrow(/canary-7/);
  });

  test('takes a copy that nobody can change', () => {
    const given = { ...good, token: 't', expiresAtMs: 5, account: 'a' };
    const copy = checkCredentials(given);
    given.secretKey = 'other';
    expect(copy).toEqual({ ...good, token: 't', expiresAtMs: 5, account: 'a' });
    expect(Object.isFrozen(copy)).toBe(true);
  });
});
