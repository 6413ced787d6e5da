import { expect, test } from 'vitest';
import { FleetQueue, FleetWorker } from '../src/bullmq.js';
import { fleetResults, joinFleet, planFleet, settleFleet } from '../src/fleet.js';
import {
  bulkResults,
  bulkStatus,
  dryRunBulk,
  planBulk,
  resumeBulk,
  runBulk,
  settleBulk,
} from '../src/index.js';
import { PostgresLedgers } from '../src/postgres.js';
import { RedisPacer } from '../src/redis.js';
import { common, numbers, setUp } from './support.js';

/** Every way in that takes options, with all that it needs; none of them gets as far as to use it. */
async function waysIn() {
  const { client, engine, ledger } = await setUp();
  const { template } = common;
  const never = () => Promise.reject(new Error('It was used.'));
  const ledgers = { create: never, open: never, close: never, records: { keep: never, of: never } };
  const run = { client, ledger, template, input: numbers(3) };
  const ways: Record<string, (more: object) => unknown> = {
    runBulk: (more) => runBulk({ ...run, ...more }).report,
    resumeBulk: (more) => resumeBulk({ client, ledger, ...more }).report,
    planBulk: (more) => planBulk({ ...run, ...more }),
    dryRunBulk: (more) => dryRunBulk({ ...run, ...more }),
    settleBulk: (more) => settleBulk({ client, ledger, ...more }),
    bulkResults: (more) => bulkResults({ client, ledger, ...more }).next(),
    planFleet: (more) => planFleet({ client, ledgers, template, input: numbers(3), ...more }),
    joinFleet: (more) => joinFleet({ client, ledgers, run: 'run', ...more }).report,
    fleetResults: (more) => fleetResults({ client, ledgers, run: 'run', ...more }).next(),
    settleFleet: (more) => settleFleet({ client, ledgers, run: 'run', ...more }),
    PostgresLedgers: (more) => new PostgresLedgers({ connection: {}, ...more }),
    RedisPacer: (more) => new RedisPacer({ client: {} as never, ...more }),
    FleetQueue: (more) => new FleetQueue({ connection: {} as never, ...more }),
    FleetWorker: (more) => new FleetWorker({ connection: {} as never, client, ledgers, ...more }),
  };
  return { ways, run, ledger, engine };
}

test('a slip leaves no default in force, whatever is called', async () => {
  const { ways, engine, ledger } = await waysIn();
  for (const [name, call] of Object.entries(ways)) {
    // A list of numbers that must not be called, under a name that nothing reads, would be no list at all.
    const refused = (async () => await call({ doNotCal: ['8613800000001'] }))();
    await expect(refused, name).rejects.toMatchObject({
      code: 'InvalidOption',
      message: expect.stringMatching(
        /^There is no option doNotCal\.( Did you mean doNotCall\?)? Known names are /,
      ),
    });
  }
  expect(engine.createdCount).toBe(0);
  await expect(bulkStatus(ledger)).rejects.toMatchObject({ code: 'LedgerNotFound' });
});

test.each<[object, RegExp]>([
  [{ concurrency: 0 }, /^The option concurrency must be an integer from 1 to 1000, but got 0\.$/],
  [{ maxFailures: 1.5 }, /^The option maxFailures must be an integer from 1 to 1000000, /],
  [
    { settleWithinMs: true },
    /^The option settleWithinMs must be an integer from 0 to 86400000, but got true/,
  ],
  [{ chunkSize: '10' }, /^The option chunkSize must be an integer from 1 to 100000, but got a string of 2/],
  [{ chunkBytes: 1_000 }, /^The option chunkBytes must be an integer from 1024 to \d+, but got 1000/],
  [{ allowPrivateUse: 'no' }, /^The option allowPrivateUse must be true or false, /],
  [{ trustFileSystem: 'false' }, /^The option trustFileSystem must be true or false, /],
  [{ name: 5 }, /^The option name must be a non-empty string, /],
  [{ client: {} }, /^The option client must be an OutboundClient, but got an object/],
  [{ client: undefined }, /^The option client must be given\.$/],
  [{ ledger: '' }, /^The option ledger must be a non-empty string, /],
  [{ signal: 'stop' }, /^The option signal must be an AbortSignal, /],
  [{ clock: Date }, /^The option clock must be an object with the methods now, monotonic and schedule, /],
])('%j is refused with what is allowed, before anything is sent', async (wrong, message) => {
  const { run, engine } = await waysIn();
  await expect(runBulk({ ...run, ...wrong }).report).rejects.toMatchObject({
    code: 'InvalidOption',
    message: expect.stringMatching(message),
  });
  expect(engine.createdCount).toBe(0);
});

test('what happens to the options after the call changes nothing', async () => {
  const { run, engine } = await waysIn();
  const options = { ...run, chunkSize: 1, concurrency: 1 };
  const running = runBulk(options);
  Object.assign(options, { chunkSize: 3, ledger: 'elsewhere', doNotCall: numbers(3) });
  await running.report;
  expect(engine.createdCount).toBe(3);
});
