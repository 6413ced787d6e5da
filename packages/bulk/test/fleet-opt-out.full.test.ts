import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STEP_CHANNEL } from '../src/index.js';
import { fleetReport, joinFleet, optOutFleet, planFleet, resolveFleet } from '../src/fleet.js';
import { PostgresLedgers } from '../src/postgres.js';
import type { ReportRow } from '../src/index.js';
import type { TestServer } from './servers.js';
import { hasServers, startPostgres } from './servers.js';
import {
  atEnd,
  calledBy,
  numberOf,
  numbers,
  seededRandom,
  setUp,
  template,
  temporaryFolder,
} from './support.js';

describe.skipIf(!hasServers('postgresql'))('opted out of a run of a fleet', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  let schemas = 0;
  async function planned(count: number) {
    const all = await setUp({ rateLimit: 'off' });
    const ledgers = new PostgresLedgers({
      connection: { connectionString: server.url },
      schema: `opt_out_${schemas++}`,
    });
    atEnd(() => ledgers.close());
    const { client, clock } = all;
    const { run } = await planFleet({ template, chunkSize: 5, ledgers, client, input: numbers(count) });
    const join = () => joinFleet({ ledgers, run, client, clock, settleWithinMs: false, concurrency: 3 });
    const report = async () => {
      const rows: ReportRow[] = [];
      for await (const row of fleetReport(ledgers, run)) rows.push(row);
      return rows;
    };
    return { ...all, ledgers, run, join, report };
  }

  const written = (index: number) => `00${numberOf(index)}`;

  test('before anybody sends: nobody on the list is called, and an empty chunk is not sent', async () => {
    const { engine, ledgers, run, join, report } = await planned(20);
    const list = [...numbers(20).slice(5, 10), `+${numberOf(12)}`, `+${numberOf(99)}`];
    expect(await optOutFleet(ledgers, run, list)).toEqual({ numbers: 7, leftOut: 6, late: 0 });
    const end = await join().report;
    expect(end).toMatchObject({
      outcome: 'finished',
      leftOut: { 'do-not-call': 6 },
      counts: { planned: { chunks: 0 }, accepted: { chunks: 3, callees: 14 } },
    });
    expect(calledBy(engine)).toHaveLength(14);
    expect((await report())[12]).toEqual({
      line: 13,
      callee: written(12),
      state: 'left-out',
      reason: 'do-not-call',
      chunk: 3,
    });
  });

  test('a longer do-not-call list makes no second run of the same list, unless it has another name', async () => {
    const { engine, client, ledgers, run, join } = await planned(10);
    await join().report;
    const again = { template, chunkSize: 5, ledgers, client, input: numbers(10), doNotCall: numbers(1) };
    await expect(planFleet(again)).rejects.toMatchObject({
      code: 'OtherRun',
      message: expect.stringContaining(`Run ${run} has the same list`) as string,
    });
    await expect(planFleet({ ...again, doNotCall: [], chunkSize: 7 })).rejects.toMatchObject({
      code: 'OtherRun',
    });
    expect(await planFleet({ template, chunkSize: 5, ledgers, client, input: numbers(10) })).toEqual({
      run,
      isNew: false,
    });
    expect(calledBy(engine)).toHaveLength(10);
    expect(await planFleet({ ...again, name: 'once more' })).toMatchObject({ isNew: true });
  });

  test('neither does another template, such as one with a new NotBefore', async () => {
    const { client, ledgers, run } = await planned(10);
    const params = { ...template.params, NotBefore: 1_800_000_060 };
    const changed = { ...template, params } as typeof template;
    const again = { template: changed, chunkSize: 5, ledgers, client, input: numbers(10) };
    await expect(planFleet(again)).rejects.toMatchObject({
      code: 'OtherRun',
      message: expect.stringMatching(
        new RegExp(`Run ${run} has the same list .* the template has changed .* another name`),
      ) as string,
    });
    const named = { ...again, name: 'the second day' };
    expect(await planFleet(named)).toMatchObject({ isNew: true });
    expect(await planFleet(named)).toMatchObject({ isNew: false });
    await expect(planFleet({ ...named, template })).rejects.toMatchObject({ code: 'OtherRun' });
    expect(await planFleet({ ...again, input: numbers(11) })).toMatchObject({ isNew: true });
  });

  test('neither does a file that was saved again, with other bytes and the same numbers', async () => {
    const { client, ledgers } = await planned(1);
    const input = join(await temporaryFolder(), 'list.csv');
    const given = { template, chunkSize: 5, ledgers, client, input };
    const save = (end: string, count = 12) => writeFile(input, ['Callee', ...numbers(count)].join(end));
    await save('\n');
    const { run } = await planFleet(given);
    await save('\r\n');
    await expect(planFleet(given)).rejects.toMatchObject({
      code: 'OtherRun',
      message: expect.stringMatching(
        new RegExp(`Run ${run} has the same list .* the file has changed`),
      ) as string,
    });
    expect(await planFleet({ ...given, name: 'once more' })).toMatchObject({ isNew: true });
    await save('\n', 13);
    expect(await planFleet(given)).toMatchObject({ isNew: true });
  });

  test('what was sent already is known as opted out, too', async () => {
    const { ledgers, run, join, report } = await planned(10);
    await join().report;
    expect(await optOutFleet(ledgers, run, [`+${numberOf(3)}`])).toEqual({ numbers: 1, leftOut: 0, late: 1 });
    const rows = await report();
    expect(rows[3]).toMatchObject({ state: 'accepted', optedOut: true });
    expect(rows.filter(({ optedOut }) => optedOut)).toHaveLength(1);
  });

  test('what is sent again on a person’s word is sent without them', async () => {
    const { engine, ledgers, run, join } = await planned(10);
    engine.faults.add({ fault: 'internal-error', action: 'CreateAutoCalloutTask', strikes: 'before' });
    await join().report;
    engine.faults.clear();
    const list = [`+${numberOf(0)}`, `+${numberOf(7)}`];
    // They may have been called, for all that is known.
    expect(await optOutFleet(ledgers, run, list)).toEqual({ numbers: 2, leftOut: 0, late: 2 });
    await resolveFleet(ledgers, run, [1, 2], 'send-again');
    expect((await join().report).counts.accepted.callees).toBe(8);
    expect(calledBy(engine)).not.toContain(written(0));
  });

  test.each([1, 2, 3, 4, 5, 6])(
    'while processes send: nobody whose chunk is claimed later, seed %i',
    async (seed) => {
      const random = seededRandom(seed);
      const { engine, ledgers, run, join, report } = await planned(150);
      const list = numbers(150).filter(() => random() < 0.3);
      const when = 1 + Math.floor(random() * 20);
      let claims = 0;
      let optingOut: Promise<unknown> | undefined;
      /** The claims that began before the opt-out was through. */
      let before = Infinity;
      const onStep = (message: unknown) => {
        if ((message as { step: string }).step !== 'sending: before the database') return;
        claims++;
        if (claims >= when)
          optingOut ??= optOutFleet(ledgers, run, list).then((result) => {
            before = Math.min(before, claims);
            return result;
          });
      };
      subscribe(STEP_CHANNEL, onStep);
      await Promise.all([join().report, join().report]);
      unsubscribe(STEP_CHANNEL, onStep);
      const { leftOut, late } = (await optingOut) as { leftOut: number; late: number };
      expect(leftOut + late).toBe(list.length);
      const optedOut = new Set(list.map((number) => number.replace('+', '00')));
      const later = new Set(
        numbers(150)
          .slice(before * 5)
          .map((number) => number.replace('+', '00')),
      );
      expect(calledBy(engine).filter((number) => optedOut.has(number) && later.has(number))).toEqual([]);
      expect(calledBy(engine)).toHaveLength(150 - leftOut);
      expect((await report()).filter(({ state }) => state === 'left-out')).toHaveLength(leftOut);
    },
    30_000,
  );
});
