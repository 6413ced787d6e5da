import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { FleetQueue, FleetWorker } from '../src/bullmq.js';
import { planFleet } from '../src/fleet.js';
import { PostgresLedgers } from '../src/postgres.js';
import type { TestServer } from './servers.js';
import { hasServers, startPostgres, startRedis } from './servers.js';
import { atEnd, calledBy, mockClient, numbers, template } from './support.js';
import { eventually } from '../../core/test/support/wait.js';

let schemas = 0;

describe.skipIf(!hasServers('redis-server', 'postgresql'))('workers whose queue fails', () => {
  let postgres: TestServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  async function startServer(own: readonly string[] = []): Promise<TestServer> {
    const server = await startRedis(own);
    atEnd(() => server.stop());
    return server;
  }

  async function connect(server: TestServer) {
    const connection = createClient({ url: server.url, socket: { reconnectStrategy: () => 20 } });
    connection.on('error', () => {});
    await connection.connect();
    atEnd(async () => connection.destroy());
    return connection;
  }

  async function planRun(count: number) {
    const { engine, client } = mockClient({ rateLimit: 'off' });
    const ledgers = new PostgresLedgers({
      connection: { connectionString: postgres.url },
      schema: `failing_queue_${schemas++}`,
    });
    atEnd(() => ledgers.close());
    const { run } = await planFleet({ ledgers, client, input: numbers(count), template, chunkSize: 1 });
    return { engine, client, ledgers, run };
  }

  /** A worker, and what it says. */
  function startWorker(own: ConstructorParameters<typeof FleetWorker>[0]) {
    const errors: { error: unknown; id?: string | undefined }[] = [];
    const outcomes: string[] = [];
    const worker = new FleetWorker({
      ...own,
      onReport: (_id, { outcome }) => outcomes.push(outcome),
      onError: (error, id) => errors.push({ error, id }),
    });
    atEnd(() => worker.close());
    return { worker, errors, outcomes };
  }

  test('a queue and a worker that were made before a restart of Redis go on after it', async () => {
    const server = await startServer();
    const connection = (await connect(server)) as never;
    const { engine, client, ledgers, run } = await planRun(40);
    const queue = new FleetQueue({ connection });
    atEnd(() => queue.close());
    await queue.call('unknown run');
    const first = startWorker({ connection, ledgers, client, concurrency: 1 });
    await eventually(() => expect(first.errors.some(({ id }) => id === 'unknown run')).toBe(true));
    await server.kill();
    await server.start();
    await queue.call(run, 1);
    await eventually(() => expect(engine.created.length).toBeGreaterThan(2));
    await server.kill();
    await server.start();
    // What it leaves is given to another, by scripts that Redis has lost.
    await first.worker.close();
    expect(first.outcomes).toEqual(['stopped']);
    const second = startWorker({ connection, ledgers, client });
    await eventually(() => expect(second.outcomes).toEqual(['finished']));
    expect(calledBy(engine)).toHaveLength(40);
  });

  test('closing ends while Redis is away, whether it was there before or not, and leaves the client of the caller alone', async () => {
    const server = await startServer();
    const connection = await connect(server);
    const { engine, client, ledgers, run } = await planRun(40);
    const options = { connection: connection as never, patienceMs: 300 };
    const queue = new FleetQueue(options);
    const patient = new FleetQueue({ connection: options.connection });
    const idle = startWorker({ ...options, ledgers, client });
    const busy = startWorker({ ...options, ledgers, client, concurrency: 1 });
    await patient.call(run, 2);
    await patient.close();
    await eventually(() => expect(engine.created.length).toBeGreaterThan(2));
    await server.kill();
    const never = startWorker({ ...options, ledgers, client });
    const late = new FleetQueue(options);
    await expect(queue.call(run)).rejects.toMatchObject({ code: 'QueueUnusable' });
    await Promise.all([idle, busy, never].map(({ worker }) => worker.close()));
    await Promise.all([queue.close(), late.close(), queue.close()]);
    expect(busy.errors.map(({ error }) => error)).toContainEqual(
      expect.objectContaining({ code: 'QueueUnusable' }),
    );
    await server.start();
    await eventually(async () => expect(await connection.ping()).toBe('PONG'));
  });

  test('a run that fails, and a caller that does not listen well, do no harm to the worker', async () => {
    const server = await startServer();
    const connection = (await connect(server)) as never;
    const { engine, client, ledgers, run } = await planRun(3);
    const queue = new FleetQueue({ connection });
    atEnd(() => queue.close());
    const heard: unknown[] = [];
    const worker = new FleetWorker({
      connection,
      ledgers,
      client,
      onRun: (_id, { report }) => report.then(() => Promise.reject(new Error('of the caller'))),
      onReport: () => {
        throw new Error('also of the caller');
      },
      onError: (error) => {
        heard.push(error);
        throw new Error('once more');
      },
    });
    atEnd(() => worker.close());
    await queue.call('no such run');
    await queue.call(run);
    await eventually(() => expect(calledBy(engine)).toHaveLength(3));
    await eventually(() => expect(heard.length).toBeGreaterThanOrEqual(4));
    expect(heard).toContainEqual(expect.objectContaining({ code: 'LedgerNotFound' }));
    expect(heard).toContainEqual(expect.objectContaining({ message: 'also of the caller' }));
  });

  test('a node of a cluster takes the queue, whatever its name', async () => {
    const server = await startServer(['--cluster-enabled', 'yes']);
    const connection = await connect(server);
    await connection.sendCommand(['CLUSTER', 'ADDSLOTSRANGE', '0', '16383']);
    await eventually(async () =>
      expect(await connection.sendCommand(['CLUSTER', 'INFO'])).toMatch(/cluster_state:ok/),
    );
    const { client, ledgers, run } = await planRun(3);
    for (const name of [undefined, 'another']) {
      const options = { connection: connection as never, ...(name !== undefined && { name }) };
      const queue = new FleetQueue(options);
      atEnd(() => queue.close());
      const { outcomes, errors } = startWorker({ ...options, ledgers, client });
      await queue.call(run);
      await eventually(() => expect(outcomes).toEqual(['finished']));
      expect(errors).toEqual([]);
    }
  });

  test('nothing is said on standard error, also if Redis is set up in a way that BullMQ warns of', async () => {
    const server = await startServer(['--maxmemory-policy', 'allkeys-lru']);
    const connection = (await connect(server)) as never;
    const said = ['warn', 'error'].map((name) =>
      vi.spyOn(console, name as 'warn').mockImplementation(() => {}),
    );
    atEnd(async () => vi.restoreAllMocks());
    const { client, ledgers, run } = await planRun(3);
    const queue = new FleetQueue({ connection });
    atEnd(() => queue.close());
    const { outcomes } = startWorker({ connection, ledgers, client });
    await queue.call(run);
    await eventually(() => expect(outcomes).toEqual(['finished']));
    await server.kill();
    await server.start();
    await queue.call(run);
    await eventually(() => expect(outcomes).toHaveLength(2));
    for (const spy of said) expect(spy).not.toHaveBeenCalled();
  });
});
