import type { Cancellation, PacingRequest } from '@tccc/outbound';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RedisClient } from '../src/redis.js';
import { RedisPacer } from '../src/redis.js';
import type { TestServer } from './servers.js';
import { hasServers, startRedis } from './servers.js';
import { atEnd } from './support.js';

const never: Cancellation = { signal: new AbortController().signal, onCancel: () => {}, offCancel: () => {} };

const [LIMIT, WINDOW_MS] = [5, 400];

function request(key: string): PacingRequest {
  return {
    action: 'Act',
    key,
    mode: 'response',
    limit: LIMIT,
    windowMs: WINDOW_MS,
    maxQueue: 1_000,
    remainingMs: Infinity,
    cancellation: never,
  };
}

describe.skipIf(!hasServers('redis-server'))('a Redis that does not tell the time', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  async function connect(credentials: { username?: string; password?: string } = {}) {
    const client = createClient({ url: server.url, ...credentials });
    client.on('error', () => {});
    await client.connect();
    atEnd(async () => client.destroy());
    return client;
  }

  /** A client of a server whose clock is so far from the system's. */
  async function withClock(offset: { ms: number }) {
    const client = await connect();
    const watched: RedisClient & { givenAt: number } = {
      isReady: true,
      /** When it gave a slot last, by its own clock without the offset, in milliseconds. */
      givenAt: NaN,
      eval: async (script, options) => {
        const { ms } = offset;
        const reading = "local time = redis.call('TIME')";
        expect(script).toContain(reading);
        const shifted = `${reading} time[1] = tonumber(time[1]) + ${ms / 1_000}`;
        const answer = await client.eval(script.replace(reading, shifted), options);
        const [taken, at] = answer as [number, number];
        if (options.arguments[0] === '1' && taken <= LIMIT) watched.givenAt = at / 1_000 - ms;
        return answer;
      },
    };
    return watched;
  }

  test.each([2_000, 300, -2_000])(
    'if its clock is set by %i ms again and again, no window holds more than the limit',
    async (stepMs) => {
      const offset = { ms: 0 };
      const members: { pacer: RedisPacer; client: { readonly givenAt: number } }[] = [];
      for (let process = 0; process < 3; process++) {
        const client = await withClock(offset);
        members.push({ client, pacer: new RedisPacer({ client, guardMs: 60 }) });
      }
      const granted: number[] = [];
      let steps = 0;
      const take = async ({ pacer, client }: (typeof members)[number]) => {
        const slot = await pacer.acquire(request(`step ${stepMs}`));
        granted.push(client.givenAt);
        slot.release('answered');
        // Just after a window was filled, which is the worst moment.
        if (granted.length % 10 !== 0) return;
        offset.ms += stepMs;
        steps++;
      };
      // One that begins later than the first step knows nothing of it.
      const begin = (member: (typeof members)[number], count: number) =>
        Array.from({ length: count }, () => take(member));
      await Promise.all(members.slice(0, 2).flatMap((member) => begin(member, 15)));
      await Promise.all(members.flatMap((member) => begin(member, 5)));
      expect(steps).toBeGreaterThan(3);
      const counts = granted.map(
        (from) => granted.filter((at) => at >= from && at < from + WINDOW_MS).length,
      );
      expect(Math.max(...counts)).toBeLessThanOrEqual(LIMIT);
    },
  );

  test.each([
    ['-info', /must be allowed the command INFO.*\+info/],
    ['-eval', /^Redis refuses \(NOPERM\)\..*EVAL, INFO/],
    ['-zadd', /^Redis refuses \((NOPERM|ERR)\)\..*sorted sets/],
  ])(
    'a user with %s is refused without delay, with the reason, but without a name',
    async (right, message) => {
      const admin = await connect();
      const username = `limited${right}`;
      await admin.sendCommand(['ACL', 'SETUSER', username, 'on', '>secret', '~*', '+@all', right]);
      const client = await connect({ username, password: 'secret' });
      const pacer = new RedisPacer({ client, patienceMs: 3_600_000 });
      const refusal = await Promise.resolve(pacer.acquire(request('limited'))).catch(
        (error: unknown) => error,
      );
      expect(refusal).toMatchObject({ reason: 'unusable', message: expect.stringMatching(message) });
      expect(String(refusal)).not.toContain(username);
    },
  );
});
