import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PostgresLedgers } from '../src/postgres.js';
import type { PostgresLedger } from '../src/postgres/postgres-ledger.js';
import type { LedgerPlace } from './conformance.js';
import { describeLedger } from './conformance.js';
import type { TestServer } from './servers.js';
import { hasServers, startPostgres } from './servers.js';
import { atEnd } from './support.js';

let schemas = 0;

describe.skipIf(!hasServers('postgresql'))('a ledger in PostgreSQL', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, 30_000);
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
      ...{ schema, patienceMs: 10_000 },
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
        await sql(`update ${schema}.workers set seen = seen - interval '1 minute'`);
      },
    };
  }

  describeLedger('a ledger in PostgreSQL', makePlace);

  test('there is a server', async () => {
    expect((await sql('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});
