import { setTimeout as sleep } from 'node:timers/promises';
import { createMock } from '@tccc/mocks';
import type { Cancellation, PacingRequest } from '@tccc/outbound';
import { OutboundClient, isTcccError } from '@tccc/outbound';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RedisClient } from '../src/redis.js';
import { RedisPacer } from '../src/redis.js';
import { windowScript } from '../src/redis/window-script.js';
import type { TestServer } from './servers.js';
import { hasServers, startRedis } from './servers.js';
import { atEnd } from './support.js';

const never: Cancellation = { signal: new AbortController().signal, onCancel: () => () => {} };

let keys = 0;

/** A request under a key of its own. */
function request(own: Partial<PacingRequest> = {}): PacingRequest {
  return {
    ...{ key: `key ${keys++}`, mode: 'response', limit: 5, windowMs: 200 },
    ...{ maxQueue: 1_000, remainingMs: Infinity, cancellation: never },
    ...own,
  };
}

/** Takes a slot for a request that is answered at once. */
async function take(pacer: RedisPacer, own: PacingRequest): Promise<void> {
  const slot = await pacer.acquire(own);
  slot.release('answered');
}

/** The most moments that lie within less than a window. */
function worst(moments: readonly number[], windowMs: number): number {
  return Math.max(
    ...moments.map((from) => moments.filter((at) => at >= from && at < from + windowMs).length),
  );
}

