import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { CredentialCache } from '../src/credentials/cache.js';
import type { Credentials } from '../src/credentials/types.js';
import { TransportError } from '../src/errors/errors.js';
import { FakeClock, settle } from './support/fake-clock.js';

const MINUTE = 60_000;

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
    await clock.advance(10_000);
    expect(await cache.get(), 'a failure is not remembered for long').toHaveProperty('secretId');
  });

  test('fetches ever more rarely while fetches fail, and says that waiting helps', async () => {
    const { clock, cache, count, fail } = setUp();
    fail(true);
    const errors = new Set<unknown>();
    for (let call = 0; call < 2_000; call++) {
      errors.add(await Promise.resolve(cache.get()).catch((thrown: { retry: string }) => thrown.retry));
      await clock.advance(1);
    }
    expect(errors).toEqual(new Set(['after-backoff']));
    expect(count(), 'after 0, 100, 300, 700 and 1,500 ms').toBe(5);
    await clock.advance(120_000);
    const before = count();
    for (let call = 0; call < 120; call++) {
      await Promise.resolve(cache.get()).catch(() => {});
      await clock.advance(500);
    }
    expect(count() - before, 'at most 10 s apart').toBeGreaterThanOrEqual(6);
    fail(false);
    await clock.advance(10_000);
    await cache.get();
    fail(true);
    await clock.advance(60 * MINUTE);
    const renewed = count();
    await Promise.resolve(cache.get()).catch(() => {});
    await clock.advance(100);
    await Promise.resolve(cache.get()).catch(() => {});
    expect(count() - renewed, 'a success ends the pauses').toBe(2);
  });

  test('renews ever more rarely while renewals fail, with the old ones at hand', async () => {
    const { clock, cache, count, fail } = setUp();
    await cache.get();
    fail(true);
    await clock.advance(56 * MINUTE);
    for (let call = 0; call < 2_000; call++) {
      expect(cache.get()).toMatchObject({ secretId: 'id1' });
      await clock.advance(1);
    }
    expect(count() - 1).toBe(5);
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

  test('stops replacing if replacements are refused, too', async () => {
    const { clock, cache, count } = setUp();
    const first = await cache.get();
    expect(await cache.replace(first)).toBe(true);
    const second = await cache.get();
    expect(await cache.replace(second), 'the fault is not theirs').toBe(false);
    expect(cache.get(), 'not at once').toBe(second);
    await clock.advance(100);
    const third = await cache.get();
    expect([second.secretId, third.secretId, count()]).toEqual(['id2', 'id3', 3]);
    cache.confirm(third);
    expect(await cache.replace(third)).toBe(true);
    cache.confirm(await cache.get());
    expect(await cache.replace(await cache.get()), 'accepted ones may expire again').toBe(true);
  });

  test('believes an expiry in the near future', async () => {
    const clock = new FakeClock();
    let fetches = 0;
    const cache = new CredentialCache(async () => {
      return { secretId: `id${++fetches}`, secretKey: 'k', expiresAtMs: clock.now() + 2_000 };
    }, clock);
    for (let call = 0; call < 20; call++) {
      const { expiresAtMs } = await cache.get();
      expect(expiresAtMs).toBeGreaterThan(clock.now());
      await clock.advance(500);
    }
    expect(fetches).toBeGreaterThanOrEqual(5);
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

  test('passes its clock on', async () => {
    const clock = new FakeClock();
    const fetch = vi.fn(() => ({ secretId: 'a', secretKey: 'b' }));
    await new CredentialCache(fetch, clock).get();
    expect(fetch).toHaveBeenCalledWith({ signal: expect.any(AbortSignal) as unknown, clock });
  });

  test('gives what a function returns without a promise at once', () => {
    const fixed = { secretId: 'a', secretKey: 'b' };
    expect(new CredentialCache(() => fixed, new FakeClock()).get()).toEqual(fixed);
    expect(new CredentialCache(() => fixed, new FakeClock()).account()).toBe('a');
  });

  describe('the account', () => {
    test('is fetched if nothing ever was, and is then known, whatever becomes of the credentials', async () => {
      const clock = new FakeClock();
      let fetches = 0;
      const role = { secretKey: 'k', token: 't', account: 'role' };
      const cache = new CredentialCache(async () => {
        if (++fetches > 1) throw new Error('away');
        return { ...role, secretId: `id${fetches}`, expiresAtMs: clock.now() + 60 * MINUTE };
      }, clock);
      const first = cache.account();
      expect(first).toBeInstanceOf(Promise);
      expect(await first).toBe('role');
      await clock.advance(120 * MINUTE);
      expect(cache.account(), 'expired').toBe('role');
      expect(fetches).toBe(1);
      await Promise.resolve(cache.get()).catch(() => {});
      expect(cache.account(), 'not to be renewed').toBe('role');
    });

    test('is the secretId if it has no name, also after that was refused', async () => {
      const { cache, fail } = setUp();
      const refused = await cache.get();
      fail(true);
      await cache.replace(refused).catch(() => {});
      expect(cache.account()).toBe('id1');
    });

    test('fails as the fetch does', async () => {
      const { cache, fail } = setUp();
      fail(true);
      await expect(cache.account()).rejects.toMatchObject({ code: 'CredentialsUnavailable' });
      await expect(cache.account(), 'during the pause').rejects.toMatchObject({
        code: 'CredentialsUnavailable',
      });
    });
  });

  test('fetches keys that were rotated after they were refused, and not for each refusal', async () => {
    const clock = new FakeClock();
    let secretKey = 'old';
    let fetches = 0;
    const cache = new CredentialCache(async () => ({ secretId: `a${++fetches > 0}`, secretKey }), clock);
    const old = await cache.get();
    for (let call = 0; call < 2_000; call++) {
      const used = await cache.get();
      expect(used).toEqual(old);
      expect(await cache.replace(used), 'the same ones need not be tried').toBe(false);
      await clock.advance(1);
    }
    expect(fetches - 1, 'ever more rarely').toBeLessThanOrEqual(6);
    secretKey = 'new';
    await clock.advance(10_000);
    await cache.replace(await cache.get());
    expect(await cache.get()).toMatchObject({ secretKey: 'new' });
  });

  test('a rotation is noticed at the first refusal after one that was in vain', async () => {
    const clock = new FakeClock();
    let secretKey = 'old';
    const cache = new CredentialCache(async () => ({ secretId: 'a', secretKey }), clock);
    const old = await cache.get();
    expect(await Promise.all([cache.replace(old), cache.replace(old)])).toEqual([false, false]);
    secretKey = 'new';
    await clock.advance(100);
    expect(await cache.replace(await cache.get())).toBe(true);
    expect(cache.get()).toMatchObject({ secretKey: 'new' });
  });

  test('a rotation is noticed at the first refusal', async () => {
    let secretKey = 'old';
    const cache = new CredentialCache(async () => ({ secretId: 'a', secretKey }), new FakeClock());
    const old = await cache.get();
    secretKey = 'new';
    expect(await Promise.all([cache.replace(old), cache.replace(old)])).toEqual([true, true]);
    expect(cache.get()).toMatchObject({ secretKey: 'new' });
  });

  test('refuses what a function returns if it is unusable', async () => {
    const cache = new CredentialCache(() => ({ secretId: ' a', secretKey: 'b' }), new FakeClock());
    await expect(cache.get()).rejects.toMatchObject({ code: 'CredentialsInvalid' });
  });
});
