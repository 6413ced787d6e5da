import { randomUUID } from 'node:crypto';
import type { OptionTable } from '@tccc/outbound/internal';
import { asGiven, clock, number, text } from '@tccc/outbound/internal';
import type { PoolClient, PoolConfig } from 'pg';
import type { Clock } from '../clock.js';
import { BulkError } from '../errors.js';
import type { CallRecords } from '../fleet/call-records.js';
import type { FleetLedger, FleetLedgers, NewLedger } from '../fleet/fleet-ledger.js';
import type { Job, PlannedChunk } from '../ledger/ledger.js';
import { readBulkOptions, required } from '../options.js';
import { digestOf } from '../request/template.js';
import { Database } from './database.js';
import { PostgresLedger } from './postgres-ledger.js';
import { PostgresRecords } from './postgres-records.js';
import { NEWEST, VERSION, checkVersion, quotedSchema, tablesOf } from './schema.js';

/** Options of the place. */
export interface PostgresLedgersOptions {
  /** How to connect, as the package `pg` has it: `{ connectionString }`, or host, user and so on. */
  connection: PoolConfig;
  /**
   * Schema that the tables are made in.
   *
   * @default 'tccc_bulk'
   */
  schema?: string;
  /**
   * How long a process may be silent until others take it for dead, and what it was sending for unknown; in milliseconds, from
   * 1,000 to 3,600,000.
   *
   * @default 30,000
   */
  leaseMs?: number;
  /**
   * How long a server that does not answer is asked again, in milliseconds, from 0 to 3,600,000; then the run fails in this
   * process.
   *
   * @default 60,000
   */
  patienceMs?: number;
  /** Source of time; for tests. */
  clock?: Clock;
}

/** Chunks that are written in one statement. */
const BATCH = 1_000;

/** Makes the tables, and the runs of a list, one process at a time; else two could try to at once. */
const MAKING_TABLES = 0x7cccb01c;
const MAKING_RUNS = 0x7cccb01d;
/** Taken behind the other: the same numbers may be in another file. */
const MAKING_NUMBERS = 0x7cccb01e;

const TABLE = {
  connection: required(asGiven<PostgresLedgersOptions['connection']>),
  schema: text(/^[^]*$/, 'the name of a schema', 'tccc_bulk'),
  leaseMs: number({ min: 1_000, max: 3_600_000, fallback: 30_000, isInteger: true }),
  patienceMs: number({ min: 0, max: 3_600_000, fallback: 60_000, isInteger: true }),
  clock,
} satisfies OptionTable<PostgresLedgersOptions>;

/**
 * The ledgers of a fleet, in PostgreSQL 13 or later.
 *
 * @example
 * const ledgers = new PostgresLedgers({ connection: { connectionString: process.env.DATABASE_URL } });
 */
export class PostgresLedgers implements FleetLedgers {
  /** Records of calls, in a table of the same schema. */
  readonly records: CallRecords;
  readonly #database: Database;
  readonly #schema: string;
  readonly #leaseMs: number;
  readonly #clock: Clock;
  #hasTables = false;

