import { BulkError } from '../errors.js';

/** Version of the tables. A ledger of a newer one is refused, also if it becomes so while a process works on it. */
export const VERSION = 2;

/** @throws BulkError `LedgerTooNew` */
export function checkVersion(version: number): void {
  if (version <= VERSION) return;
  throw new BulkError(
    'LedgerTooNew',
    `The ledger has format ${version}; this version of @tccc/bulk knows formats up to ${VERSION}.`,
  );
}

/** Where it is, the tables are those of this version: they are made in one transaction. */
export const NEWEST = { table: 'runs', column: 'service' };

/** The name of a schema, quoted for use in a statement. */
export function quotedSchema(name: string): string {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(name))
    throw new BulkError(
      'InvalidOption',
      'schema must be a name of at most 63 lower-case letters, digits and underscores.',
    );
  return `"${name}"`;
}

/** The tables, made if they are not there. */
export function tablesOf(schema: string): string {
  return `
    create schema if not exists ${schema};
    create table if not exists ${schema}.runs (
      id text primary key,
      version integer not null,
      job text not null,
      stop text,
      leader uuid,
      made timestamptz not null default now()
    );
    -- Who has what was sent.
    alter table ${schema}.runs add column if not exists service text;
    -- token: of the last change, by which the process that made it recognises it if the response was lost.
    create table if not exists ${schema}.chunks (
      run text not null references ${schema}.runs on delete cascade,
      chunk integer not null,
      first_byte bigint not null,
      last_byte bigint not null,
      callees integer not null,
      sha256 text not null,
      marker text not null,
      state text not null default 'planned',
      id text,
      code text,
      by text not null default 'run',
      revision integer not null default 0,
      holder uuid,
      token uuid,
      changed timestamptz not null default now(),
      primary key (run, chunk)
    );
    -- Lines of the list that are in the rows of a chunk and are not sent: now, and from its next claim on; who said so, why, and when.
    alter table ${schema}.chunks
      add column if not exists left_out integer[] not null default '{}',
      add column if not exists opted_out integer[] not null default '{}',
      add column if not exists opted_out_by text,
      add column if not exists opted_out_for text,
      add column if not exists opted_out_at timestamptz;
    create index if not exists chunks_by_state on ${schema}.chunks (run, state, chunk) include (callees);
    -- The plan, with the phone numbers; the part after the last chunk has no chunk.
    create table if not exists ${schema}.rows (
      run text not null references ${schema}.runs on delete cascade,
      chunk integer not null,
      rows bytea not null,
      primary key (run, chunk)
    );
    create table if not exists ${schema}.workers (
      id uuid primary key,
      run text not null references ${schema}.runs on delete cascade,
      seen timestamptz not null
    );
    -- Each process has the lease that it was given: another one with a shorter one must not take it for dead.
    alter table ${schema}.workers add column if not exists lease_ms integer not null default 30000;
    -- Records of calls, with the phone numbers, of whatever run; a push does not say which one it belongs to.
    create table if not exists ${schema}.records (
      session text primary key,
      record text not null,
      stored timestamptz not null default now()
    );
    -- When the call ended, in Unix seconds; and digests of the records that were there before, by which a late repeat is known.
    alter table ${schema}.records
      add column if not exists ended double precision not null default 0,
      add column if not exists earlier text[] not null default '{}';`;
}
