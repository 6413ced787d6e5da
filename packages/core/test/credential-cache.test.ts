import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { CredentialCache } from '../src/credentials/cache.js';
import { checkCredentials } from '../src/credentials/check.js';
import type { Credentials } from '../src/credentials/types.js';
import { CredentialsError, TransportError } from '../src/errors/errors.js';
import { FakeClock, settle } from './support/fake-clock.js';

const MINUTE = 60_000;

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

describe('CredentialCache', () => {
  /** A source that hands out numbered credentials valid for an hour. */
  function setUp() {
    const clock = new FakeClock();
    let fetches = 0;
    let fails = false;
    const fetch = async (): Promise<Credentials> => {
      fetches++;
      await Promise.resolve();
      if (fails) throw new Error('metadata is down, canary-13800138000');
      return { secretId: `id${fetches}`, secretKey: 'k', token: 't', expiresAtMs: clock.now() + 60 * MINUTE };
    };
    const cache = new CredentialCache(fetch, clock);
    return { clock, cache, count: () => fetches, fail: (value: boolean) => (fails = value) };
  }

  test('fetches once for all callers', async () => {
    const { cache, count } = setUp();
    const got = await Promise.all(Array.from({ length: 50 }, async () => cache.get()));
    expect(new Set(got.map(({ secretId }) => secretId))).toEqual(new Set(['id1']));
    expect(cache.get(), 'at once when they are at hand').not.toBeInstanceOf(Promise);
    expect(count()).toBe(1);
  });

  test('renews before expiry without making calls wait', async () => {
    const { clock, cache, count } = setUp();
    await cache.get();
    await clock.advance(56 * MINUTE);
    expect(cache.get()).toMatchObject({ secretId: 'id1' });
    expect(cache.get()).toMatchObject({ secretId: 'id1' });
    await settle();
    expect(cache.get()).toMatchObject({ secretId: 'id2' });
    expect(count()).toBe(2);
  });

  test('goes on with valid ones while renewal fails, and fails only once they have expired', async () => {
    const { clock, cache, fail } = setUp();
    await cache.get();
    fail(true);
    await clock.advance(56 * MINUTE);
    expect(cache.get()).toMatchObject({ secretId: 'id1' });
    await clock.advance(4 * MINUTE);
    const error = await Promise.resolve(cache.get()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'CredentialsUnavailable', outcome: 'not-executed' });
    expect(inspect(error)).not.toContain('13800138000');
    fail(false);
    expect(await cache.get(), 'a failure is not remembered').toHaveProperty('secretId');
  });

  test('replaces refused ones once, and says whether there are others', async () => {
    const { cache, count } = setUp();
    const refused = await cache.get();
    expect(await Promise.all([cache.replace(refused), cache.replace(refused)])).toEqual([true, true]);
    expect(count()).toBe(2);
    const fixed = { secretId: 'a', secretKey: 'b' };
    const fixedCache = new CredentialCache(() => fixed, new FakeClock());
    expect(await fixedCache.replace(await fixedCache.get())).toBe(false);
  });

  test('stops replacing where replacements are refused, too', async () => {
    const { cache, count } = setUp();
    const first = await cache.get();
    expect(await cache.replace(first)).toBe(true);
    const second = await cache.get();
    expect(await cache.replace(second), 'the fault is not theirs').toBe(false);
    const third = await cache.get();
    expect([second.secretId, third.secretId, count()]).toEqual(['id2', 'id3', 3]);
    cache.confirm(third);
    expect(await cache.replace(third)).toBe(true);
    cache.confirm(await cache.get());
    expect(await cache.replace(await cache.get()), 'accepted ones may expire again').toBe(true);
  });

  test('uses fresh ones although a clock that is ahead calls them expired', async () => {
    const clock = new FakeClock();
    let fetches = 0;
    const cache = new CredentialCache(
      () => ({ secretId: `id${++fetches}`, secretKey: 'k', expiresAtMs: clock.now() - 1 }),
      clock,
    );
    for (let call = 0; call < 20; call++) await cache.get();
    expect(fetches).toBe(1);
  });

  test('an error of another call says nothing about this one', async () => {
    const foreign = new TransportError({
      code: 'ConnectionLost',
      outcome: 'unknown',
      action: 'Other',
      message: 'm',
    });
    const cache = new CredentialCache(() => Promise.reject(foreign), new FakeClock());
    await expect(cache.get()).rejects.toMatchObject({
      code: 'CredentialsUnavailable',
      outcome: 'not-executed',
      action: '',
    });
  });

  test('gives up a fetch that hangs, and tries again at the next call', async () => {
    const clock = new FakeClock();
    let hangs = true;
    let aborted = false;
    const cache = new CredentialCache(({ signal }) => {
      signal.addEventListener('abort', () => (aborted = true));
      return hangs ? new Promise(() => {}) : { secretId: 'a', secretKey: 'b' };
    }, clock);
    const first = Promise.resolve(cache.get()).catch((error: unknown) => error);
    await clock.advance(30_000);
    expect(await first).toMatchObject({ code: 'CredentialsUnavailable' });
    expect(aborted).toBe(true);
    hangs = false;
    expect(await cache.get()).toMatchObject({ secretId: 'a' });
    expect(clock.timers).toBe(0);
  });

  test('refuses what a function returns if it is unusable', async () => {
    const cache = new CredentialCache(() => ({ secretId: ' a', secretKey: 'b' }), new FakeClock());
    await expect(cache.get()).rejects.toMatchObject({ code: 'CredentialsInvalid' });
  });
});
