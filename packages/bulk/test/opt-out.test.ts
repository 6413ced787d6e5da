import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { link, mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { BulkEvent } from '../src/index.js';
import {
  FileLedger,
  STEP_CHANNEL,
  bulkStatus,
  isBulkError,
  optOutBulk,
  planBulk,
  resolveBulk,
  resumeBulk,
  runBulk,
} from '../src/index.js';
import { Inbox } from '../src/opt-out/inbox.js';
import { optOutWithin } from '../src/opt-out/opt-out.js';
import { NumberSet } from '../src/opt-out/number-set.js';
import {
  calledBy,
  common,
  numberOf,
  numbers,
  rowsOf,
  seededRandom,
  setUp,
  stoppedRun,
  template,
} from './support.js';

/** As a request has it. */
const written = (index: number) => `00${numberOf(index)}`;

async function resumed(options: Parameters<typeof resumeBulk>[0]) {
  const run = resumeBulk({ settleWithinMs: false, ...options });
  const events: BulkEvent[] = [];
  for await (const event of run) events.push(event);
  return { events, report: await run.report };
}

describe('opted out while a run is stopped', () => {
  test('a number is not called, however it is written, and the report says why', async () => {
    const { engine, client, ledger } = await stoppedRun();
    const list = join(ledger, '..', 'late.txt');
    // One that was on its way already, two that are planned, one that the run does not have.
    await writeFile(
      list,
      `# late\n+${numberOf(5)}\n0086 ${numberOf(12).slice(2)}\n${numberOf(59).slice(2)}\n+${numberOf(99)}\n`,
    );
    const { events, report } = await resumed({ client, ledger, doNotCall: list });
    expect(events[0]).toEqual({ type: 'opted-out', numbers: 4, leftOut: 2, late: 1 });
    expect(events[1]).toMatchObject({ type: 'planned', callees: 58, leftOut: { 'do-not-call': 2 } });
    expect(report).toMatchObject({
      outcome: 'finished',
      leftOut: { 'do-not-call': 2 },
      counts: { accepted: { chunks: 5, callees: 48 }, unknown: { callees: 10 } },
    });
    expect(calledBy(engine)).not.toContain(written(12));
    expect(calledBy(engine)).toHaveLength(48);
    const rows = await rowsOf(ledger);
    expect(rows.filter(({ state }) => state === 'left-out')).toEqual([
      { line: 13, callee: written(12), state: 'left-out', reason: 'do-not-call', chunk: 2 },
      { line: 60, callee: written(59), state: 'left-out', reason: 'do-not-call', chunk: 6 },
    ]);
    expect(rows[5]).toMatchObject({ state: 'unknown' });
    expect((await bulkStatus(ledger)).leftOut).toEqual({ 'do-not-call': 2 });
  });

  test.each([
    ['0 of an area code, and +', 'CN', '+86013800000012', '13800000012'],
    ['0 of an area code, and 00', 'CN', '0086013800000012', '+8613800000012'],
    ['code of the country for calls abroad', 'SG', '00114155550101', '+14155550101'],
    ['extension', 'CN', '01088888888 ext. 801', '010 88888888 ext. 801'],
  ])('a number that is sent as it was given, with its %s', async (_what, country, given, late) => {
    const { client, ledger } = await setUp();
    const asGiven = { ...template, numbers: { country, write: 'as-given', extensions: 'drop' } as const };
    await planBulk({ ...common, client, ledger, template: asGiven, input: [given] });
    expect(await optOutBulk(ledger, [late])).toEqual({ numbers: 1, leftOut: 1, late: 0 });
  });

  test('the ledger says who and why, and has no number; nothing else is left behind', async () => {
    const { ledger, folder } = await stoppedRun();
    expect(await optOutBulk(ledger, numbers(60).slice(20, 23))).toEqual({ numbers: 3, leftOut: 3, late: 0 });
    const text = await readFile(ledger, 'utf8');
    const line = text.split('\n').find((one) => one.includes('"leaveOut"'))!;
    expect(JSON.parse(line)).toMatchObject({
      chunk: 3,
      leaveOut: [21, 22, 23],
      reason: 'do-not-call',
      by: 'person',
      at: expect.any(String) as string,
    });
    expect(text).not.toContain('1380000');
    expect((await readdir(folder)).sort()).toEqual(['run.ledger', 'run.ledger.plan']);
  });

  test('a chunk that nobody is left in is never sent, and the run is finished without it', async () => {
    const { engine, client, ledger } = await stoppedRun();
    await optOutBulk(ledger, numbers(60).slice(10, 50));
    const { report } = await resumed({ client, ledger });
    expect(report).toMatchObject({
      outcome: 'finished',
      counts: { planned: { chunks: 0 }, accepted: { chunks: 1 } },
    });
    expect(calledBy(engine)).toEqual(
      numbers(60)
        .slice(50)
        .map((number) => number.replace('+', '00')),
    );
  });

  test('a phone of Argentina is opted out with its 9 and without', async () => {
    const { engine, client, ledger } = await setUp();
    const input = ['+541123456789', '+5491123456780', '+5491123456781'];
    await planBulk({ ...common, client, ledger, input });
    await resumed({ client, ledger, doNotCall: ['+5491123456789', '+541123456780'] });
    expect(calledBy(engine)).toEqual(['005491123456781']);
  });

  test('if nobody is left at all, there is nothing to send, and that is no success', async () => {
    const { engine, client, ledger } = await setUp();
    await planBulk({ ...common, client, ledger, input: [...numbers(3), 'x'] });
    const { events, report } = await resumed({ client, ledger, doNotCall: numbers(3) });
    expect(report).toMatchObject({
      outcome: 'stopped',
      stop: { reason: 'nothing-to-send', message: expect.stringContaining('do-not-call 3') },
      leftOut: { 'do-not-call': 3, 'not-a-number': 1 },
    });
    expect(events.at(-1)).toMatchObject({ type: 'stopped', reason: 'nothing-to-send' });
    expect((await resumed({ client, ledger })).report.outcome).toBe('stopped');
    expect(calledBy(engine)).toEqual([]);
  });

  test('what is sent again on a person’s word is sent without the numbers that were opted out meanwhile', async () => {
    const { engine, client, ledger } = await stoppedRun();
    expect(await optOutBulk(ledger, [`+${numberOf(3)}`])).toEqual({ numbers: 1, leftOut: 0, late: 1 });
    await resolveBulk(ledger, [1], 'send-again');
    await resumed({ client, ledger });
    expect(calledBy(engine)).toHaveLength(59);
    expect(calledBy(engine)).not.toContain(written(3));
    expect((await rowsOf(ledger))[3]).toMatchObject({ state: 'left-out', reason: 'do-not-call', chunk: 1 });
  });

  test('twice is as good as once', async () => {
    const { ledger } = await stoppedRun();
    const list = numbers(60).slice(20, 23);
    await optOutBulk(ledger, list);
    expect(await optOutBulk(ledger, [...list, ...list])).toEqual({ numbers: 3, leftOut: 3, late: 0 });
    expect((await bulkStatus(ledger)).leftOut).toEqual({ 'do-not-call': 3 });
  });

  test('a list with an entry that is no number is refused with its line, and changes nothing', async () => {
    const { engine, client, ledger } = await stoppedRun();
    const before = await readFile(ledger, 'utf8');
    await expect(optOutBulk(ledger, [`+${numberOf(20)}`, 'nobody'])).rejects.toMatchObject({
      code: 'InvalidInput',
      message: expect.stringContaining('Line 2') as string,
    });
    expect(await readFile(ledger, 'utf8')).toBe(before);
    const sent = engine.journal.size;
    await expect(resumeBulk({ client, ledger, doNotCall: ['nobody'] }).report).rejects.toMatchObject({
      code: 'InvalidInput',
    });
    expect(engine.journal.size).toBe(sent);
  });
});

describe('opted out while a run goes on', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'nobody is called whose chunk was claimed later: seed %i',
    async (seed) => {
      const random = seededRandom(seed);
      const { engine, client, ledger, clock } = await setUp({ rateLimit: 'off' });
      const list = numbers(200).filter(() => random() < 0.3);
      const when = 1 + Math.floor(random() * 15);
      let claims = 0;
      let optingOut: ReturnType<typeof optOutBulk> | undefined;
      /** The claims that began before the list was on disk. */
      let before = 0;
      const onStep = (message: unknown) => {
        const { step } = message as { step: string };
        if (step === 'sending: before the disk') claims++;
        if (step === 'opt-outs on disk') before = claims;
        if (step === 'sending: on disk' && claims >= when) optingOut ??= optOutBulk(ledger, list);
      };
      subscribe(STEP_CHANNEL, onStep);
      const options = { ...common, chunkSize: 5, concurrency: 3, client, ledger, clock };
      await runBulk({ ...options, input: numbers(200) }).report;
      // On a slow disk, the list may be there only after the run.
      const { leftOut, late, ...said } = await optingOut!;
      unsubscribe(STEP_CHANNEL, onStep);
      expect(said).toEqual({ numbers: list.length });
      expect(leftOut + late).toBe(list.length);
      // Chunks are claimed in their order.
      const claimedLater = new Set(list.map((number) => number.replace('+', '00')));
      for (const number of numbers(200).slice(0, before * 5)) claimedLater.delete(number.replace('+', '00'));
      expect(calledBy(engine).filter((number) => claimedLater.has(number))).toEqual([]);
      expect(calledBy(engine)).toHaveLength(200 - leftOut);
      expect((await rowsOf(ledger)).filter(({ state }) => state === 'left-out')).toHaveLength(leftOut);
    },
  );

  test('a list that a process has left on disk is applied by the next one before it claims anything', async () => {
    const { engine, client, ledger } = await stoppedRun();
    const inbox = new Inbox(ledger);
    await inbox.put(new NumberSet([Number(numberOf(12)), Number(numberOf(13))]));
    await mkdir(join(`${ledger}.opt-outs`, 'not-a-list'));
    expect((await stat(`${ledger}.opt-outs`)).mode & 0o077).toBe(0);
    for (const id of await inbox.ids())
      expect((await stat(join(`${ledger}.opt-outs`, id))).mode & 0o077).toBe(0);
    await resumed({ client, ledger });
    expect(calledBy(engine)).toHaveLength(48);
    expect(await inbox.ids()).toEqual([]);
  });

  test('a list that was changed on its way stops the run: nobody could say who must not be called', async () => {
    const { engine, client, ledger } = await stoppedRun();
    const inbox = new Inbox(ledger);
    const id = await inbox.put(new NumberSet([Number(numberOf(12))]));
    await writeFile(join(`${ledger}.opt-outs`, id), `${numberOf(12)}\n+861`);
    const sent = engine.journal.size;
    await expect(resumeBulk({ client, ledger }).report).rejects.toSatisfy(isBulkError);
    expect(engine.journal.size).toBe(sent);
  });

  test('a process that only holds the ledger lets the caller wait, and the list is on disk', async () => {
    const { engine, client, ledger } = await stoppedRun();
    const holder = await FileLedger.open(ledger);
    const optingOut = optOutBulk(ledger, [`+${numberOf(12)}`]);
    const inbox = new Inbox(ledger);
    while ((await inbox.ids()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await holder.close();
    expect(await optingOut).toEqual({ numbers: 1, leftOut: 1, late: 0 });
    await resumed({ client, ledger });
    expect(calledBy(engine)).toHaveLength(49);
  });

  test('by another name of the ledger than the one that the process has, the caller hears that nothing is applied', async () => {
    const { ledger, folder } = await stoppedRun();
    const holder = await FileLedger.open(ledger);
    const optingOut = () => optOutWithin(0, ledger, [`+${numberOf(12)}`]);
    await expect(optingOut()).rejects.toMatchObject({
      message: expect.stringContaining('applied before anything else is claimed') as string,
    });
    await link(ledger, join(folder, 'other.ledger'));
    await expect(optOutWithin(0, join(folder, 'other.ledger'), [`+${numberOf(13)}`])).rejects.toMatchObject({
      code: 'LedgerInUse',
      message: expect.stringContaining('are not applied') as string,
    });
    await holder.close();
  });
});

test('a set of numbers has what it was given, once', () => {
  const random = seededRandom(1);
  const keys = Array.from({ length: 1_000 }, () => Math.floor(random() * 2_000));
  const set = new NumberSet(keys);
  expect([...set]).toEqual([...new Set(keys)].sort((a, b) => a - b));
  for (let key = -1; key <= 2_001; key++) expect(set.has(key)).toBe(keys.includes(key));
  expect(new NumberSet([]).has(1)).toBe(false);
});
