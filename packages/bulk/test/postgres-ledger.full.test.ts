import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Job } from '../src/index.js';
import { systemClock } from '../src/clock.js';
import { PostgresLedgers } from '../src/postgres.js';
import type { PostgresLedger } from '../src/postgres/postgres-ledger.js';
import type { LedgerPlace } from './conformance.js';
import { describeLedger } from './conformance.js';
import type { TestServer } from './servers.js';
import { hasServers, startPostgres } from './servers.js';
import { atEnd, template } from './support.js';

let schemas = 0;

describe.skipIf(!hasServers('postgresql'))('a ledger in PostgreSQL', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  async function sql(text: string): Promise<pg.QueryResult> {
    const client = new pg.Client(server.url);
    await client.connect();
    try {
      return await client.query(text);
    } finally {
      await client.end();
    }
  }

  function makeLedgers(schema = `run_${schemas++}`) {
    const ledgers = new PostgresLedgers({
      connection: { connectionString: server.url },
      schema,
      patienceMs: 10_000,
    });
    atEnd(() => ledgers.close());
    return { ledgers, schema };
  }

  async function makePlace(): Promise<LedgerPlace> {
    const { ledgers, schema } = makeLedgers();
    return {
      create: (job, chunks) => ledgers.create({ job, chunks }),
      open: () => ledgers.open('abcdef01'),
      crash: async (ledger) => {
        (ledger as PostgresLedger).abandon();
        // As if the time had passed.
        await sql(`update ${schema}.workers set seen = seen - interval '1 minute';
          update ${schema}.chunks set changed = changed - interval '1 minute'`);
      },
    };
  }

  describeLedger('a ledger in PostgreSQL', makePlace);

  const job: Job = {
    id: 'abcdef01',
    input: 'sha',
    template,
    chunkSize: 1,
    chunkBytes: 1_000,
    lines: 2,
    callees: 2,
    leftOut: {},
  };
  const chunks = [1, 2].map((chunk) => ({
    chunk,
    from: chunk - 1,
    to: chunk,
    callees: 1,
    sha256: `hash${chunk}`,
    marker: `marker-${chunk}`,
  }));

  test('what a process sends that lives is not taken away by another that opens the ledger', async () => {
    const { ledgers } = makeLedgers();
    await ledgers.create({ job, chunks });
    const [one, other] = [await ledgers.open('abcdef01'), await ledgers.open('abcdef01')];
    const first = (await one.claim())!;
    expect((await other.claim())?.chunk).toBe(2);
    expect(await other.claim()).toBeUndefined();
    expect(await (await ledgers.open('abcdef01')).counts()).toMatchObject({ sending: { chunks: 2 } });
    expect(await one.record(first, { state: 'accepted', id: '7' }, 'run')).toMatchObject({ id: '7' });
  });

  test('is counted once at a time, for all who ask meanwhile, and never lacks what they have seen', async () => {
    const { ledgers } = makeLedgers();
    await ledgers.create({ job, chunks });
    const ledger = await ledgers.open('abcdef01');
    const query = vi.spyOn(pg.Pool.prototype, 'query');
    atEnd(async () => query.mockRestore());
    const sending = async () => (await ledger.counts()).sending.chunks;
    const [first, claimed] = [sending(), ledger.claim()];
    await claimed;
    const later = [sending(), sending(), sending(), sending()];
    expect(await Promise.all(later)).toEqual([1, 1, 1, 1]);
    expect([0, 1]).toContain(await first);
    await ledger.claim();
    expect(await sending()).toBe(2);
    const counted = query.mock.calls.filter(([text]) => String(text).includes('count(*)'));
    expect(counted).toHaveLength(3);
  });

  test('one of many leads; another takes its place if it dies, and nobody if it has ended', async () => {
    const { ledgers, schema } = makeLedgers();
    await ledgers.create({ job, chunks });
    const members = await Promise.all([1, 2, 3].map(() => ledgers.open('abcdef01')));
    const leaders = (mayBegin: boolean) => Promise.all(members.map((member) => member.lead(mayBegin)));
    const first = await leaders(true);
    expect([...first].sort()).toEqual(['other', 'other', 'self']);
    expect(await leaders(false)).toEqual(first);
    await sql(`update ${schema}.workers set seen = seen - interval '1 minute'`);
    const heir = members.find((_, index) => first[index] === 'other');
    expect(await heir!.lead(false)).toBe('self');
    await heir!.close();
    const last = members.find((member) => member !== heir);
    expect([await last!.lead(false), await last!.lead(true)]).toEqual(['nobody', 'self']);
  });

  test('a stop holds for all, and can be taken back', async () => {
    const { ledgers } = makeLedgers();
    await ledgers.create({ job, chunks });
    const [one, other] = [await ledgers.open('abcdef01'), await ledgers.open('abcdef01')];
    const stop = { reason: 'refused', code: 'Nope', message: 'No.' } as const;
    await one.setStop(stop);
    expect([await other.claim(), await other.stop()]).toEqual([undefined, stop]);
    await one.setStop(undefined);
    expect([(await other.claim())?.chunk, await other.stop()]).toEqual([1, undefined]);
  });

  test('a server that is restarted during a change is asked again, and the change is made once', async () => {
    const { ledgers } = makeLedgers();
    await ledgers.create({ job, chunks, rows: [Buffer.from('[1,1,"a"]\n'), Buffer.from('[2,1,"b"]\n')] });
    const ledger = await ledgers.open('abcdef01');
    const claimed = (await ledger.claim())!;
    await server.kill();
    const recording = ledger.record(claimed, { state: 'accepted', id: '7' }, 'run');
    const claiming = ledger.claim();
    await server.start();
    expect(await recording).toMatchObject({ state: 'accepted', revision: 2 });
    expect(await claiming).toMatchObject({ chunk: 2, revision: 1 });
    expect((await ledger.rows(claimed)).toString()).toBe('[1,1,"a"]\n');
  });

  test('a plan that took longer to write than a server is waited for is written again if its connection is lost', async () => {
    let passed = 0;
    const clock = { ...systemClock, monotonic: () => systemClock.monotonic() + passed };
    const schema = `run_${schemas++}`;
    const ledgers = new PostgresLedgers({
      connection: { connectionString: server.url },
      schema,
      patienceMs: 60_000,
      clock,
    });
    atEnd(() => ledgers.close());
    let passes = 0;
    async function* parts() {
      yield* [Buffer.from('a'), Buffer.from('b')];
      if (++passes > 1) return;
      passed += 120_000;
      await sql(
        `select pg_terminate_backend(pid) from pg_stat_activity where query like 'insert into "${schema}"%'`,
      );
    }
    await ledgers.create({ job, chunks, rows: { [Symbol.asyncIterator]: parts } });
    expect(passes).toBe(2);
    const ledger = await ledgers.open(job.id);
    expect(await ledger.counts()).toMatchObject({ planned: { chunks: 2 } });
    await ledger.close();
  });

  test('a run that a newer version has taken over gives nothing to those who have it open', async () => {
    const { ledgers, schema } = makeLedgers();
    await ledgers.create({ job, chunks });
    const ledger = await ledgers.open(job.id);
    expect(await ledger.claim()).toMatchObject({ chunk: 1 });
    await sql(`update ${schema}.runs set version = 3`);
    expect(await ledger.claim()).toBeUndefined();
    await expect(ledger.stop()).rejects.toMatchObject({ code: 'LedgerTooNew' });
    await ledger.close();
  });

  test('a run of a first version, which knows no opt-outs, is closed to that version once there are some', async () => {
    const { ledgers, schema } = makeLedgers();
    await ledgers.create({ job, chunks });
    await sql(`update ${schema}.runs set version = 1`);
    const version = async () => (await sql(`select version from ${schema}.runs`)).rows;
    const ledger = await ledgers.open(job.id);
    expect(await version()).toEqual([{ version: 1 }]);
    await ledger.leaveOut(1, [1], { reason: 'do-not-call', by: 'person' });
    expect(await version()).toEqual([{ version: 2 }]);
    await ledger.close();
  });

  test('a change whose response is lost is known again', async () => {
    const { ledgers } = makeLedgers();
    await ledgers.create({ job, chunks });
    const lossy = loseResponses();
    const ledger = await ledgers.open('abcdef01');
    const claimed = (await ledger.claim())!;
    expect(claimed).toMatchObject({ chunk: 1, revision: 1 });
    expect(await ledger.record(claimed, { state: 'accepted', id: '7' }, 'run')).toMatchObject({
      revision: 2,
    });
    expect((await ledger.claim())?.chunk).toBe(2);
    expect(lossy.lost).toBeGreaterThan(2);
  });

  test('what is not there, too new, or cannot be reached is refused with the reason', async () => {
    const { ledgers, schema } = makeLedgers();
    await expect(ledgers.open('abcdef01')).rejects.toMatchObject({ code: 'LedgerNotFound' });
    await ledgers.create({ job, chunks });
    await sql(`update ${schema}.runs set version = 99`);
    await expect(ledgers.open('abcdef01')).rejects.toMatchObject({ code: 'LedgerTooNew' });
    const connection = { host: '127.0.0.1', port: 1, user: 'nobody' };
    const away = new PostgresLedgers({ connection, patienceMs: 0 });
    atEnd(() => away.close());
    await expect(away.open('abcdef01')).rejects.toMatchObject({ code: 'LedgerUnusable' });
    for (const wrong of [{ schema: 'a"b' }, { leaseMs: 1 }, { patienceMs: -1 }])
      expect(() => new PostgresLedgers({ connection, ...wrong })).toThrow(/must be/);
  });
});

/** Of every statement that changes something, the first response is lost after it took effect. */
function loseResponses(): { lost: number } {
  const seen = { lost: 0 };
  const known = new Set<string>();
  const original = pg.Pool.prototype.query as (text: string, values: unknown[]) => Promise<unknown>;
  const spy = vi.spyOn(pg.Pool.prototype, 'query');
  spy.mockImplementation(async function (this: pg.Pool, text: string, values: unknown[]) {
    const result = await original.call(this, text, values);
    const change = JSON.stringify([text, values]);
    if (!/update|insert/.test(text) || known.has(change)) return result;
    known.add(change);
    seen.lost++;
    throw new Error('Connection terminated unexpectedly');
  } as never);
  atEnd(async () => spy.mockRestore());
  return seen;
}
