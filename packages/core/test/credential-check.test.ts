import { describe, expect, test } from 'vitest';
import { checkCredentials } from '../src/credentials/check.js';
import { CredentialsError } from '../src/errors/errors.js';

describe('checkCredentials', () => {
  const good = { secretId: 'AKIDx', secretKey: 'k' };
  test.each([
    [undefined, /secretId is missing/],
    [{ ...good, secretId: 7 }, /secretId is missing or not a string/],
    [{ ...good, secretKey: '  ' }, /secretKey is blank/],
    [{ ...good, secretKey: 'canary-7\n' }, /secretKey begins or ends with white space/],
    [{ ...good, token: 'a b' }, /token holds white space/],
    [{ ...good, secretId: 'clé' }, /outside ASCII/],
    [{ ...good, expiresAtMs: Number.NaN }, /expiresAtMs must be a number/],
    [{ ...good, account: '' }, /account must be/],
    [{ ...good, expiresAtMs: new Date() }, /expiresAtMs must be a number/],
    [{ ...good, expiresAtMs: 1_900_000_000 }, /expiresAtMs looks like seconds.*multiply it by 1000/],
    [{ ...good, expiresAtMs: 0 }, /expiresAtMs looks like seconds/],
    [{ ...good, tokn: 'canary-7' }, /there is no tokn; it is called token here/],
    [{ ...good, sessionToken: 'canary-7' }, /there is no sessionToken; it is called token here/],
    [{ accessKeyId: 'canary-7', secretKey: 'k' }, /there is no accessKeyId; it is called secretId here/],
    [{ ...good, token: null }, /token is null/],
    [{ getCredential: () => good }, /a source of another SDK.*credentials: \(\) => source.getCredential\(\)/],
  ])('%j', (given, message) => {
    const check = () => checkCredentials(given);
    expect(check).toThrow(CredentialsError);
    expect(check).toThrow(message);
    expect(check).not.toThrow(/canary-7/);
  });

  test('leaves out what has nothing to do with it', () => {
    expect(checkCredentials({ ...good, region: 'ap-singapore' })).toEqual(good);
  });

  test('takes a copy that nobody can change', () => {
    const given = { ...good, token: 't', expiresAtMs: 1_700_000_000_000, account: 'a' };
    const copy = checkCredentials(given);
    given.secretKey = 'other';
    expect(copy).toEqual({ ...good, token: 't', expiresAtMs: 1_700_000_000_000, account: 'a' });
    expect(Object.isFrozen(copy)).toBe(true);
  });
});
