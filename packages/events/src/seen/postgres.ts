import type { SeenStore } from './store.js';

/** What is needed of a pool of `pg`. */
export interface PostgresLike {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** How a store in PostgreSQL works. */
export interface PostgresSeenOptions {
  /**
   * The table, made if it is not there: letters, digits and `_`.
   *
   * @default 'tccc_push_seen'
   */
  table?: string;
  /**
   * How long a process may handle a push before another one may, in milliseconds: it may have died. From 1,000.
   *
   * @default 60,000
   */
  leaseMs?: number;
}

/**
 * A store in PostgreSQL, which all processes share, and which survives them.
 *
 * @param pool A pool of `pg`, which you close yourself.
 * @throws RangeError if an option is wrong
 *
 * @example
 * createReceiver({ credentials, sdkAppId, onEvent, seen: postgresSeen(new Pool()) });
 */
export function postgresSeen(
  pool: PostgresLike,
  { table = 'tccc_push_seen', leaseMs = 60_000 }: PostgresSeenOptions = {},
): SeenStore {
  if (!/^[a-z_][a-z0-9_]{0,62}$/i.test(table))
    throw new RangeError('table must be letters, digits and _, and not begin with a digit.');
  if (!Number.isSafeInteger(leaseMs) || leaseMs < 1_000)
    throw new RangeError('leaseMs must be a whole number from 1000.');
  const name = `"${table}"`;
  /** When the claims of this store were made: one that took too long may have been claimed by another since. */
  const claimedAt = new Map<string, string>();
  let ready: Promise<unknown> | undefined;
  const prepared = () => {
    ready ??= pool
      .query(
        `create table if not exists ${name} (id text primary key, is_done boolean not null, at timestamptz not null)`,
      )
      // Of several that make it at the same time, one does; a failure is met again by what follows.
      .catch(() => (ready = undefined));
    return ready;
  };
  return {
    async claim(id) {
      await prepared();
      const { rows } = await pool.query(
        `insert into ${name} as seen (id, is_done, at) values ($1, false, now())
         on conflict (id) do update set at = now()
         where not seen.is_done and seen.at < now() - $2 * interval '1 millisecond'
         returning extract(epoch from at)::text as at`,
        [id, leaseMs],
      );
      if (rows.length > 0) {
        claimedAt.set(id, (rows[0] as { at: string }).at);
        return 'new';
      }
      const found = await pool.query(`select is_done from ${name} where id = $1`, [id]);
      return (found.rows[0] as { is_done: boolean } | undefined)?.is_done === true ? 'done' : 'busy';
    },
    async done(id) {
      claimedAt.delete(id);
      await pool.query(
        `insert into ${name} (id, is_done, at) values ($1, true, now())
         on conflict (id) do update set is_done = true, at = now()`,
        [id],
      );
    },
    async release(id) {
      const at = claimedAt.get(id);
      claimedAt.delete(id);
      await pool.query(
        `delete from ${name} where id = $1 and not is_done and extract(epoch from at)::text = $2`,
        [id, at],
      );
    },
  };
}
