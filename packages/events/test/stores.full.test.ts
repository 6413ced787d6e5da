import pg from 'pg';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasServers, startPostgres, startRedis } from '../../bulk/test/servers.js';
import { createReceiver, postgresSeen, redisSeen } from '../src/index.js';
import type { SeenStore } from '../src/index.js';
import { keeping, push } from './support.js';

/** What every store has to do, as two processes see it. */
function behaves(
  stores: () => readonly [SeenStore, SeenStore],
  expire: (id: string) => Promise<unknown>,
): void {
  test('gives each push to one of those that ask at the same time', async () => {
    const [one, other] = stores();
    for (let round = 0; round < 20; round++) {
      const id = `same-${round}`;
      const claims = await Promise.all([one.claim(id), other.claim(id), one.claim(id), other.claim(id)]);
      expect(claims.filter((claim) => claim === 'new')).toHaveLength(1);
    }
  });

  test('remembers what was handled, and gives back what was not', async () => {
    const [one, other] = stores();
    expect(await one.claim('a')).toBe('new');
    expect(await other.claim('a')).toBe('busy');
    await one.release('a');
    expect(await other.claim('a')).toBe('new');
    await other.done('a');
    expect(await one.claim('a')).toBe('done');
    await one.release('a');
    expect(await one.claim('a')).toBe('done');
  });

  test('gives to another what a process has died with', async () => {
    const [one, other] = stores();
    expect(await one.claim('dead')).toBe('new');
    await expire('dead');
    expect(await other.claim('dead')).toBe('new');
    // It was only slow: what the other one has is not its own to give back.
    await one.release('dead');
    expect(await one.claim('dead')).toBe('busy');
  });

  test('lets two receivers handle a push once', async () => {
    const { events, options } = keeping();
    const receivers = stores().map((seen) => createReceiver({ ...options, seen }));
    const send = () => push(undefined, { id: 'shared' });
    await Promise.all(receivers.map((receiver) => receiver.fetch(send())));
    for (const receiver of receivers) expect((await receiver.fetch(send())).status).toBe(200);
    expect(events).toHaveLength(1);
  });
}

describe.skipIf(!hasServers('postgresql'))('a store in PostgreSQL', () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  let pools: pg.Pool[];
  beforeAll(async () => {
    server = await startPostgres();
    pools = [0, 1].map(() => new pg.Pool({ connectionString: server.url }));
  });
  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.end()));
    await server.stop();
  });
  behaves(
    () => [postgresSeen(pools[0]!), postgresSeen(pools[1]!)],
    (id) => pools[0]!.query(`update tccc_push_seen set at = now() - interval '1 hour' where id = $1`, [id]),
  );
  test.each(['a"b', '1x', ''])('refuses the table %j', (table) => {
    expect(() => postgresSeen(pools[0]!, { table })).toThrow('table must be');
  });
});

describe.skipIf(!hasServers('redis-server'))('a store in Redis', () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  let clients: ReturnType<typeof createClient>[];
  beforeAll(async () => {
    server = await startRedis();
    clients = [0, 1].map(() => createClient({ url: server.url }));
    await Promise.all(clients.map((client) => client.connect()));
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.close()));
    await server.stop();
  });
  behaves(
    () => [redisSeen(clients[0]!), redisSeen(clients[1]!)],
    (id) => clients[0]!.del(`tccc:push:${id}`),
  );
});
