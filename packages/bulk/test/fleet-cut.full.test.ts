import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { MockEngine, MockServer, mockCredentials } from '@tccc/mocks';
import type { Clock } from '@tccc/outbound';
import { OutboundClient } from '@tccc/outbound';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CuttingProxy } from './cutting-proxy.js';
import { startCuttingProxy } from './cutting-proxy.js';
import { fleetReport, joinFleet, planFleet, resolveFleet } from '../src/fleet.js';
import { PostgresLedgers } from '../src/postgres.js';
import { hastyClock } from './hasty-clock.js';
import type { TestServer } from './servers.js';
import { hasServers, startPostgres } from './servers.js';
import { atEnd, calledBy, mockClient, numbers, template, temporaryFolder } from './support.js';

let schemas = 0;

/** The lock that a late claim waits for. */
const LATE_CLAIM = 4_711;

/** Resolves once a query has a row. */
async function until(database: pg.Client, query: string): Promise<void> {
  while ((await database.query(query)).rowCount === 0) await setImmediate();
}

/** Time as it is, but for the first pause: a slot is kept for nobody whose account does not become known, after half a minute. */
function hastyOnce(): Clock {
  let ms: number | undefined = 1;
  return {
    ...hastyClock(1),
    schedule: (callback, given) => {
      const timer = setTimeout(callback, ms ?? given);
      ms = undefined;
      return () => clearTimeout(timer);
    },
  };
}

/** How many are planned at a time. */
const AT_ONCE = 5;

