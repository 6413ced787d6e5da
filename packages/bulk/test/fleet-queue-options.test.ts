import { createClient } from 'redis';
import { expect, test } from 'vitest';
import { FleetQueue, FleetWorker } from '../src/bullmq.js';
import type { FleetLedgers } from '../src/fleet.js';
import { atEnd, mockClient } from './support.js';

const never = () => new Promise<never>(() => {});
const noLedgers: FleetLedgers = {
  create: never,
  open: never,
  close: never,
  records: { keep: never, of: never },
};

/** A client of a server that is not there. */
function awayClient() {
  const client = createClient({ url: 'redis://127.0.0.1:1' });
  client.on('error', () => {});
  return client as never;
}

test('options of ioredis name the package if it is not installed', () => {
  for (const connection of [{ host: '127.0.0.1', port: 6379 }, { url: 'redis://127.0.0.1' }, {}])
    expect(() => new FleetQueue({ connection })).toThrow(
      /package ioredis, which is not installed.*createClient/,
    );
  for (const connection of [undefined, 'redis://127.0.0.1'])
    expect(() => new FleetQueue({ connection: connection as never })).toThrow(/client of the package redis/);
});

test('wrong options are refused, each by its name', async () => {
  const { client } = mockClient();
  const connection = awayClient();
  const ledgers = noLedgers;
  expect(() => new FleetQueue({ connection, name: 'a:b' })).toThrow(/name must be/);
  expect(() => new FleetQueue({ connection, patienceMs: -1 })).toThrow(/patienceMs must be/);
  for (const runs of [0, 1.5, Number.NaN])
    expect(() => new FleetWorker({ connection, ledgers, client, runs })).toThrow(/runs must be/);
  const queue = new FleetQueue({ connection, patienceMs: 0 });
  atEnd(() => queue.close());
  for (const workers of [0, -1, Number.NaN, 1_001])
    await expect(queue.call('run', workers)).rejects.toThrow(/workers must be/);
  await expect(queue.call('')).rejects.toThrow(/run must be/);
});

test('without Redis, calls fail and closing ends; nothing is thrown that nobody hears', async () => {
  const { client } = mockClient();
  const errors: unknown[] = [];
  const options = {
    connection: awayClient(),
    patienceMs: 0,
    onError: (error: unknown) => errors.push(error),
  };
  const queue = new FleetQueue(options);
  const worker = new FleetWorker({ ...options, ledgers: noLedgers, client });
  await expect(queue.call('run')).rejects.toMatchObject({ code: 'QueueUnusable' });
  await worker.close();
  await queue.close();
  expect(errors.length).toBeGreaterThan(0);
});