  /** @throws BulkError if an option is wrong */
  constructor(options: PostgresLedgersOptions) {
    const settings = readBulkOptions(TABLE, options);
    const { connection, leaseMs, patienceMs } = settings;
    this.#schema = quotedSchema(settings.schema);
    this.#leaseMs = leaseMs;
    this.#clock = settings.clock;
    this.#database = new Database(connection, patienceMs, settings.clock);
    this.records = new PostgresRecords(this.#database, this.#schema, () => this.#makeTables());
  }

  async create({ job, chunks, rows }: NewLedger): Promise<void> {
    await this.#makeTables();
    const token = randomUUID();
    await this.#database.transaction(async (client) => {
      await client.query(
        'select pg_advisory_xact_lock($1, hashtext($2)), pg_advisory_xact_lock($3, hashtext($4))',
        [MAKING_RUNS, job.input, MAKING_NUMBERS, chunks[0]?.sha256 ?? ''],
      );
      if (rows !== undefined) await this.#dropHollow(client, job.id);
      if (!(await this.#insertRun(client, job, token))) return;
      await this.#refuseTwin(client, job, chunks);
      for (let from = 0; from < chunks.length; from += BATCH)
        await this.#insertChunks(client, job.id, chunks.slice(from, from + BATCH));
      if (rows !== undefined && (await this.#insertRows(client, job.id, rows)) < chunks.length)
        throw new BulkError('LedgerDamaged', 'The plan has fewer parts than chunks; nothing was written.');
    });
  }

  async open(run: string): Promise<FleetLedger> {
    await this.#makeTables();
    const [known] = await this.#database.query<{ version: number; job: string }>(
      `select version, job from ${this.#schema}.runs where id = $1`,
      [run],
    );
    if (known === undefined) throw new BulkError('LedgerNotFound', 'There is no ledger of this run.');
    checkVersion(known.version);
    const place = {
      database: this.#database,
      schema: this.#schema,
      leaseMs: this.#leaseMs,
      clock: this.#clock,
    };
    return PostgresLedger.open(place, JSON.parse(known.job) as Job);
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  async #makeTables(): Promise<void> {
    if (this.#hasTables) return;
    // Where the tables are, nobody needs the right to make some. Those of an earlier version lack the newest column.
    const [found] = await this.#database.query(
      `select from pg_attribute where attrelid = to_regclass($1) and attname = $2 and not attisdropped`,
      [`${this.#schema}.${NEWEST.table}`, NEWEST.column],
    );
    if (found === undefined) {
      await this.#database.transaction(async (client) => {
        await client.query('select pg_advisory_xact_lock($1)', [MAKING_TABLES]);
        await client.query(tablesOf(this.#schema));
      });
    }
    this.#hasTables = true;
  }

  /** Whether the rest must be written: not if this very process has done so, and only the response was lost. */
  async #insertRun(client: PoolClient, job: Job, token: string): Promise<boolean> {
    const { rowCount } = await client.query(
      `insert into ${this.#schema}.runs (id, version, job, leader) values ($1, $2, $3, $4) on conflict do nothing`,
      [job.id, VERSION, JSON.stringify(job), token],
    );
    if (rowCount === 1) return true;
    const { rows } = await client.query(`select 1 from ${this.#schema}.runs where id = $1 and leader = $2`, [
      job.id,
      token,
    ]);
    if (rows.length > 0) return false;
    const { rowCount: hollow } = await client.query(`select 1 ${this.#hollowChunks('$1')} limit 1`, [job.id]);
    if (hollow === 0) throw new BulkError('NotAllowed', 'There is a ledger of this run already.');
    throw new BulkError(
      'LedgerDamaged',
      `There is a ledger of run ${job.id} already, but some of its chunks have no numbers. Look at what was sent; then delete it, and plan again.`,
    );
  }

  /**
   * A second run of the same list would call everybody again, and a caller who means that gives it another name. A file that
   * was saved again has other bytes, and the same list.
   */
  async #refuseTwin(client: PoolClient, job: Job, chunks: readonly PlannedChunk[]): Promise<void> {
    const sums = chunks.map(({ sha256 }) => sha256);
    const { rows } = await client.query<{ job: string }>(
      `select job from ${this.#schema}.runs
       where id <> $1 and (strpos(job, $2) > 0
         or exists (select from ${this.#schema}.chunks where run = runs.id and chunk = 1 and sha256 = $3)
           and $4::text[] = array(select sha256 from ${this.#schema}.chunks where run = runs.id order by chunk))
       order by made desc`,
      [job.id, job.input, sums[0], sums],
    );
    const twin = rows.map((row) => JSON.parse(row.job) as Job).find(({ name }) => name === job.name);
    if (twin === undefined) return;
    throw new BulkError(
      'OtherRun',
      `Run ${twin.id} has the same list and name, but ${whatDiffers(twin, job)} has changed since. Go on with that one, and opt out the numbers that must not be called any more. To call the whole list again, give this run another name (option name, or --name).`,
    );
  }

  /** Takes away a run that has lost numbers, if nothing of it was sent. */
  async #dropHollow(client: PoolClient, run: string): Promise<void> {
    const wasSent = `select 1 from ${this.#schema}.chunks where run = $1 and state <> 'planned'`;
    await client.query(
      `delete from ${this.#schema}.runs where id = $1 and not exists (${wasSent}) and exists (select 1 ${this.#hollowChunks('$1')})`,
      [run],
    );
  }

  #hollowChunks(run: string): string {
    return `from ${this.#schema}.chunks left join ${this.#schema}.rows using (run, chunk)
      where run = ${run} and rows.rows is null`;
  }

  /** How many parts there were. */
  async #insertRows(client: PoolClient, run: string, rows: NonNullable<NewLedger['rows']>): Promise<number> {
    let parts = 0;
    for await (const part of rows)
      await client.query(`insert into ${this.#schema}.rows values ($1, $2, $3)`, [run, ++parts, part]);
    return parts;
  }

  async #insertChunks(client: PoolClient, run: string, chunks: readonly PlannedChunk[]): Promise<void> {
    const column = <Key extends keyof PlannedChunk>(key: Key) => chunks.map((chunk) => chunk[key]);
    await client.query(
      `insert into ${this.#schema}.chunks (run, chunk, first_byte, last_byte, callees, sha256, marker)
       select $1, * from unnest($2::int[], $3::bigint[], $4::bigint[], $5::int[], $6::text[], $7::text[])`,
      [
        run,
        column('chunk'),
        column('from'),
        column('to'),
        column('callees'),
        column('sha256'),
        column('marker'),
      ],
    );
  }
}

function whatDiffers(twin: Job, job: Job): string {
  if (twin.input !== job.input) return 'the file';
  if (digestOf(twin.template) !== digestOf(job.template)) return 'the template';
  return twin.doNotCall === job.doNotCall ? 'the size of chunks' : 'the do-not-call list';
}