describe.skipIf(!hasServers('postgresql'))('a fleet that loses its way to PostgreSQL', () => {
  let postgres: TestServer;
  let proxy: CuttingProxy;
  beforeAll(async () => {
    postgres = await startPostgres();
    proxy = await startCuttingProxy(postgres.port);
  });
  afterAll(async () => {
    await proxy.close();
    await postgres.stop();
  });

  const connectionBy = (port: number) => ({
    connectionString: `postgres://postgres@127.0.0.1:${port}/postgres`,
  });

  function ledgersBy(port: number, schema: string, patienceMs = 10_000, more: { clock?: Clock } = {}) {
    const connection = connectionBy(port);
    const ledgers = new PostgresLedgers({ connection, schema, patienceMs, leaseMs: 1_000, ...more });
    atEnd(() => ledgers.close());
    return ledgers;
  }

  async function linesOf(ledgers: PostgresLedgers, run: string): Promise<number[]> {
    const lines: number[] = [];
    for await (const { line } of fleetReport(ledgers, run)) lines.push(line);
    return lines;
  }

  const input = [...numbers(5), 'nobody'];
  const lines = input.map((_, index) => index + 1);

  test.each([
    { what: 'once', isForGood: false },
    { what: 'for good', isForGood: true },
  ])(
    'planning with a connection that is cut $what after any message gives a whole run, or an error and none',
    async ({ isForGood }) => {
      const { client } = mockClient();
      const planned = { client, input, template, chunkSize: 3 };
      /** With a cut after so many messages: whether it failed, and whether it had no more than these. */
      const planCut = async (messages: number) => {
        const way = await startCuttingProxy(postgres.port);
        atEnd(() => way.close());
        const schema = `cut_${schemas++}`;
        const ledgers = ledgersBy(way.port, schema, isForGood ? 0 : 10_000, { clock: hastyClock(1) });
        way.cutAfter(messages, isForGood);
        const outcome = await planFleet({ ...planned, ledgers }).catch((error: unknown) => error);
        const isDone = way.messages < messages;
        way.cutAfter(Infinity, false);
        if (outcome instanceof Error) {
          expect(outcome).toMatchObject({ code: 'LedgerUnusable' });
          // The next process that plans it gets the whole run.
          const others = ledgersBy(postgres.port, schema);
          const { run } = await planFleet({ ...planned, ledgers: others });
          expect(await linesOf(others, run)).toEqual(lines);
        } else {
          const { run } = outcome as { run: string };
          expect(await linesOf(ledgers, run)).toEqual(lines);
        }
        return { hasFailed: outcome instanceof Error, isDone };
      };
      let [failures, isDone] = [0, false];
      // Several at a time, since each waits for the disk of the database.
      for (let from = 1; !isDone; from += AT_ONCE) {
        const ends = await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => planCut(from + index)));
        failures += ends.filter(({ hasFailed }) => hasFailed).length;
        isDone = ends.some((end) => end.isDone);
      }
      if (isForGood) expect(failures).toBeGreaterThan(20);
      else expect(failures).toBe(0);
    },
    300_000,
  );

  test('once the database was waited for in vain, nothing else of that process waits for it', async () => {
    const { client } = mockClient();
    const ledgers = ledgersBy(proxy.port, `cut_${schemas++}`, 0);
    const { run } = await planFleet({ client, input, template, chunkSize: 2, ledgers });
    const ledger = await ledgers.open(run);
    const chunk = (await ledger.claim())!;
    proxy.cut();
    atEnd(async () => proxy.mend());
    const unusable = { code: 'LedgerUnusable' };
    await expect(ledger.claim()).rejects.toMatchObject(unusable);
    const { refused } = proxy;
    const others = [ledger.claim(), ledger.claim(), ledger.counts(), ledger.confirm(chunk)];
    const failed = { status: 'rejected', reason: unusable };
    expect(await Promise.allSettled(others)).toMatchObject(others.map(() => failed));
    expect(proxy.refused).toBe(refused);
    // What became of a chunk is worth one try.
    await expect(ledger.record(chunk, { state: 'accepted', id: '1' }, 'run')).rejects.toMatchObject(unusable);
    expect(proxy.refused).toBe(refused + 1);
    proxy.mend();
    expect(await ledger.record(chunk, { state: 'accepted', id: '1' }, 'run')).toMatchObject({ id: '1' });
    await expect(ledger.claim()).rejects.toMatchObject(unusable);
    await ledger.close();
    expect(proxy.refused).toBe(refused + 1);
  });

  test('a plan that is stopped on its way to the database is not there', async () => {
    const { client } = mockClient();
    const ledgers = ledgersBy(postgres.port, `cut_${schemas++}`);
    const stop = new AbortController();
    const planned = { client, input, template, chunkSize: 2, ledgers };
    const stopped = planFleet({ ...planned, signal: stop.signal, onLeftOut: async () => stop.abort() });
    await expect(stopped).rejects.toMatchObject({ code: 'Stopped' });
    expect(await planFleet(planned)).toMatchObject({ isNew: true });
  });

  test('planning while PostgreSQL is restarted again and again gives the whole run', async () => {
    const { client } = mockClient();
    const ledgers = ledgersBy(postgres.port, `cut_${schemas++}`, 60_000);
    const list = numbers(4_000);
    const planning = planFleet({ client, input: list, template, chunkSize: 2, ledgers });
    for (let restarts = 0; restarts < 2; restarts++) {
      await postgres.kill();
      await postgres.start();
    }
    const { run } = await planning;
    expect(await linesOf(ledgers, run)).toHaveLength(4_000);
  });

  test('chunks without numbers, which an earlier version could leave, are planned anew if nothing was sent', async () => {
    const { client } = mockClient();
    const schema = `cut_${schemas++}`;
    const ledgers = ledgersBy(postgres.port, schema);
    const planned = { client, input, template, chunkSize: 2, ledgers };
    const { run } = await planFleet(planned);
    const sql = new pg.Client(connectionBy(postgres.port));
    await sql.connect();
    atEnd(() => sql.end());
    await sql.query(`delete from ${schema}.rows`);
    expect(await planFleet(planned)).toEqual({ run, isNew: true });
    expect(await linesOf(ledgers, run)).toEqual(lines);
    await sql.query(
      `delete from ${schema}.rows; update ${schema}.chunks set state = 'accepted', id = '7' where chunk = 1`,
    );
    await expect(planFleet(planned)).rejects.toMatchObject({ code: 'LedgerDamaged' });
  });

  test('a list that another version has read in another way goes on as it was planned', async () => {
    const { client } = mockClient();
    const schema = `cut_${schemas++}`;
    const ledgers = ledgersBy(postgres.port, schema);
    const { run } = await planFleet({ ledgers, client, input, template });
    const database = new pg.Client(connectionBy(postgres.port));
    await database.connect();
    atEnd(() => database.end());
    await database.query(
      `update ${schema}.runs set job = jsonb_set(job::jsonb, '{leftOut}', '{"duplicate":1}')`,
    );
    expect(await planFleet({ ledgers, client, input, template })).toEqual({ run, isNew: false });
  });

  test('a list whose plan has changed on the way to the database is refused', async () => {
    const ledgers = ledgersBy(postgres.port, `cut_${schemas++}`);
    const job = {
      id: 'abcdef01',
      input: 'sha',
      template,
      chunkSize: 1,
      chunkBytes: 1_000,
      lines: 1,
      callees: 1,
      leftOut: {},
    };
    const chunks = [{ chunk: 1, from: 0, to: 1, callees: 1, sha256: 'hash', marker: 'marker-1' }];
    await expect(ledgers.create({ job, chunks, rows: [] })).rejects.toMatchObject({ code: 'LedgerDamaged' });
    await expect(ledgers.open('abcdef01')).rejects.toMatchObject({ code: 'LedgerNotFound' });
  });

  test('a claim that comes to its end only after its connection was lost, and was made again, holds up nobody', async () => {
    const { engine, client } = mockClient();
    const schema = `cut_${schemas++}`;
    const ledgers = ledgersBy(proxy.port, schema);
    const { run } = await planFleet({ ledgers, client, input: numbers(6), template, chunkSize: 2 });
    const observer = new pg.Client(connectionBy(postgres.port));
    await observer.connect();
    atEnd(() => observer.end());
    // As with a copy that has to confirm each commit, the first claim takes until the lock is given back.
    await observer.query(`
      create sequence ${schema}.claims;
      create function ${schema}.wait() returns trigger language plpgsql as $$
        begin
          if nextval('${schema}.claims') = 1 then perform pg_advisory_xact_lock(${LATE_CLAIM}); end if;
          return new;
        end $$;
      create trigger wait before update on ${schema}.chunks
        for each row when (new.state = 'sending' and old.state = 'planned') execute function ${schema}.wait();
      select pg_advisory_lock(${LATE_CLAIM})`);
    const joined = joinFleet({ ledgers, run, client, concurrency: 1, settleWithinMs: false });
    await until(observer, `select from pg_locks where locktype = 'advisory' and not granted`);
    proxy.cut();
    proxy.mend();
    await until(
      observer,
      `select from ${schema}.chunks having count(*) filter (where state = 'accepted') = 2`,
    );
    await observer.query(`select pg_advisory_unlock(${LATE_CLAIM})`);
    const report = await joined.report;
    expect(report).toMatchObject({ outcome: 'finished', counts: { accepted: { chunks: 3, callees: 6 } } });
    expect(calledBy(engine).sort()).toEqual(numbers(6).map((number) => number.replace('+', '00')));
  }, 60_000);

  test('a worker whose way is cut between claim and request sends nothing that others have sent meanwhile', async () => {
    const folder = await temporaryFolder();
    const engine = new MockEngine({ seed: 1, rateLimit: 'off' });
    const server = await MockServer.start(engine);
    atEnd(() => server.close());
    const makeClient = (more: object = {}) => {
      const client = new OutboundClient({ endpoint: server.url, credentials: mockCredentials, ...more });
      atEnd(() => client.close());
      return client;
    };
    let open = () => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    await writeFile(join(folder, 'list.csv'), `Callee\n${numbers(4).join('\n')}\n`);
    const schema = `cut_${schemas++}`;
    const straight = ledgersBy(postgres.port, schema);
    const { run } = await planFleet({
      ledgers: straight,
      template,
      chunkSize: 4,
      client: makeClient(),
      input: join(folder, 'list.csv'),
    });

    // It has asked, and waits for its credentials; until they come, its way is cut and its lease ends.
    const cutOff = ledgersBy(proxy.port, schema, 0);
    const slow = makeClient({ credentials: () => gate.then(() => mockCredentials), clock: hastyOnce() });
    const waiting = joinFleet({ ledgers: cutOff, run, client: slow, settleWithinMs: false });
    const failing = waiting.report.catch((error: unknown) => error);
    for await (const event of waiting) if (event.type === 'chunk') break;
    proxy.cut();
    atEnd(async () => proxy.mend());
    const client = makeClient();
    expect(
      (await joinFleet({ ledgers: straight, run, client, settleWithinMs: 0 }).report).counts.unknown.chunks,
    ).toBe(1);
    await resolveFleet(straight, run, [1], 'send-again');
    expect((await joinFleet({ ledgers: straight, run, client }).report).counts.accepted.chunks).toBe(1);
    open();
    expect(await failing).toMatchObject({ code: 'LedgerUnusable' });
    expect(engine.calledMoreThanOnce).toEqual(new Map());
    expect(calledBy(engine)).toHaveLength(4);
  });
});
