import type { CallRecord } from '@tccc/outbound';
import { ExpiringLink, callRecordOf } from '@tccc/outbound';
import { step } from '../crash-points.js';
import type { CallRecords } from '../fleet/call-records.js';
import type { Database } from './database.js';
import { DURABLY } from './database.js';

interface Row {
  readonly session: string;
  readonly record: string;
  readonly ended: number;
}

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
    for (const rows of rowsByTurn(records)) await this.#keep(rows);
  }

  async #keep(rows: readonly Row[]): Promise<void> {
    await this.#makeTables();
    step('records: before the database');
    await this.#database.query(
      `insert into ${this.#table} as known (session, record, ended)
       select session, record, ended
       from unnest($1::text[], $2::text[], $3::float8[]) as given (session, record, ended), ${DURABLY}
       on conflict (session) do update
       set record = excluded.record, ended = excluded.ended, stored = now(),
         earlier = known.earlier || ${digestOf('known.record')}
       where excluded.record <> known.record and excluded.ended >= known.ended
         and ${digestOf('excluded.record')} <> all (known.earlier)`,
      [rows.map(({ session }) => session), rows.map(({ record }) => record), rows.map(({ ended }) => ended)],
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

/**
 * The rows of records of calls that have ended, in turns: a statement may change a row only once. In the same order
 * everywhere, so that two of them never wait for each other.
 */
function rowsByTurn(records: readonly CallRecord[]): Row[][] {
  const turns: Map<string, Row>[] = [];
  for (const { sessionId: session, endedAt: ended, raw } of records) {
    if (ended === undefined) continue;
    let turn = turns.find((one) => !one.has(session));
    if (turn === undefined) turns.push((turn = new Map()));
    turn.set(session, { session, record: textOf(raw), ended });
  }
  return turns.map((turn) => [...turn.values()].sort((one, other) => (one.session < other.session ? -1 : 1)));
}

function digestOf(column: string): string {
  return `encode(sha256(convert_to(${column}, 'UTF8')), 'hex')`;
}

/** The record as it came, without its links. */
function textOf(raw: CallRecord['raw']): string {
  return JSON.stringify(raw, (_key, value: unknown) => {
    if (value instanceof ExpiringLink) return undefined;
    return typeof value === 'bigint' ? String(value) : value;
  });
}
