import { setTimeout as sleep } from 'node:timers/promises';
import { createPostgresBackend, runMigrations } from 'bullmq';
import pg from 'pg';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BulkReport } from '../src/index.js';
import type { FleetQueueOptions } from '../src/bullmq.js';
import { FleetQueue, FleetWorker } from '../src/bullmq.js';
import { planFleet } from '../src/fleet.js';
import { PostgresLedgers } from '../src/postgres.js';
import type { TestServer } from './servers.js';
import { hasServers, startPostgres, startRedis } from './servers.js';
import { atEnd, calledBy, mockClient, numbers, template } from './support.js';

let schemas = 0;

describe.skipIf(!hasServers('redis-server', 'postgresql'))('workers that are called by BullMQ', () => {
  let redis: TestServer;
  let postgres: TestServer;
  beforeAll(async () => {
    [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
  });
  afterAll(() => Promise.all([redis.stop(), postgres.stop()]));

  async function onRedis(): Promise<FleetQueueOptions<never>> {
    const connection = createClient({ url: redis.url, socket: { reconnectStrategy: () => 20 } });
    connection.on('error', () => {});
    await connection.connect();
    atEnd(async () => connection.destroy());
    return { connection: connection as never };
  }

  async function onPostgres(): Promise<FleetQueueOptions<never>> {
    const pool = new pg.Pool({ connectionString: postgres.url });
    await runMigrations(pool);
    await pool.end();
    return { connection: postgres.url as never, backend: createPostgresBackend };
  }

  describe.each([
    { engine: 'Redis', connect: onRedis },
    { engine: 'PostgreSQL', connect: onPostgres },
  ])('with its queue in $engine', ({ connect }) => {
    async function begin(count: number) {
      const { engine, client } = mockClient({ rateLimit: 'off' });
      const ledgers = new PostgresLedgers({
        connection: { connectionString: postgres.url },
        schema: `queue_${schemas++}`,
      });
      atEnd(() => ledgers.close());
      const planned = { ledgers, client, input: numbers(count), template, chunkSize: 1 };
      const { run } = await planFleet(planned);
      const place = { ...(await connect()), name: `queue-${schemas}` };
      const queue = new FleetQueue(place);
      atEnd(() => queue.close());
      const startWorker = () => {
        const reports: BulkReport[] = [];
        const worker = new FleetWorker({
          ...place,
          ledgers,
          client,
          concurrency: 2,
          onRun: (_id, { report }) => void report.then((said) => reports.push(said)),
        });
        atEnd(() => worker.close());
        return { worker, reports };
      };
      return { engine, planned, run, queue, startWorker };
    }

    const finished = async ({ reports }: { reports: BulkReport[] }) => {
      while (!reports.some(({ outcome }) => outcome === 'finished')) await sleep(10);
    };

    test('all of them send the run, and each number is called once', async () => {
      const { engine, planned, run, queue, startWorker } = await begin(30);
      const workers = [startWorker(), startWorker()];
      // More than there are workers, and twice: a place too many does no harm.
      await queue.call(run, 2);
      await queue.call(run);
      await Promise.all(workers.map(finished));
      expect(calledBy(engine).sort()).toEqual(numbers(30).map((number) => number.replace('+', '00')));
      // Whoever plans the same again gets the same run, which has nothing left to do.
      expect(await planFleet(planned)).toEqual({ run, isNew: false });
    });

    test('a worker that is closed gives its place to another', async () => {
      const { engine, run, queue, startWorker } = await begin(45);
      const first = startWorker();
      await queue.call(run);
      while (engine.created.length < 3) await sleep(5);
      await first.worker.close();
      expect(first.reports[0]).toMatchObject({ outcome: 'stopped', stop: { reason: 'stopped' } });
      expect(engine.created.length).toBeLessThan(45);
      await finished(startWorker());
      expect(calledBy(engine).sort()).toEqual(numbers(45).map((number) => number.replace('+', '00')));
    });
  });
});
