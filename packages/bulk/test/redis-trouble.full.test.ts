import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RedisClient } from '../src/redis.js';
import { RedisPacer } from '../src/redis.js';
import { request, take } from './redis-support.js';
import type { TestServer } from './servers.js';
import { hasServers, startRedis } from './servers.js';
import { atEnd } from './support.js';

describe.skipIf(!hasServers('redis-server'))('a Redis that answers, and gives no slot', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  async function connect() {
    const client = createClient({ url: server.url });
    await client.connect();
    atEnd(async () => client.destroy());
    return client;
  }

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
    const own = request({ limit: 20 });
    await expect(pacer.acquire(own)).rejects.toThrow(/half the window/);
    // A call that cannot wait longer hears the same, however patient its pacer is.
    const patient = new RedisPacer({ client: slow, patienceMs: 3_600_000 });
    await expect(patient.acquire({ ...own, remainingMs: 2_500 })).rejects.toThrow(/half the window/);
    delayMs = 1;
    await pacer.acquire(request({ windowMs: 2_000 }));
  });

  test('a Redis that loses the key of the pacer again and again is named, until it gives a slot again', async () => {
    const client = await connect();
    let isFull = true;
    const evicting: RedisClient = {
      eval: async (script, options) => {
        const answer = await client.eval(script, options);
        if (isFull) await client.del(options.keys);
        return answer;
      },
    };
    const own = request();
    const pacer = new RedisPacer({ client: evicting, guardMs: 0, patienceMs: 0 });
    await expect(pacer.acquire(own)).rejects.toThrow(/lost .* Set its maxmemory-policy to noeviction/);
    const patient = new RedisPacer({ client: evicting, guardMs: 0, patienceMs: 3_600_000 });
    await expect(patient.acquire({ ...own, remainingMs: 2_500 })).rejects.toThrow(/maxmemory-policy/);
    isFull = false;
    await take(patient, own);
  });
});
