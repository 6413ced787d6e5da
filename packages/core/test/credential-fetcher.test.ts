import { describe, expect, test } from 'vitest';
import { CredentialCache } from '../src/credentials/cache.js';
import type { Credentials } from '../src/credentials/types.js';
import { FakeClock, settle } from './support/fake-clock.js';

describe('a function that hangs', () => {
  /** A function whose calls end when the test says so, and which does not mind its signal. */
  function setUpHanging() {
    const clock = new FakeClock();
    const calls: { signal: AbortSignal; end: (credentials: Credentials) => void }[] = [];
    const cache = new CredentialCache(({ signal }) => {
      return new Promise((end) => calls.push({ signal, end }));
    }, clock);
    const get = () => Promise.resolve(cache.get()).catch((error: unknown) => error);
    return { clock, cache, calls, get };
  }

  test('is given up, but not called again for a minute', async () => {
    const { clock, calls, get } = setUpHanging();
    const first = get();
    await clock.advance(30_000);
    const late = { code: 'CredentialsUnavailable', retry: 'after-backoff' };
    expect(await first).toMatchObject(late);
    expect(calls[0]!.signal.aborted).toBe(true);
    await clock.advance(100);
    const second = get();
    await clock.advance(29_899);
    expect(calls).toHaveLength(1);
    await clock.advance(1);
    expect(await second, 'a wait for it is bounded, too').toMatchObject(late);
    await clock.advance(10_000);
    const third = get();
    expect(calls, 'then it is taken for lost').toHaveLength(2);
    calls[1]!.end({ secretId: 'second', secretKey: 'k' });
    expect(await third).toMatchObject({ secretId: 'second' });
    calls[0]!.end({ secretId: 'first', secretKey: 'k' });
    await settle();
    expect(await get(), 'what comes from the lost one is old').toMatchObject({ secretId: 'second' });
    expect(clock.timers).toBe(0);
  });

  test('helps the next call if it ends after all', async () => {
    const { clock, calls, get } = setUpHanging();
    const first = get();
    await clock.advance(30_100);
    await first;
    const second = get();
    calls[0]!.end({ secretId: 'late', secretKey: 'k' });
    expect(await second).toMatchObject({ secretId: 'late' });
    expect(calls).toHaveLength(1);
  });

  test('helps although nobody waits for it any more', async () => {
    const { clock, cache, calls, get } = setUpHanging();
    const first = get();
    await clock.advance(30_000);
    await first;
    calls[0]!.end({ secretId: 'late', secretKey: 'k' });
    await settle();
    expect(cache.get()).toMatchObject({ secretId: 'late' });
  });

  test('is called again at once if it obeys the signal', async () => {
    const clock = new FakeClock();
    let calls = 0;
    const cache = new CredentialCache(({ signal }) => {
      if (++calls > 1) return { secretId: 'a', secretKey: 'b' };
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
    }, clock);
    const first = Promise.resolve(cache.get()).catch((error: unknown) => error);
    await clock.advance(30_100);
    expect(await first).toMatchObject({ code: 'CredentialsUnavailable' });
    expect(await cache.get()).toMatchObject({ secretId: 'a' });
  });

  test('is given up when the client closes, and nothing is fetched after that', async () => {
    const { clock, cache, calls, get } = setUpHanging();
    const first = get();
    cache.close();
    expect(await first).toMatchObject({
      code: 'CredentialsUnavailable',
      message: 'The client was closed.',
    });
    expect(calls[0]!.signal.aborted).toBe(true);
    expect(clock.timers).toBe(0);
    await clock.advance(120_000);
    await get();
    expect(calls).toHaveLength(1);
  });
});
