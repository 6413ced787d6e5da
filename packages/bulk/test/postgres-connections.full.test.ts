import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { joinFleet, planFleet } from '../src/fleet.js';
import { PostgresLedgers } from '../src/postgres.js';
import { hasPgBouncer, startPgBouncer } from './pgbouncer.js';
import type { TestServer } from './servers.js';
import { hasServers, startPostgres } from './servers.js';
import { atEnd, calledBy, mockClient, numbers, template } from './support.js';

let schemas = 0;

const REFUSALS = `select xact_rollback as refusals from pg_stat_database where datname = 'postgres'`;

describe.skipIf(!hasServers('postgresql'))('connections to PostgreSQL', () => {
  let server: TestServer;
  beforeAll(async () => {
    // As some databases are set up, for speed.
    server = await startPostgres(['-c synchronous_commit=off']);
  });
  afterAll(() => server.stop());

  async function sql(text: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client(server.url);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  }

  function ledgersBy(connection: pg.PoolConfig, patienceMs = 10_000) {
    const schema = `connection_${schemas++}`;
    const ledgers = new PostgresLedgers({ connection, schema, patienceMs });
    atEnd(() => ledgers.close());
    return { schema, ledgers };
  }

  /** Plans and sends a run, and returns the settings under which changes of chunks and runs were committed. */
  async function sendAndWatch(connection: pg.PoolConfig): Promise<unknown[]> {
    const { engine, client } = mockClient({ rateLimit: 'off' });
    const { schema, ledgers } = ledgersBy(connection);
    // Makes the tables, so that they can be watched.
    await expect(ledgers.open('abcdef01')).rejects.toMatchObject({ code: 'LedgerNotFound' });
    await sql(`create table ${schema}.seen (setting text);
      create function ${schema}.watch() returns trigger language plpgsql as $$
        begin insert into ${schema}.seen values (current_setting('synchronous_commit')); return null; end $$;
      create constraint trigger watch after insert or update on ${schema}.chunks
        deferrable initially deferred for each row execute function ${schema}.watch();
      create constraint trigger watch after insert or update on ${schema}.runs
        deferrable initially deferred for each row execute function ${schema}.watch()`);
    const { run } = await planFleet({ ledgers, client, input: numbers(4), template, chunkSize: 2 });
    const ledger = await ledgers.open(run);
    await ledger.setStop({ reason: 'stopped', message: 'for a while' });
    await ledger.setStop(undefined);
    await ledger.close();
    await joinFleet({ ledgers, run, client, settleWithinMs: false }).report;
    expect(calledBy(engine)).toHaveLength(4);
    const seen = await sql(`select distinct setting from ${schema}.seen`);
    return seen.map(({ setting }) => setting);
  }

  test('every change is durable, whatever is usual in the database, also if the URL has options of its own', async () => {
    const options = encodeURIComponent('-c statement_timeout=12345');
    for (const url of [server.url, `${server.url}?options=${options}`])
      expect(await sendAndWatch({ connectionString: url })).toEqual(['on']);
  });

  test('options of the connection are left as they are', async () => {
    const options = encodeURIComponent('-c application_name=endpoint');
    const { ledgers } = ledgersBy({ connectionString: `${server.url}?options=${options}` });
    await expect(ledgers.open('abcdef01')).rejects.toMatchObject({ code: 'LedgerNotFound' });
    const names = await sql(`select application_name from pg_stat_activity`);
    expect(names).toContainEqual({ application_name: 'endpoint' });
  });

  test('a stronger setting is kept', async () => {
    const options = encodeURIComponent('-c synchronous_commit=remote_apply');
    const connection = { connectionString: `${server.url}?options=${options}` };
    expect(await sendAndWatch(connection)).toEqual(['remote_apply']);
  });

  test.skipIf(!hasPgBouncer()).each([{}, { ignore_startup_parameters: 'options' }])(
    'through PgBouncer with %o every change is durable, too',
    async (settings) => {
      const bouncer = await startPgBouncer(server.port, settings as Record<string, string>);
      atEnd(() => bouncer.stop());
      expect(await sendAndWatch({ connectionString: bouncer.url })).toEqual(['on']);
    },
  );

  test.skipIf(!hasPgBouncer())('what PgBouncer refuses is named without delay', async () => {
    const bouncer = await startPgBouncer(server.port);
    atEnd(() => bouncer.stop());
    const options = encodeURIComponent('-c statement_timeout=12345');
    const { ledgers } = ledgersBy({ connectionString: `${bouncer.url}?options=${options}` }, 3_600_000);
    await expect(ledgers.open('abcdef01')).rejects.toMatchObject({
      code: 'LedgerUnusable',
      message: expect.stringMatching(/unsupported startup parameter: options \(08P01\)\. Leave it out/),
    });
  });

  test.skipIf(!hasPgBouncer())('a pooler without transactions is named without delay', async () => {
    const bouncer = await startPgBouncer(server.port, { pool_mode: 'statement' });
    atEnd(() => bouncer.stop());
    const { ledgers } = ledgersBy({ connectionString: bouncer.url }, 3_600_000);
    await expect(ledgers.open('abcdef01')).rejects.toMatchObject({
      code: 'LedgerUnusable',
      message: expect.stringMatching(
        /statement pooling mode \(08P01\)\. The ledger needs pool_mode = transaction/,
      ),
    });
  });

  test('a lock that somebody else has for longer than lock_timeout is waited for', async () => {
    const { engine, client } = mockClient({ rateLimit: 'off' });
    const options = encodeURIComponent('-c lock_timeout=50');
    const { schema, ledgers } = ledgersBy({ connectionString: `${server.url}?options=${options}` }, 60_000);
    const { run } = await planFleet({ ledgers, client, input: numbers(4), template, chunkSize: 2 });
    const owner = new pg.Client(server.url);
    await owner.connect();
    await owner.query(`begin; lock table ${schema}.chunks in access exclusive mode`);
    const before = Number((await sql(REFUSALS))[0]!['refusals']);
    const { report } = joinFleet({ ledgers, run, client, settleWithinMs: false });
    let isOver = false;
    report.finally(() => (isOver = true)).catch(() => {});
    while (Number((await sql(REFUSALS))[0]!['refusals']) === before) expect(isOver).toBe(false);
    await owner.end();
    expect(await report).toMatchObject({ outcome: 'finished' });
    expect(calledBy(engine)).toHaveLength(4);
  });

  test('a copy that is only read is waited for until it is promoted', async () => {
    const { client } = mockClient();
    const readOnly = (value: string) =>
      sql(`alter system set default_transaction_read_only = ${value}`).then(() =>
        sql('select pg_reload_conf()'),
      );
    const { ledgers } = ledgersBy({ connectionString: server.url }, 60_000);
    const { ledgers: impatient } = ledgersBy({ connectionString: server.url }, 0);
    const planned = { client, input: numbers(4), template, chunkSize: 2 };
    await readOnly('on');
    try {
      await expect(planFleet({ ...planned, ledgers: impatient })).rejects.toMatchObject({
        message: expect.stringMatching(/read-only.*\(25006\)\..*not promoted/),
      });
      let isPlanned = false;
      const planning = planFleet({ ...planned, ledgers }).finally(() => (isPlanned = true));
      // It was refused, and tries again.
      const refusals = async () => Number((await sql(REFUSALS))[0]!['refusals']);
      for (const before = await refusals(); (await refusals()) === before;) expect(isPlanned).toBe(false);
      await withoutReadOnly();
      expect(await planning).toMatchObject({ isNew: true });
    } finally {
      await withoutReadOnly();
    }
  });

  async function withoutReadOnly(): Promise<void> {
    await sql('alter system reset default_transaction_read_only');
    await sql('select pg_reload_conf()');
  }

  test('what does not change by itself is named without delay: password, database, encryption', async () => {
    const url = new URL(server.url);
    const wrong: [pg.PoolConfig, RegExp][] = [
      [{ connectionString: `${server.url}?sslmode=require` }, /does not support SSL/],
      [
        { connectionString: server.url.replace(/postgres$/, 'nowhere') },
        /"nowhere" does not exist \(3D000\)/,
      ],
      [
        { host: '127.0.0.1', port: Number(url.port), user: 'nobody', database: 'postgres' },
        /"nobody" does not exist \(28000\)/,
      ],
    ];
    for (const [connection, message] of wrong) {
      const { ledgers } = ledgersBy(connection, 3_600_000);
      await expect(ledgers.open('abcdef01')).rejects.toMatchObject({
        code: 'LedgerUnusable',
        message: expect.stringMatching(message),
      });
    }
  });
});
