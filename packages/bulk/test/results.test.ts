import { appendFile, readFile, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '@tccc/mocks';
import { describe, expect, test } from 'vitest';
import { bulkResults, optOutBulk, resolveBulk, resumeBulk, runBulk } from '../src/index.js';
import type { ResultRow } from '../src/index.js';
import { retryCheck } from '../src/results/retry.js';
import { resultsPage } from '../src/results/page.js';
import { Summary } from '../src/results/summary.js';
import { NOW, callMock, callTemplate, rowsFrom, sentList } from './results-support.js';
import { common, temporaryFolder } from './support.js';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `139${10_000_000 + index}`);

describe('the results of a list', () => {
  test('have each line once and in order, with what the mock knows of it', async () => {
    const list = [...numbers(35), 'no number', numbers(1)[0]!, ...numbers(60).slice(35)];
    const { client, engine, ledger, time } = await sentList(list);
    time.s += 5_000;
    const rows = await rowsFrom(bulkResults({ client, ledger }));
    expect(rows.map(({ line }) => line)).toEqual(list.map((_, index) => index + 1));
    expect(rows[35]).toMatchObject({ state: 'left-out', reason: 'not-a-number', isFinal: true });
    expect(rows[36]).toMatchObject({ state: 'left-out', reason: 'duplicate' });
    const states = new Map<string, number>();
    for (const { fields } of engine.entities) {
      const TaskId = Number(fields['TaskId']);
      const { Callees } = await client.describeAutoCalloutTask({ SdkAppId: 1_400_000_000, TaskId });
      for (const { Callee, State } of Callees) states.set(Callee, State);
    }
    const called = rows.filter(({ state }) => state !== 'left-out');
    expect(called).toHaveLength(60);
    for (const row of called) {
      expect(row.state).toBe(states.get(row.callee) === 1 ? 'reached' : 'not-reached');
      expect(row.calls.length).toBeGreaterThan(0);
      expect(row.group).toBeDefined();
    }
  });

  test('ask for what is final only once, also after a crash in the middle of a line', async () => {
    const { client, engine, ledger, time } = await sentList(numbers(60));
    time.s += 5_000;
    const first = await rowsFrom(bulkResults({ client, ledger }));
    engine.resetHistory();
    expect(await rowsFrom(bulkResults({ client, ledger }))).toEqual(first);
    expect(engine.calls('DescribeTelCdr')).toEqual([]);
    const kept = `${ledger}.results`;
    expect((await stat(kept)).mode & 0o077).toBe(0);
    expect(await readFile(kept, 'utf8'), 'the plan has the numbers').not.toMatch(/139\d{8}/);
    await truncate(kept, (await stat(kept)).size - 7);
    expect(await rowsFrom(bulkResults({ client, ledger }))).toEqual(first);
    await appendFile(kept, '{"chunk":1,"id":"x","rows":');
    expect(await rowsFrom(bulkResults({ client, ledger }))).toEqual(first);
  });

  test('are not those of an earlier run whose file is still there', async () => {
    const earlier = await sentList(numbers(20), { calls: { shares: { busy: 1 } } });
    const states = async ({ client, ledger, time }: Omit<typeof earlier, 'engine'>) => {
      time.s += 5_000;
      return new Set((await rowsFrom(bulkResults({ client, ledger }))).map(({ state }) => state));
    };
    expect(await states(earlier)).toEqual(new Set(['not-reached']));
    for (const path of [earlier.ledger, `${earlier.ledger}.plan`]) await rm(path);
    const given = { ledger: earlier.ledger };
    const later = await sentList(numbers(20), { calls: { shares: { ok: 1 } } }, given);
    expect(later.engine.entities[0]!.id, 'of the service, or of another one').toBe(
      earlier.engine.entities[0]!.id,
    );
    expect(await states({ ...later, ...given })).toEqual(new Set(['reached']));
  });

  test('go on behind an end in the middle, and while calls go on', async () => {
    const { client, ledger, time } = await sentList(numbers(40));
    time.s += 1;
    const early = await rowsFrom(bulkResults({ client, ledger }));
    expect(early.every(({ isFinal }) => !isFinal)).toBe(true);
    time.s += 5_000;
    for await (const row of bulkResults({ client, ledger })) if (row.line === 15) break;
    const late = await rowsFrom(bulkResults({ client, ledger }));
    expect(late.every(({ isFinal }) => isFinal)).toBe(true);
  });

  test('say of a task whose id fits no number that nothing is known, and tell the others', async () => {
    const { client, engine, time } = callMock({ calls: { shares: { ok: 1 } } });
    engine.faults.add({ fault: 'unsafe-id', action: 'CreateAutoCalloutTask', nth: 2 });
    const ledger = join(await temporaryFolder(), 'run.ledger');
    const given = { ...common, template: callTemplate(), client, ledger, concurrency: 1 };
    await runBulk({ ...given, input: numbers(30) }).report;
    time.s += 5_000;
    const rows = await rowsFrom(bulkResults({ client, ledger }));
    for (const { chunk, state, reason, isFinal } of rows)
      expect([state, reason, isFinal]).toEqual(
        chunk === 2 ? ['unknown', 'unsafe-id', false] : ['reached', undefined, true],
      );
  });

  test('say of a task that is gone that nothing is known', async () => {
    const { client, engine, ledger, time } = await sentList(numbers(20));
    time.s += 5_000;
    engine.reset();
    const rows = await rowsFrom(bulkResults({ client, ledger }));
    expect(rows.map(({ state, reason, isFinal }) => [state, reason, isFinal])).toEqual(
      rows.map(() => ['unknown', 'task-gone', false]),
    );
  });
});

