import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { BulkEvent, BulkTemplate } from '../src/index.js';
import { STEP_CHANNEL, bulkStatus, isBulkError, planBulk, resumeBulk, runBulk } from '../src/index.js';
import { FakeClock } from '../../core/test/support/fake-clock.js';
import {
  calledBy,
  campaign,
  clientOf,
  common,
  numberOf,
  numbers,
  rowsOf,
  runAll,
  setUp,
  template,
} from './support.js';
import { eventually } from '../../core/test/support/wait.js';

describe('a run', () => {
  test('sends each number once, in chunks, and says so line by line', async () => {
    const { engine, client, ledger } = await setUp();
    const { report, events } = await runAll({ ...common, client, ledger, input: numbers(25) });
    expect(report).toMatchObject({ outcome: 'finished', lines: 25, leftOut: {} });
    expect(report.counts.accepted).toEqual({ chunks: 3, callees: 25 });
    expect(calledBy(engine).sort()).toEqual(numbers(25).map((number) => number.replace('+', '00')));
    const rows = await rowsOf(ledger);
    expect(rows.map(({ line }) => line)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
    for (const { callee, id } of rows) {
      const task = engine.created.find(({ params }) => (params['Callees'] as string[]).includes(callee))!;
      expect(id).toBe(String(task.id));
    }
    const states = events.flatMap((event) =>
      event.type === 'chunk' ? [[event.chunk, event.state.state]] : [],
    );
    for (const chunk of [1, 2, 3])
      expect(states.filter(([one]) => one === chunk)).toEqual([
        [chunk, 'sending'],
        [chunk, 'accepted'],
      ]);
  });

  test('puts a marker behind the name, which no other ledger has: also not one of the same list', async () => {
    const names: unknown[][] = [];
    for (const _ of [1, 2]) {
      const { engine, client, ledger } = await setUp();
      const { report } = await runAll({ ...common, client, ledger, input: numbers(11), concurrency: 1 });
      names.push(engine.created.map(({ params }) => params['Name']));
      for (const [index, name] of names.at(-1)!.entries())
        expect(name).toMatch(new RegExp(`^Spring \\[tccc-${report.job}-${index + 1}-[0-9a-f]{8}\\]$`));
    }
    expect(new Set(names.flat()).size).toBe(4);
  });

  test('gives each number its own UUI and variables, and no one else’s', async () => {
    const { engine, client, ledger } = await setUp();
    const input = [
      { Callee: '+8613800000000', UUI: 'a', Variables: [{ Key: 'name', Value: '李雷' }] },
      { Callee: '+8613800000001' },
    ];
    await runAll({ ...common, client, ledger, input });
    expect(engine.created[0]!.params['CalleeAttributes']).toEqual([
      { Callee: '008613800000000', UUI: 'a', Variables: [{ Key: 'name', Value: '李雷' }] },
    ]);
  });

  test('of campaigns writes E.164, and passes attributes that the pages have only later', async () => {
    const { engine, client, ledger } = await setUp();
    const input = [{ Callee: '008613800000000', UUI: 'a' }];
    const forCampaign = { action: 'CreatePredictiveDialingCampaign', params: campaign } as const;
    const { report } = await runAll({ ...common, template: forCampaign, client, ledger, input });
    expect(report.counts.accepted.callees).toBe(1);
    expect(engine.created[0]!.params).toMatchObject({
      Callees: ['+8613800000000'],
      CalleeAttributes: [{ Callee: '+8613800000000', UUI: 'a' }],
    });
  });

  test('keeps each request below the bytes that are allowed', async () => {
    const { engine, client, ledger } = await setUp();
    const { report } = await runAll({
      ...common,
      chunkSize: 1_000,
      chunkBytes: 1_500,
      client,
      ledger,
      input: numbers(200),
    });
    expect(report.counts.accepted.callees).toBe(200);
    const sizes = engine.created.map(({ params }) => Buffer.byteLength(JSON.stringify(params)));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1_500);
    expect(Math.max(...sizes)).toBeGreaterThan(1_400);
  });

  test('with a wrong template names the fault, and neither sends nor leaves a ledger', async () => {
    const { engine, client, ledger } = await setUp();
    const wrong = { ...template, params: { ...template.params, Tries: 9 } } as never;
    await expect(
      runBulk({ ...common, template: wrong, client, ledger, input: numbers(1) }).report,
    ).rejects.toMatchObject({
      code: 'InvalidTemplate',
      message: expect.stringContaining('Tries') as string,
    });
    await expect(bulkStatus(ledger)).rejects.toMatchObject({ code: 'LedgerNotFound' });
    expect(engine.journal.size).toBe(0);
  });

  test('that nobody watches keeps no events, and one that fails tells whoever does', async () => {
    const { client, ledger } = await setUp();
    const run = runBulk({ ...common, client, ledger, input: 'missing.csv' });
    await expect(run.report).rejects.toSatisfy(isBulkError);
    await expect(run.report).rejects.toMatchObject({ code: 'InvalidInput' });
    expect(isBulkError(new Error('InvalidInput'))).toBe(false);
    const watched = async () => {
      for await (const _ of runBulk({ ...common, client, ledger, input: 'missing.csv' }));
    };
    await expect(watched()).rejects.toMatchObject({ code: 'InvalidInput' });
  });

  test('that two watch tells both everything', async () => {
    const { client, ledger } = await setUp();
    const run = runBulk({ ...common, client, ledger, input: numbers(40) });
    const watched = async () => {
      const events: BulkEvent[] = [];
      for await (const event of run) events.push(event);
      return events;
    };
    const leaving = (async () => {
      for await (const event of run) if (event.type === 'chunk') return event.chunk;
      return undefined;
    })();
    const [one, other] = await Promise.all([watched(), watched(), leaving]);
    expect(one.filter(({ type }) => type === 'chunk')).toHaveLength(8);
    expect(other).toEqual(one);
  });

  /** Gives one item, and then keeps everybody waiting. */
  function stuck<Item>(first: Item) {
    let reach = () => {};
    const reached = new Promise<void>((resolve) => (reach = resolve));
    async function* items(): AsyncGenerator<Item> {
      yield first;
      reach();
      await new Promise(() => {});
    }
    return { items: items(), reached };
  }

  test.each(['list', 'stream', 'do-not-call list'])(
    'that is stopped while a %s keeps it waiting ends, and leaves nothing behind',
    async (what) => {
      const { engine, client, folder, ledger } = await setUp();
      const [texts, bytes] = [stuck('+8613800000001'), stuck(Buffer.from('Callee\n+8613800000001\n'))];
      const given = {
        list: { input: texts.items },
        stream: { input: { from: bytes.items } },
        'do-not-call list': { input: numbers(5), doNotCall: texts.items },
      }[what]!;
      const stop = new AbortController();
      const { report } = runBulk({ ...common, client, ledger, signal: stop.signal, ...given });
      await Promise.race([texts.reached, bytes.reached]);
      stop.abort();
      await expect(report).rejects.toMatchObject({ code: 'Stopped' });
      expect(engine.journal.size).toBe(0);
      expect(await readdir(folder)).toEqual([]);
    },
  );

  test('that goes on, and is stopped while the opt-outs keep it waiting, gives the ledger back', async () => {
    const { client, ledger } = await setUp();
    await planBulk({ ...common, client, ledger, input: numbers(5) });
    const { items, reached } = stuck('+8613800000001');
    const stop = new AbortController();
    const { report } = resumeBulk({ client, ledger, doNotCall: items, signal: stop.signal });
    await reached;
    stop.abort();
    await expect(report).rejects.toMatchObject({ code: 'Stopped' });
    expect((await resumeBulk({ client, ledger }).report).counts.accepted.callees).toBe(5);
  });
});

