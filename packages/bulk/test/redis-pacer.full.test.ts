import { setTimeout as sleep } from 'node:timers/promises';
import { createMock } from '@tccc/mocks';
import type { Cancellation, PacingRequest } from '@tccc/outbound';
import { OutboundClient, isTcccError } from '@tccc/outbound';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Clock } from '../src/clock.js';
import { systemClock } from '../src/clock.js';
import type { RedisClient } from '../src/redis.js';
import { RedisPacer } from '../src/redis.js';
import { windowScript } from '../src/redis/window-script.js';
import { request, take } from './redis-support.js';
import type { TestServer } from './servers.js';
import { hasServers, startRedis } from './servers.js';
import { eventually } from '../../core/test/support/wait.js';
import { atEnd } from './support.js';

/** A client, and what Redis said to it, by the clock of Redis, in milliseconds. */
function listening(client: RedisClient) {
  const said = { asked: 0, given: [] as number[], moved: [] as number[], answers: [] as string[], asking: 0 };
  /** When the slot of a name was given, and when each slot was said to be in use last. */
  const givenAt = new Map<number, number>();
  const inUseAt = new Map<number, number>();
  const note = (name: number, given: number) => {
    givenAt.set(name, given);
    inUseAt.set(given, name / 1_000);
  };
  const listener: RedisClient = {
    get isReady() {
      said.asked++;
      return client.isReady === true;
    },
    async eval(script, options) {
      said.asking++;
      const answer = await client.eval(script, options).finally(() => said.asking--);
      const [taken, at] = answer as [number, number];
      const [points, , limit] = options.arguments.map(Number);
      const kind = points! > 1 ? 'moved' : taken > limit! ? 'none' : 'given';
      said.answers.push(kind);
      if (kind === 'none') return answer;
      said[kind].push(at / 1_000);
      note(at, givenAt.get(points!) ?? at / 1_000);
      return answer;
    },
  };
  return { client: listener, said, inUseAt };
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
    const members: ReturnType<typeof listening>[] = [];
    for (let process = 0; process < 3; process++) members.push(listening(await connect()));
    const pacers = members.map(({ client }) => new RedisPacer({ client, guardMs: 20 }));
    const { key } = request();
    await Promise.all(Array.from({ length: 45 }, (_, index) => take(pacers[index % 3]!, request({ key }))));
    const given = members.flatMap(({ said }) => said.given).sort((one, other) => one - other);
    // What is given before the clock of Redis is known is not used.
    expect(given.length).toBeGreaterThanOrEqual(45);
    expect(worst(given, 220)).toBeLessThanOrEqual(5);
    // How long after it was free a slot was given again; a busy machine may be late for most of them.
    const late = given.slice(5).map((at, index) => at - given[index]! - 220);
    expect(Math.min(...late)).toBeLessThan(0.15 * 220);
  });

  test('processes with other guards hold to the longest: nobody gives away what another one may still use', async () => {
    const members = [listening(await connect()), listening(await connect())];
    const [careful, hasty] = members.map(
      ({ client }, index) => new RedisPacer({ client, guardMs: index === 0 ? 300 : 0 }),
    );
    const { key } = request();
    await take(careful!, request({ key }));
    const asked = Array.from({ length: 20 }, (_, index) =>
      take(index % 4 === 0 ? careful! : hasty!, request({ key })),
    );
    await Promise.all(asked);
    const given = members.flatMap(({ said }) => said.given).sort((one, other) => one - other);
    expect(given.length).toBeGreaterThanOrEqual(21);
    expect(worst(given, 500)).toBeLessThanOrEqual(5);
  });

  test('keys do not meet, and calls of one process are served in their order', async () => {
    const pacer = new RedisPacer({ client: await connect(), guardMs: 0 });
    const [one, other] = [request({ windowMs: 1_000 }), request({ windowMs: 1_000 })];
    const order: string[] = [];
    const ask = async (name: string, { key }: PacingRequest) => {
      await take(pacer, request({ key, windowMs: 1_000 }));
      order.push(name);
    };
    await Promise.all([
      ...Array.from({ length: 10 }, (_, index) => ask(`${index}`, one)),
      ...Array.from({ length: 5 }, () => ask('other', other)),
    ]);
    expect(order.filter((name) => name !== 'other')).toEqual([...'0123456789']);
    // One that has slots does not wait for another that has none.
    expect(order.slice(0, 10).filter((name) => name === 'other')).toHaveLength(5);
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
    expect(await ask('of-another')).toEqual([3, ...Array.from({ length: 3 }, () => expect.any(Number))]);
    await client.zAdd('of-the-future', [{ score: (Date.now() + 3_600_000) * 1_000, value: 'x' }]);
    const [taken, waitMs] = (await ask('of-the-future')) as number[];
    expect([taken, waitMs! <= 60_000]).toEqual([3, true]);
  });

  test('while Redis is away nobody gets a slot; a short while is waited for', async () => {
    const client = await connect();
    const { client: listener, said } = listening(client);
    const patient = new RedisPacer({ client: listener, patienceMs: 3_600_000 });
    const impatient = new RedisPacer({ client, patienceMs: 200 });
    await server.kill();
    await expect(impatient.acquire(request())).rejects.toThrow(/Redis/);
    let isGranted = false;
    const waiting = Promise.resolve(patient.acquire(request())).then(() => (isGranted = true));
    await eventually(() => expect(said.asked).toBeGreaterThan(3));
    expect(isGranted).toBe(false);
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
      onCancel: (listener) => leaving.signal.addEventListener('abort', listener),
      offCancel: (listener) => leaving.signal.removeEventListener('abort', listener),
    };
    const left = pacer.acquire({ ...own, cancellation });
    expect(() => pacer.acquire({ ...own, maxQueue: 1 })).toThrow(/1 calls are waiting/);
    leaving.abort();
    await expect(left).rejects.toMatchObject({ reason: 'too-late' });
    await first;
    await take(pacer, { ...own, maxQueue: 0 });
  });

  test('a slot whose response comes after the guard is held from the response on', async () => {
    const { client, said, inUseAt } = listening(await connect());
    /** What a process does from time to time while it waits for responses. */
    const holds = new Set<() => void>();
    const schedule: Clock['schedule'] = (callback, ms, isBackground) => {
      if (!isBackground) return systemClock.schedule(callback, ms);
      holds.add(callback);
      return () => holds.delete(callback);
    };
    const pacer = new RedisPacer({ client, guardMs: 40, clock: { ...systemClock, schedule } });
    const own = request({ limit: 2, windowMs: 900 });
    const acquire = async () => [await pacer.acquire(own), said.given.at(-1)!] as const;
    const [slow, slowAt] = await acquire();
    const [quick, quickAt] = await acquire();
    quick.release('answered');
    // Longer than the window itself: a process that waits for a response says so in between.
    await eventually(() => {
      const due = [...holds];
      holds.clear();
      for (const hold of due) hold();
      expect(inUseAt.get(slowAt)! - inUseAt.get(quickAt)!).toBeGreaterThan(940);
    });
    await eventually(() => expect(said.asking).toBe(0));
    const heldAt = inUseAt.get(slowAt)!;
    // Timers are never early.
    await sleep(41);
    slow.release('answered');
    await eventually(() => expect(inUseAt.get(slowAt)).toBeGreaterThan(heldAt));
    const given = said.given.length;
    said.answers = [];
    await Promise.all([take(pacer, own), take(pacer, own)]);
    expect(said.answers[0], 'the slot of the quick one is free').toBe('given');
    expect(said.given[given + 1]! - inUseAt.get(slowAt)!).toBeGreaterThanOrEqual(940);
  });

  test('a slot whose request was abandoned is held longer', async () => {
    const { client, said } = listening(await connect());
    const pacer = new RedisPacer({ client, guardMs: 0 });
    const own = request({ limit: 1, windowMs: 1_500 });
    const slot = await pacer.acquire(own);
    slot.release('abandoned');
    let isGranted = false;
    // It is left waiting, and refused once its Redis has gone.
    void Promise.resolve(pacer.acquire(own)).then(
      () => (isGranted = true),
      () => {},
    );
    // Three times in a window.
    await eventually(() => expect(said.moved.length).toBeGreaterThan(4));
    expect(isGranted).toBe(false);
  });

  test('a slot is kept for what is sent next, and not for longer than half a window', async () => {
    const { client, said } = listening(await connect());
    const pacer = new RedisPacer({ client, guardMs: 0 });
    const own = request({ limit: 1, windowMs: 2_000 });
    await pacer.reserve(own);
    const given = said.given.length;
    await take(pacer, own);
    expect(said.given, 'nothing was asked for').toHaveLength(given);
    await pacer.reserve(own);
    // Timers are never early.
    await sleep(1_010);
    await take(pacer, own);
    expect(said.given).toHaveLength(given + 2);
    expect(said.given.at(-1)! - said.given.at(-2)!).toBeGreaterThanOrEqual(2_000);
    const { release } = await pacer.reserve(own);
    release();
    await take(pacer, own);
    expect(said.given, 'what was given back is not used').toHaveLength(given + 4);
  });

  test('a request goes before slots that are to be kept for requests that are not made yet', async () => {
    const pacer = new RedisPacer({ client: await connect(), guardMs: 0 });
    const own = request({ limit: 1, windowMs: 300 });
    await take(pacer, own);
    const order: string[] = [];
    const keep = async (name: string) => {
      await pacer.reserve(own);
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
      SdkAppId: 1,
      NotBefore: 1,
      Callees: ['008613800000000'],
      Callers: ['1'],
      IvrId: 1,
    });
    const error: unknown = await failing.catch((thrown: unknown) => thrown);
    expect(isTcccError(error) && [error.code, error.outcome]).toEqual(['PacerFailed', 'not-executed']);
    expect(error).toMatchObject({
      message: expect.stringMatching(/pacer failed\. Redis cannot be reached\./),
    });
    expect(engine.journal.entries).toEqual([]);
  });

  test('wrong options are refused', () => {
    const client: RedisClient = { eval: async () => [] };
    expect(() => new RedisPacer({ client, guardMs: -1 })).toThrow(/guardMs/);
    expect(() => new RedisPacer({ client, patienceMs: NaN })).toThrow(/patienceMs/);
  });
});