describe('a list of numbers to call again', () => {
  const row = (more: Partial<ResultRow>): ResultRow =>
    ({
      line: 1,
      callee: '1',
      state: 'not-reached',
      isFinal: true,
      calls: [],
      talkSeconds: 0,
      ...more,
    }) as ResultRow;

  test('has what its reasons name, and nothing that was reached or is not certain', () => {
    const isWanted = retryCheck(['busy', '204', 'never-dialled']);
    expect(isWanted(row({ group: 'busy' }))).toBe(true);
    expect(isWanted(row({ group: 'unreachable', endStatus: 204 }))).toBe(true);
    expect(isWanted(row({ state: 'never-dialled' }))).toBe(true);
    expect(isWanted(row({ group: 'busy', isFinal: false }))).toBe(false);
    expect(isWanted(row({ group: 'busy', state: 'reached' }))).toBe(false);
    expect(isWanted(row({ group: 'bad-number', endName: 'numberNotExist', endStatus: 205 }))).toBe(false);
    expect(isWanted(row({ state: 'left-out', reason: 'do-not-call' }))).toBe(false);
    const unseen = new Set(['busy', 'bussy', '204']);
    const check = retryCheck([...unseen], (reason) => unseen.delete(reason));
    expect(check(row({ group: 'busy', endStatus: 204 }))).toBe(true);
    expect([...unseen]).toEqual(['bussy']);
    expect(retryCheck(['not-reached'])(row({ state: 'left-out', reason: 'do-not-call' }))).toBe(false);
    expect(retryCheck(['do-not-call'])(row({ state: 'left-out', reason: 'do-not-call' }))).toBe(true);
  });

  test('has nobody who asked not to be called, also if that was only after the call', async () => {
    const { client, ledger, time } = await sentList(numbers(20), { calls: { shares: { busy: 1 } } });
    await optOutBulk(ledger, [`+86${numbers(20)[3]!}`]);
    time.s += 5_000;
    const rows = await rowsFrom(bulkResults({ client, ledger }));
    const on = (...reasons: string[]) => rows.filter(retryCheck(reasons)).map(({ line }) => line);
    expect(on('busy', 'not-reached')).toEqual(rows.map(({ line }) => line).filter((line) => line !== 4));
    expect(on('do-not-call')).toEqual([4]);
    expect(rows[3]).toMatchObject({ state: 'not-reached', group: 'busy', optedOut: true });
    expect(await rowsFrom(bulkResults({ client, ledger })), 'what is kept says the same').toEqual(rows);
  });

  test('leaves out a chunk that was refused, since a person may have it sent again', async () => {
    const { client, engine, time } = callMock();
    const ledger = join(await temporaryFolder(), 'run.ledger');
    const mend = engine.respond('CreateAutoCalloutTask', () => {
      throw new Refusal('InvalidParameterValue', 'The IVR is gone.');
    });
    const given = { ...common, template: callTemplate(), client, ledger, concurrency: 1 };
    await runBulk({ ...given, input: numbers(20) }).report;
    const wanted = async (...reasons: string[]) =>
      (await rowsFrom(bulkResults({ client, ledger }))).filter(retryCheck(reasons)).length;
    expect(await wanted('not-sent', 'refused', 'InvalidParameterValue')).toBe(0);
    mend();
    await resolveBulk(ledger, [1], 'send-again');
    await resumeBulk({ client, ledger }).report;
    time.s += 5_000;
    const rows = await rowsFrom(bulkResults({ client, ledger }));
    expect(rows.filter(({ calls }) => calls.length === 0)).toEqual([]);
  });

  test.each([[[]], [['reached']], [['pending', 'busy']], [['unknown']], [['duplicate']], [['a b']]])(
    'refuses %j',
    (reasons) => {
      expect(() => retryCheck(reasons)).toThrow('Name the reasons');
    },
  );
});

test('a page needs nothing else, and what is in it is text', () => {
  const summary = new Summary();
  const rows: ResultRow[] = Array.from({ length: 1_000 }, (_, index) => ({
    line: index + 1,
    callee: '<script>•••1234',
    isFinal: true,
    talkSeconds: 10,
    ...(index % 3 === 0 ? { state: 'reached' as const } : { state: 'not-reached' as const, group: 'busy' }),
    calls: [
      { startedAt: NOW + index * 1_000, endedAt: NOW + index * 1_000 + 30, isAnswered: index % 3 === 0 },
    ],
  }));
  for (const row of rows) summary.add(row);
  expect(summary.value.times.length).toBeLessThanOrEqual(120);
  expect(summary.value.times.at(-1)).toMatchObject({ calls: 1_000, reached: 334 });
  const about = { title: 'a & b', madeAt: NOW, notAfter: NOW + 10, sample: rows.slice(0, 3) };
  const page = resultsPage(summary.value, about);
  expect(page).not.toMatch(/<script|src=|href=|https?:/);
  expect(page).toContain('&lt;script&gt;');
  expect(page).toContain('a &amp; b');
  expect(resultsPage(new Summary().value, { ...about, sample: [] })).toContain('No call has ended yet.');
});