test('a chunk that waits for its turn is planned still, so that a crash leaves unknown only what was sent', async () => {
  const { engine, ledger } = await setUp();
  const clock = new FakeClock(Date.now());
  const client = clientOf(engine, { clock, pacing: {} });
  const options = { ...common, client, ledger, chunkSize: 1, input: numbers(25) };
  const { report } = runBulk(options);
  // 20 in a window, and all of them are answered.
  await eventually(async () =>
    expect((await bulkStatus(ledger)).counts).toMatchObject({
      accepted: { chunks: 20 },
      sending: { chunks: 0 },
      planned: { chunks: 5 },
    }),
  );
  await clock.advance(1_000);
  expect((await report).counts.accepted.chunks).toBe(25);
  expect(engine.createdCount).toBe(25);
});

describe('a run ends early', () => {
  test.each<[string, BulkTemplate]>([
    ['NotAfter', { ...template, params: { ...template.params, NotAfter: 1_002 } } as never],
    ['EndTime', { action: 'CreatePredictiveDialingCampaign', params: { ...campaign, EndTime: 1_002 } }],
  ])('once its window of time, which ends with %s, has passed', async (end, until) => {
    const { engine, client, ledger, clock } = await setUp();
    engine.faults.add({ fault: 'rate-limited', strikes: 'before', nth: [2, 3, 4, 5, 6, 7] });
    const { report } = await runAll({
      ...common,
      template: until,
      client,
      ledger,
      clock,
      input: numbers(30),
      concurrency: 1,
    });
    expect(report).toMatchObject({
      stop: { reason: 'window-passed', message: `${end} has passed: nobody would be called any more.` },
      counts: { accepted: { chunks: 1 }, planned: { chunks: 2 } },
    });
  });

  test('but not if all was sent when its window of time passed', async () => {
    const { client, ledger, clock } = await setUp();
    const until = { ...template, params: { ...template.params, NotAfter: 1_002 } } as BulkTemplate;
    const given = { ...common, template: until, client, ledger, clock };
    expect((await runAll({ ...given, input: numbers(20) })).report.outcome).toBe('finished');
    clock.at += 3_600_000;
    const again = await resumeBulk({ client, ledger, clock, settleWithinMs: false }).report;
    expect(again).toMatchObject({ outcome: 'finished', counts: { accepted: { chunks: 2 } } });
  });

  test('but not if all was sent when it is stopped', async () => {
    const { client, ledger } = await setUp();
    const controller = new AbortController();
    const run = runBulk({ ...common, client, ledger, input: numbers(20), signal: controller.signal });
    for await (const event of run)
      if (event.type === 'chunk' && event.counts.accepted.chunks === 2) controller.abort();
    expect(await run.report).toMatchObject({ outcome: 'finished', counts: { accepted: { chunks: 2 } } });
  });

  test('when it is stopped: what is in flight is finished, and another goes on', async () => {
    const { engine, client, ledger } = await setUp();
    const controller = new AbortController();
    let accepted = 0;
    const onStep = (message: unknown) => {
      if ((message as { step: string }).step === 'accepted: on disk' && ++accepted === 2) controller.abort();
    };
    subscribe(STEP_CHANNEL, onStep);
    const { signal } = controller;
    const { stop, counts } = await runBulk({
      ...common,
      client,
      ledger,
      input: numbers(200),
      concurrency: 4,
      signal,
    }).report;
    unsubscribe(STEP_CHANNEL, onStep);
    expect(stop).toMatchObject({ reason: 'stopped' });
    expect([counts.sending.chunks, counts.unknown.chunks]).toEqual([0, 0]);
    expect(counts.planned.chunks).toBeGreaterThan(10);
    const end = await resumeBulk({ client, ledger, settleWithinMs: false }).report;
    expect(end.counts.accepted.callees).toBe(200);
    expect(engine.calledMoreThanOnce.size).toBe(0);
  });
});

describe('another run on the same ledger is refused', () => {
  test.each([
    ['the template', { template: { ...template, params: { ...template.params, Name: 'Summer' } } as never }],
    ['the size of chunks', { chunkSize: 11 }],
    ['the list', { input: [...numbers(19), `+${numberOf(99)}`] }],
    ['the do-not-call list', { doNotCall: [`+${numberOf(3)}`] }],
    ['the name', { name: 'other' }],
  ])('%s has changed', async (what, change) => {
    const { engine, client, ledger } = await setUp();
    const options = { ...common, client, ledger, input: numbers(20) };
    await runAll(options);
    await expect(runBulk({ ...options, ...change }).report).rejects.toMatchObject({
      code: 'OtherRun',
      message: expect.stringContaining(`${what} has changed`) as string,
    });
    expect(engine.createdCount).toBe(2);
  });
});
