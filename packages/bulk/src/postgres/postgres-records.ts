import type { CallRecord } from '@tccc/outbound';
import { ExpiringLink, callRecordOf } from '@tccc/outbound';
import { step } from '../crash-points.js';
import type { CallRecords } from '../fleet/call-records.js';
import type { Database } from './database.js';
import { DURABLY } from './database.js';

type Found = Promise<ReadonlyMap<string, CallRecord>>;

/** Records of calls in PostgreSQL. What is looked up in the same turn is looked up by one statement. */
export class PostgresRecords implements CallRecords {
  readonly #database: Database;
  readonly #table: string;
  readonly #makeTables: () => Promise<void>;
  #wanted: { readonly ids: Set<string>; readonly found: Found } | undefined;

  constructor(database: Database, schema: string, makeTables: () => Promise<void>) {
    this.#database = database;
    this.#table = `${schema}.records`;
    this.#makeTables = makeTables;
  }

  async keep(records: readonly CallRecord[]): Promise<void> {
    const ended = records.filter(({ endedAt }) => endedAt !== undefined);
    // Each once, as a statement may change a row only once; in the same order everywhere, so that two of them never wait
    // for each other.
    const rows = [...new Map(ended.map(({ sessionId, raw }) => [sessionId, textOf(raw)]))].sort();
    if (rows.length === 0) return;
    await this.#makeTables();
    step('records: before the database');
    await this.#database.query(
      `insert into ${this.#table} (session, record)
       select session, record from unnest($1::text[], $2::text[]) as given (session, record), ${DURABLY}
       on conflict (session) do update set record = excluded.record, stored = now()`,
      [rows.map(([session]) => session), rows.map(([, record]) => record)],
    );
    step('records: in the database');
  }

  async of(sessionId: string): Promise<CallRecord | undefined> {
    this.#wanted ??= this.#inNextTurn(new Set());
    const { ids, found } = this.#wanted;
    ids.add(sessionId);
    return (await found).get(sessionId);
  }

  #inNextTurn(ids: Set<string>): { ids: Set<string>; found: Found } {
    const turn = new Promise<void>((resolve) => setImmediate(resolve));
    const found = turn.then(() => {
      this.#wanted = undefined;
      return this.#read([...ids]);
    });
    return { ids, found };
  }

  async #read(ids: readonly string[]): Found {
    await this.#makeTables();
    const rows = await this.#database.query<{ session: string; record: string }>(
      `select session, record from ${this.#table} where session = any($1::text[])`,
      [ids],
    );
    return new Map(rows.map(({ session, record }) => [session, callRecordOf(JSON.parse(record))!]));
  }
}

/** The record as it came, without its links. */
function textOf(raw: CallRecord['raw']): string {
  return JSON.stringify(raw, (_key, value: unknown) => {
    if (value instanceof ExpiringLink) return undefined;
    return typeof value === 'bigint' ? String(value) : value;
  });
}
