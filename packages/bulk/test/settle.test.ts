import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { BulkEvent } from '../src/index.js';
import { bulkStatus, resumeBulk, settleBulk } from '../src/index.js';
import { campaign, numbers, rowsOf, runAll, setUp, stoppedRun, template } from './support.js';
import { eventually } from '../../core/test/support/wait.js';

const common = { template, chunkSize: 10, concurrency: 1 } as const;
const CREATE = 'CreateAutoCalloutTask';
const LIST = 'DescribeAutoCalloutTasks';

/** The task is created, and the response says nothing about it. */
const LOST = { fault: 'internal-error', strikes: 'after' } as const;

/** What a look through the list of the service has come to. */
async function settle(options: Parameters<typeof settleBulk>[0]) {
  const events: BulkEvent[] = [];
  const report = await settleBulk(options, (event) => events.push(event));
  return { report, events };
}

describe('a chunk of unknown outcome', () => {
  test('is found at once if the list has it already', async () => {
    const { engine, client, ledger } = await setUp();
    engine.faults.add({ ...LOST, action: CREATE, nth: 2 });
    const { report } = await runAll({ ...common, client, ledger, input: numbers(30), settleWithinMs: false });
    expect(report.counts.accepted).toEqual({ chunks: 3, callees: 30 });
    expect(engine.createdCount).toBe(3);
    const ids = new Set((await rowsOf(ledger)).map(({ id }) => id));
    expect([...ids]).toEqual(engine.created.map(({ id }) => String(id)));
  });

  test('is found at the end of the run if the list shows it later; until then it is unknown', async () => {
    const { engine, client, ledger } = await setUp();
    engine.faults.add({ ...LOST, action: CREATE, nth: 1 });
    engine.faults.add({ fault: 'list-lags', action: LIST, nth: 1 });
    const { report, events } = await runAll({
      ...common,
      client,
      ledger,
      input: numbers(20),
      settleWithinMs: 0,
    });
    const states = events.flatMap((event) =>
      event.type === 'chunk' ? [`${event.chunk} ${event.state.state} by ${event.by}`] : [],
    );
    expect(states).toEqual([
      '1 sending by run',
      '1 unknown by run',
      '2 sending by run',
      '2 accepted by run',
      '1 accepted by settle',
    ]);
    expect(report.counts.accepted.chunks).toBe(2);
    expect(engine.createdCount).toBe(2);
  });

  test('that is not found stays unknown: neither settling nor resuming sends it again', async () => {
    const { engine, client, ledger } = await setUp();
    engine.faults.add({ fault: 'internal-error', action: CREATE, nth: 1, strikes: 'before' });
    await runAll({ ...common, client, ledger, input: numbers(20), settleWithinMs: 0 });
    const { report, events } = await settle({ client, ledger, settleWithinMs: 0 });
    expect(events).toEqual([{ type: 'not-settled', chunk: 1, code: 'NotFound' }]);
    expect(report.counts.unknown.chunks).toBe(1);
    await resumeBulk({ client, ledger, settleWithinMs: 0 }).report;
    expect(engine.journal.entries.filter(({ action }) => action === CREATE)).toHaveLength(2);
    expect((await bulkStatus(ledger)).open).toMatchObject([
      { chunk: 1, state: 'unknown', code: 'InternalError' },
    ]);
  });

  test('is looked for also if more is to be sent, and the report does not say that all was sent', async () => {
    const { client, ledger } = await stoppedRun();
    const { report } = await settle({ client, ledger, settleWithinMs: 0 });
    expect(report).toMatchObject({
      outcome: 'stopped',
      stop: { reason: 'unsent', message: 'Not sent yet: 5 chunks.' },
      counts: { planned: { chunks: 5 }, unknown: { chunks: 1 } },
    });
  });

  test('is found by a process that knows nothing but the ledger', async () => {
    const { engine, client, ledger } = await setUp();
    engine.faults.add({ ...LOST, action: CREATE, nth: [1, 2] });
    engine.faults.add({ fault: 'internal-error', action: LIST, nth: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] });
    await runAll({ ...common, client, ledger, input: numbers(30), settleWithinMs: false });
    expect((await bulkStatus(ledger)).counts.unknown.chunks).toBe(2);
    engine.faults.clear();
    const { report, events } = await settle({ client, ledger, settleWithinMs: 0 });
    expect(events.map(({ type }) => type)).toEqual(['chunk', 'chunk']);
    expect(report.counts.accepted.chunks).toBe(3);
    expect(engine.createdCount).toBe(3);
  });

  test('that the service has twice is not settled, and says so', async () => {
    const { engine, client, ledger } = await setUp();
    engine.faults.add({ ...LOST, action: CREATE, nth: 1 });
    engine.faults.add({ fault: 'list-lags', action: LIST, nth: 1 });
    await runAll({ ...common, input: numbers(10), client, ledger, settleWithinMs: false });
    // Somebody has made a copy of it in the console.
    await client.createAutoCalloutTask(engine.created[0]!.params as never);
    const { events } = await settle({ client, ledger, settleWithinMs: 0 });
    expect(events).toEqual([{ type: 'not-settled', chunk: 1, code: 'FoundTwice' }]);
  });

  test('of another ledger of the same list is never taken for it', async () => {
    const { engine, client, folder } = await setUp();
    const [first, second] = [join(folder, 'a'), join(folder, 'b')];
    await runAll({ ...common, input: numbers(10), client, ledger: first, settleWithinMs: false });
    // The second run's request never reaches the service.
    engine.faults.add({ fault: 'internal-error', action: CREATE, nth: 1, strikes: 'before' });
    await runAll({ ...common, input: numbers(10), client, ledger: second, settleWithinMs: 0 });
    const { events } = await settle({ client, ledger: second, settleWithinMs: 0 });
    expect(events).toEqual([{ type: 'not-settled', chunk: 1, code: 'NotFound' }]);
    expect((await bulkStatus(second)).counts).toMatchObject({
      accepted: { chunks: 0 },
      unknown: { chunks: 1 },
    });
  });

  test('that another ledger has sent, too, is found as its own, and not as found twice', async () => {
    const { engine, client, folder } = await setUp();
    engine.faults.add({ ...LOST, action: CREATE, nth: [1, 2] });
    engine.faults.add({ fault: 'list-lags', action: LIST, nth: [1, 3] });
    const ids: (string | undefined)[] = [];
    for (const name of ['a', 'b']) {
      const ledger = join(folder, name);
      await runAll({ ...common, input: numbers(10), client, ledger, settleWithinMs: 0 });
      ids.push((await rowsOf(ledger))[0]!.id);
    }
    expect(ids).toEqual(engine.created.map(({ id }) => String(id)));
  });

  test('of campaigns is found in the list of campaigns', async () => {
    const { engine, client, ledger } = await setUp();
    const action = 'CreatePredictiveDialingCampaign';
    engine.faults.add({ ...LOST, action, nth: 1 });
    const forCampaign = { action, params: campaign } as const;
    await runAll({ ...common, template: forCampaign, client, ledger, input: numbers(10) });
    expect((await rowsOf(ledger))[0]).toMatchObject({
      state: 'accepted',
      id: String(engine.created[0]!.id),
    });
  });
});

test('settling that is stopped leaves the rest unknown', async () => {
  const { engine, client, ledger } = await setUp();
  engine.faults.add({ fault: 'internal-error', action: CREATE, nth: [1, 2], strikes: 'before' });
  await runAll({ ...common, client, ledger, input: numbers(20), settleWithinMs: false });
  const controller = new AbortController();
  const events: BulkEvent[] = [];
  const { signal } = controller;
  const settling = settleBulk({ client, ledger, signal, settleWithinMs: 60_000, concurrency: 1 }, (event) =>
    events.push(event),
  );
  await eventually(() =>
    expect(engine.journal.entries.filter(({ action }) => action === LIST).length).toBeGreaterThanOrEqual(3),
  );
  controller.abort();
  expect((await settling).counts.unknown.chunks).toBe(2);
  expect(events).toEqual([{ type: 'not-settled', chunk: 1, code: 'Cancelled' }]);
});
