import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fleetReport, joinFleet, planFleet, settleFleet } from '../src/fleet.js';
import type { Clock } from '../src/clock.js';
import { systemClock } from '../src/clock.js';
import type { PostgresLedgersOptions } from '../src/postgres.js';
import { PostgresLedgers } from '../src/postgres.js';
import type { TestServer } from './servers.js';
import { hasServers, startPostgres } from './servers.js';
import { atEnd, calledBy, mockClient, numbers, template } from './support.js';

let schemas = 0;

describe.skipIf(!hasServers('postgresql'))('a database that loses a run', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  async function sql(text: string): Promise<void> {
    const client = new pg.Client(server.url);
    await client.connect();
    await client.query(text).finally(() => client.end());
  }

  async function plan(more: Partial<PostgresLedgersOptions> = {}) {
    const { engine, client } = mockClient({ rateLimit: 'off' });
    const schema = `lost_${schemas++}`;
    // Of one connection, what is asked later is answered later.
    const connection = { connectionString: server.url, max: 1 };
    const ledgers = new PostgresLedgers({ connection, schema, ...more });
    atEnd(() => ledgers.close());
    const { run } = await planFleet({ ledgers, client, input: numbers(60), template, chunkSize: 2 });
    return { engine, client, schema, ledgers, run };
  }

  type Run = Awaited<ReturnType<typeof plan>>;

  /** Joins a run, and does something to the database once so many chunks were accepted; also while requests are on their way. */
  function join({ ledgers, run, client }: Run, concurrency: number, at: Record<number, () => Promise<void>>) {
    let accepted = 0;
    const events = async () => {
      const joined = joinFleet({ ledgers, run, client, concurrency, settleWithinMs: false });
      joined.report.catch(() => {});
      for await (const event of joined)
        if (event.type === 'chunk' && event.state.state === 'accepted') await at[++accepted]?.();
      return joined.report;
    };
    return events();
  }

  test.each([1, 4])('deleted under a process with %i requests at a time: it says so', async (concurrency) => {
    const all = await plan();
    const remove = () => sql(`delete from ${all.schema}.runs`);
    await expect(join(all, concurrency, { 3: remove })).rejects.toMatchObject({
      code: 'LedgerNotFound',
      message: expect.stringMatching(/deleted/),
    });
    expect(all.engine.calledMoreThanOnce).toEqual(new Map());
  });

  /** Signs of life that are given when the test says so. */
  function beating() {
    const beats: (() => void)[] = [];
    const schedule: Clock['schedule'] = (callback, ms, isBackground) => {
      if (isBackground) beats.push(callback);
      return isBackground ? () => {} : systemClock.schedule(callback, ms);
    };
    return { beats, clock: { ...systemClock, schedule } };
  }

  test('deleted, and a sign of life later, a ledger still says what has happened', async () => {
    const { beats, clock } = beating();
    const { ledgers, schema, run } = await plan({ clock });
    const ledger = await ledgers.open(run);
    const chunk = (await ledger.claim())!;
    await sql(`delete from ${schema}.runs`);
    for (const beat of beats.splice(0)) beat();
    await expect(ledger.stop()).rejects.toMatchObject({ code: 'LedgerNotFound' });
    await expect(ledger.record(chunk, { state: 'accepted', id: '1' }, 'run')).rejects.toMatchObject({
      code: 'LedgerNotFound',
    });
    await ledger.close();
  });

  test('who has locked what a dead process was sending holds up nobody', async () => {
    const { beats, clock } = beating();
    const connection = { connectionString: server.url, max: 1, options: '-c lock_timeout=20' };
    const { ledgers, schema, run } = await plan({ clock, connection, patienceMs: 0 });
    const ledger = await ledgers.open(run);
    await ledger.claim();
    const dead = `from ${schema}.chunks where chunk = 30 for update`;
    await sql(`update ${schema}.chunks set state = 'sending', changed = 'epoch' where chunk = 30`);
    const other = new pg.Client(server.url);
    await other.connect();
    atEnd(() => other.end());
    await other.query(`begin; select ${dead}`);
    for (const beat of beats.splice(0)) beat();
    // On the one connection, what is between two claims comes between them.
    for (const chunk of [2, 3, 4]) expect(await ledger.claim()).toMatchObject({ chunk });
    expect(await ledger.counts()).toMatchObject({ sending: { chunks: 5 } });
    await other.query('rollback');
    for (const beat of beats.splice(0)) beat();
    for (const chunk of [5, 6, 7]) expect(await ledger.claim()).toMatchObject({ chunk });
    expect(await ledger.counts()).toMatchObject({ sending: { chunks: 7 }, unknown: { chunks: 1 } });
    await ledger.close();
  });

  test.each([1, 4])(
    'set back under processes with %i requests at a time, as by a replica that lagged: nothing is sent again',
    async (concurrency) => {
      const all = await plan();
      const { engine, client, schema, ledgers, run } = all;
      const keep = () => sql(`create table ${schema}.kept as select * from ${schema}.chunks`);
      const setBack = () =>
        sql(`begin; lock table ${schema}.chunks; delete from ${schema}.chunks;
          insert into ${schema}.chunks select * from ${schema}.kept; commit`);
      const damaged = { code: 'LedgerDamaged', message: expect.stringMatching(/fail-over/) };
      await expect(join(all, concurrency, { 3: keep, 12: setBack })).rejects.toMatchObject(damaged);
      const called = calledBy(engine).length;
      // Nor by others.
      expect(await joinFleet({ ledgers, run, client }).report).toMatchObject({
        outcome: 'stopped',
        stop: damaged,
      });
      expect(calledBy(engine)).toHaveLength(called);
      expect(engine.calledMoreThanOnce).toEqual(new Map());
    },
  );

  test('a process that has seen a chunk accepted notices when the database has lost it', async () => {
    const { engine, client, schema, ledgers, run } = await plan();
    const watcher = await ledgers.open(run);
    await joinFleet({ ledgers, run, client, settleWithinMs: false }).report;
    expect(await watcher.counts()).toMatchObject({ accepted: { chunks: 30 } });
    await sql(`update ${schema}.chunks set state = 'planned', revision = 0 where chunk = 30`);
    await expect(watcher.counts()).rejects.toMatchObject({ code: 'LedgerDamaged' });
    await watcher.close();
    expect(await settleFleet({ ledgers, run, client })).toMatchObject({ stop: { code: 'LedgerDamaged' } });
    const states = [];
    for await (const { state } of fleetReport(ledgers, run)) states.push(state);
    expect(states.filter((state) => state === 'planned')).toHaveLength(2);
    expect(engine.calledMoreThanOnce).toEqual(new Map());
  });

  test('nothing is taken for lost that a copy which lags does not have yet', async () => {
    /** What only reads goes to the copy, as some poolers have it. */
    class ByPooler extends pg.Client {
      override query(...[text, ...more]: unknown[]): never {
        const isRead = typeof text === 'string' && /^\s*select (?!set_config)/.test(text);
        const to = isRead ? text.replaceAll(/(?<=from "lost_\d+"\.)(?=chunks|runs)/g, 'copied_') : text;
        return super.query(...([to, ...more] as Parameters<pg.Client['query']>)) as never;
      }
    }
    const { schema, run } = await plan();
    for (const table of ['chunks', 'runs'])
      await sql(`create table ${schema}.copied_${table} as select * from ${schema}.${table}`);
    const connection = { connectionString: server.url, Client: ByPooler };
    const ledgers = new PostgresLedgers({ connection, schema });
    atEnd(() => ledgers.close());
    const ledger = await ledgers.open(run);
    const chunk = (await ledger.claim())!;
    const accepted = { state: 'accepted', id: '1' } as const;
    await ledger.record(chunk, accepted, 'run');
    expect(await ledger.counts()).toMatchObject({ accepted: { chunks: 0 } });
    await expect(ledger.record(chunk, accepted, 'run')).rejects.toMatchObject({ code: 'ChunkChanged' });
    // There are copies that lag even more.
    await sql(`truncate ${schema}.copied_runs, ${schema}.copied_chunks`);
    await expect(ledger.record(chunk, accepted, 'run')).rejects.toMatchObject({ code: 'ChunkChanged' });
    expect(await ledger.stop()).toBeUndefined();
    await ledger.close();
  });
});
