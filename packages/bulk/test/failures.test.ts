import { Refusal } from '@tccc/mocks';
import { describe, expect, test } from 'vitest';
import { bulkStatus, resolveBulk, resumeBulk } from '../src/index.js';
import { common, mockClient, numbers, rowsOf, runAll, setUp, template } from './support.js';
import { eventually } from '../../core/test/support/wait.js';

const CREATE = 'CreateAutoCalloutTask';

describe('a failure', () => {
  test('of unknown outcome is never sent again: not by the run, not by the next one', async () => {
    const { engine, client, ledger } = await setUp();
    engine.faults.add({ fault: 'internal-error', action: CREATE, nth: 2, strikes: 'before' });
    const input = numbers(30);
    const first = await runAll({ ...common, client, ledger, input, concurrency: 1 });
    expect(first.report).toMatchObject({
      outcome: 'finished',
      counts: { accepted: { chunks: 2 }, unknown: { chunks: 1 } },
    });
    const second = await runAll({ ...common, client, ledger, input });
    expect(second.report.counts).toEqual(first.report.counts);
    expect(engine.journal.entries.filter(({ action }) => action === CREATE)).toHaveLength(3);
    expect((await rowsOf(ledger)).filter(({ state }) => state === 'unknown')).toHaveLength(10);
  });

  test('of unknown outcome is sent again, or accepted, on a person’s word', async () => {
    const { engine, client, ledger, clock } = await setUp();
    engine.faults.add({ fault: 'internal-error', action: CREATE, nth: [1, 2], strikes: 'before' });
    await runAll({ ...common, client, ledger, input: numbers(30), concurrency: 1 });
    await resolveBulk(ledger, [1], 'send-again');
    await resolveBulk(ledger, [2], { accepted: '4711' });
    const { counts } = await resumeBulk({ client, ledger, clock, settleWithinMs: false }).report;
    expect(counts.accepted).toEqual({ chunks: 3, callees: 30 });
    expect(engine.createdCount).toBe(2);
    await expect(resolveBulk(ledger, [1], 'send-again')).rejects.toMatchObject({ code: 'NotAllowed' });
    await expect(resolveBulk(ledger, [9], 'send-again')).rejects.toMatchObject({ code: 'NotAllowed' });
  });

  test('of unknown outcome is not accepted with the task of another one', async () => {
    const { engine, client, ledger } = await setUp();
    engine.faults.add({ fault: 'internal-error', action: CREATE, nth: [1, 2], strikes: 'before' });
    await runAll({ ...common, client, ledger, input: numbers(30), concurrency: 1 });
    const taken = String(engine.entities[0]!.fields['TaskId']);
    const refused = { code: 'NotAllowed' };
    await expect(resolveBulk(ledger, [1], { accepted: taken })).rejects.toMatchObject(refused);
    await expect(resolveBulk(ledger, [1, 2], { accepted: '4711' })).rejects.toMatchObject(refused);
    expect((await bulkStatus(ledger)).counts.unknown.chunks).toBe(2);
    await resolveBulk(ledger, [1, 1], { accepted: '4711' });
  });

  test('that cannot get better stops the run, with the rest left, until a person has corrected it', async () => {
    const { engine, client, ledger } = await setUp();
    const input = numbers(50);
    // A strict service does not know the parameter; another one does.
    const strict = mockClient({ newerParameters: 'refuse' });
    const extra = { ...template, extraParams: { ConcurrencyLimit: 5 } };
    const { report } = await runAll({
      ...common,
      template: extra,
      client: strict.client,
      ledger,
      input,
      concurrency: 1,
    });
    expect(report).toMatchObject({
      outcome: 'stopped',
      stop: { reason: 'refused', code: 'UnknownParameter' },
      counts: { refused: { chunks: 1 }, planned: { chunks: 4 } },
    });
    expect(strict.engine.journal.size).toBe(1);
    await resolveBulk(ledger, [1], 'send-again');
    const { counts } = await resumeBulk({ client, ledger, settleWithinMs: false }).report;
    expect(counts.accepted.callees).toBe(50);
    expect(engine.calledMoreThanOnce.size).toBe(0);
  });

  test.each([
    ['FailedOperation.PermissionDenied', 'refused'],
    // Whether something is done before a quota is exceeded is not documented.
    ['LimitExceeded', 'unknown'],
  ])('such as %s stops the run at once, for the next chunk would fail, too', async (code, state) => {
    const { engine, client, ledger, clock } = await setUp();
    engine.respond(CREATE, (_params, { answer }) =>
      engine.createdCount === 1 ? new Refusal(code, 'Not for you.') : answer(),
    );
    const options = { ...common, client, ledger, clock, input: numbers(40), concurrency: 1 };
    const { report, events } = await runAll(options);
    expect(report).toMatchObject({
      outcome: 'stopped',
      stop: { reason: 'refused', code },
      counts: { accepted: { chunks: 1 }, [state]: { chunks: 1 }, planned: { chunks: 2, callees: 20 } },
    });
    expect(events.at(-1)).toMatchObject({ type: 'stopped', reason: 'refused', code });
    expect(engine.journal.entries.filter(({ action }) => action === CREATE)).toHaveLength(2);
    expect(events.filter(({ type }) => type === 'paused')).toEqual([]);
  });

  test('that strikes several requests at one time is one trouble, and one pause', async () => {
    const { engine, client, ledger, clock } = await setUp();
    engine.faults.add({
      fault: 'rate-limited',
      strikes: 'before',
      nth: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    });
    const untilAllFailed = async (end: () => void) => {
      await eventually(() => expect(engine.journal.size).toBeGreaterThanOrEqual(12));
      await eventually(async () => expect((await bulkStatus(ledger)).counts.sending.chunks).toBe(0));
      end();
    };
    const options = { ...common, client, ledger, input: numbers(80), concurrency: 4, maxFailures: 3 };
    const { report } = await runAll({
      ...options,
      clock: { ...clock, schedule: (end) => (void untilAllFailed(end), () => {}) },
    });
    expect(report).toMatchObject({ outcome: 'finished', counts: { accepted: { chunks: 8 } } });
  });

  test('for want of capacity pauses the run, which then sends the same chunk', async () => {
    const { engine, client, ledger, clock } = await setUp();
    engine.faults.add({ fault: 'rate-limited', strikes: 'before', nth: [1, 2, 3, 4, 5, 6] });
    const { report, events } = await runAll({
      ...common,
      client,
      ledger,
      clock,
      input: numbers(20),
      concurrency: 1,
    });
    expect(report.counts.accepted.callees).toBe(20);
    const pauses = events.flatMap((event) => (event.type === 'paused' ? [event.waitMs] : []));
    expect(pauses).toEqual([1_000, 2_000]);
    expect(clock.waited).toEqual(expect.arrayContaining(pauses));
    expect(engine.calledMoreThanOnce.size).toBe(0);
  });

  test('after failure stops the run', async () => {
    const { engine, client, ledger, clock } = await setUp();
    engine.faults.add({ fault: 'internal-error', strikes: 'before' });
    const { report } = await runAll({
      ...common,
      client,
      ledger,
      clock,
      input: numbers(100),
      concurrency: 1,
      maxFailures: 4,
    });
    expect(report).toMatchObject({
      stop: { reason: 'too-many-failures' },
      counts: { unknown: { chunks: 4 }, planned: { chunks: 6 } },
    });
    expect(engine.journal.entries.filter(({ action }) => action === CREATE)).toHaveLength(4);
  });

  test('with an id that no number holds is a success, with the exact digits', async () => {
    const { engine, client, ledger } = await setUp();
    engine.faults.add({ fault: 'unsafe-id' });
    await runAll({ ...common, client, ledger, input: numbers(1) });
    expect(await rowsOf(ledger)).toMatchObject([{ state: 'accepted', id: '9007199254740993' }]);
  });
});