describe.skipIf(!hasServers('redis-server'))('a limit that a fleet shares by Redis', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  async function connect() {
    const client = createClient({ url: server.url, socket: { reconnectStrategy: () => 20 } });
    client.on('error', () => {});
    await client.connect();
    atEnd(async () => client.destroy());
    return client;
  }

  test('no window holds more than the limit, whoever asks, at the full rate', async () => {
    const pacers: RedisPacer[] = [];
    for (let process = 0; process < 3; process++)
      pacers.push(new RedisPacer({ client: await connect(), guardMs: 20 }));
    const { key } = request();
    const granted: number[] = [];
    const from = performance.now();
    await Promise.all(
      Array.from({ length: 45 }, async (_, index) => {
        await take(pacers[index % 3]!, request({ key }));
        granted.push(performance.now());
      }),
    );
    // Each is told a little after it was granted, which the guard is for.
    expect(worst(granted, 200)).toBe(5);
    // One window before the first, for nobody knows what was before; then 8 between the first five and the last.
    expect(performance.now() - from).toBeLessThan(9 * 220 * 1.15);
  });

  test('keys do not meet, and calls of one process are served in their order', async () => {
    const pacer = new RedisPacer({ client: await connect(), guardMs: 0 });
    const [one, other] = [request(), request()];
    const order: string[] = [];
    const ask = async (name: string, { key }: PacingRequest) => {
      await take(pacer, request({ key }));
      order.push(name);
    };
    const from = performance.now();
    await Promise.all([
      ...Array.from({ length: 10 }, (_, index) => ask(`${index}`, one)),
      ...Array.from({ length: 5 }, () => ask('other', other)),
    ]);
    expect(order.filter((name) => name !== 'other')).toEqual([...'0123456789']);
    expect(performance.now() - from).toBeLessThan(550);
  });

  test('a Redis that has lost what it knew lets a whole window pass', async () => {
    const client = await connect();
    const pacer = new RedisPacer({ client, guardMs: 0 });
    const { key } = request();
    const own = request({ key, limit: 2, windowMs: 300 });
    await Promise.all([take(pacer, own), take(pacer, own)]);
    const from = performance.now();
    await server.kill();
    await server.start();
    await take(pacer, own);
    expect(performance.now() - from).toBeGreaterThan(300);
  });

  test('so does one that has what it knew from another server, or of the future', async () => {
    const client = await connect();
    const ask = (key: string) =>
      client.eval(windowScript(60_000), { keys: [key], arguments: ['1', '60', '2', '60'] });
    await client.zAdd('of-another', [{ score: 0, value: 'run of another server' }]);
    expect(await ask('of-another')).toEqual([3, expect.any(Number), expect.any(Number)]);
    await client.zAdd('of-the-future', [{ score: (Date.now() + 3_600_000) * 1_000, value: 'x' }]);
    const [taken, waitMs] = (await ask('of-the-future')) as number[];
    expect([taken, waitMs! <= 60_000]).toEqual([3, true]);
  });

  test('while Redis is away nobody gets a slot; a short while is waited for', async () => {
    const client = await connect();
    const [patient, impatient] = [10_000, 200].map((patienceMs) => new RedisPacer({ client, patienceMs }));
    await server.kill();
    await expect(impatient!.acquire(request())).rejects.toThrow(/Redis/);
    const waiting = patient!.acquire(request());
    const soon = sleep(300, 'still waiting');
    expect(await Promise.race([waiting, soon])).toBe('still waiting');
    await server.start();
    await waiting;
  });

  test('who waits too long, or behind too many, is refused; who leaves makes room', async () => {
    const pacer = new RedisPacer({ client: await connect(), guardMs: 0 });
    const own = request({ limit: 1, windowMs: 500 });
    const first = take(pacer, own);
    await expect(pacer.acquire({ ...own, remainingMs: 100 })).rejects.toMatchObject({ reason: 'too-late' });
    const leaving = new AbortController();
    const cancellation: Cancellation = {
      signal: leaving.signal,
      onCancel: (listener) => {
        leaving.signal.addEventListener('abort', listener);
        return () => leaving.signal.removeEventListener('abort', listener);
      },
    };
    const left = pacer.acquire({ ...own, cancellation });
    expect(() => pacer.acquire({ ...own, maxQueue: 1 })).toThrow(/1 calls are waiting/);
    leaving.abort();
    await expect(left).rejects.toMatchObject({ reason: 'too-late' });
    await first;
    await take(pacer, { ...own, maxQueue: 0 });
  });

  test('a slot that comes late is not used: another could be given before its request arrives', async () => {
    const client = await connect();
    let delayMs = 110;
    const slow: RedisClient = {
      eval: async (...args) => {
        const answer = await client.eval(...args);
        await sleep(delayMs);
        return answer;
      },
    };
    const pacer = new RedisPacer({ client: slow, patienceMs: 0 });
    await expect(pacer.acquire(request({ limit: 20 }))).rejects.toThrow(/half of the window/);
    delayMs = 1;
    await pacer.acquire(request());
  });

  test('a slot whose response comes after the guard is held from the response on', async () => {
    const pacer = new RedisPacer({ client: await connect(), guardMs: 40 });
    const own = request({ limit: 2, windowMs: 400 });
    const [slow, quick] = await Promise.all([pacer.acquire(own), pacer.acquire(own)]);
    const grantedAt = performance.now();
    quick.release('answered');
    // Longer than the window itself: whoever waits for a response says so in between.
    await sleep(900);
    slow.release('answered');
    const answeredAt = performance.now();
    await take(pacer, own);
    expect(performance.now() - grantedAt).toBeLessThan(1_100);
    await take(pacer, own);
    expect(performance.now() - answeredAt).toBeGreaterThan(440);
  });

  test('a slot whose request was abandoned is held longer', async () => {
    const pacer = new RedisPacer({ client: await connect(), guardMs: 0 });
    const own = request({ limit: 1, windowMs: 200 });
    const slot = await pacer.acquire(own);
    slot.release('abandoned');
    const next = pacer.acquire(own);
    expect(await Promise.race([next, sleep(900, 'not yet')])).toBe('not yet');
  });

  test('a slot is kept for what is sent next, and not for longer than half a window', async () => {
    const pacer = new RedisPacer({ client: await connect(), guardMs: 0 });
    const own = request({ key: `origin Act account${keys++}`, limit: 1, windowMs: 400 });
    // Nobody has asked for this action yet.
    await pacer.reserve('Act', never.signal);
    await take(pacer, own);
    await pacer.reserve('Act', never.signal);
    const from = performance.now();
    await take(pacer, own);
    expect(performance.now() - from).toBeLessThan(20);
    await pacer.reserve('Act', never.signal);
    await sleep(210);
    await take(pacer, own);
    expect(performance.now() - from).toBeGreaterThan(780);
  });

  test('a request goes before slots that are to be kept for requests that are not made yet', async () => {
    const pacer = new RedisPacer({ client: await connect(), guardMs: 0 });
    const own = request({ key: `origin Act account${keys++}`, limit: 1, windowMs: 300 });
    await take(pacer, own);
    const order: string[] = [];
    const keep = async (name: string) => {
      await pacer.reserve('Act', never.signal);
      order.push(name);
    };
    const ask = async (name: string) => {
      await take(pacer, own);
      order.push(name);
    };
    const [kept, asked] = [
      Promise.all([keep('kept'), keep('kept too')]),
      Promise.all([ask('first'), ask('second')]),
    ];
    await Promise.all([kept, asked]);
    expect(order).toEqual(['first', 'second', 'kept', 'kept too']);
  });

  test('a client fails as not executed if there is no Redis, and sends nothing', async () => {
    const client = createClient({ url: 'redis://127.0.0.1:1' });
    const pacer = new RedisPacer({ client, patienceMs: 0 });
    const { engine, clientOptions } = createMock();
    const outbound = new OutboundClient({ ...clientOptions, pacing: { pacer } });
    atEnd(() => outbound.close());
    const failing = outbound.createAutoCalloutTask({
      ...{ SdkAppId: 1, NotBefore: 1, Callees: ['008613800000000'], Callers: ['1'], IvrId: 1 },
    });
    const error: unknown = await failing.catch((thrown: unknown) => thrown);
    expect(isTcccError(error) && [error.code, error.outcome]).toEqual(['PacerFailed', 'not-executed']);
    expect(engine.journal.entries).toEqual([]);
  });

  test('wrong options are refused', () => {
    const client: RedisClient = { eval: async () => [] };
    expect(() => new RedisPacer({ client, guardMs: -1 })).toThrow(/guardMs/);
    expect(() => new RedisPacer({ client, patienceMs: NaN })).toThrow(/patienceMs/);
  });
});
