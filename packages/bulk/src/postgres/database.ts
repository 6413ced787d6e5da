import type { PoolClient, PoolConfig, QueryResultRow } from 'pg';
import pg from 'pg';
import type { Clock } from '../clock.js';
import { sleep } from '../clock.js';
import { BulkError } from '../errors.js';
import { mayPass, unusable } from './failures.js';

/** Pause between two tries, in milliseconds. */
const RETRY_MS = 200;

/**
 * Makes the transaction that it is part of durable before its commit is confirmed, whatever is usual in this database: for one
 * statement in its `from`, or by itself. It is said with every change, since a setting of the connection gets lost: poolers do
 * not pass it on, and a connection string may have others.
 */
export const DURABLY = `(select set_config('synchronous_commit',
  case current_setting('synchronous_commit') when 'remote_apply' then 'remote_apply' else 'on' end, true) as durable) as durably`;

/** The database of the ledgers. What its server does not answer is asked again for a while. */
export class Database {
  readonly #pool: pg.Pool;
  readonly #patienceMs: number;
  readonly #clock: Clock;

  constructor(config: PoolConfig, patienceMs: number, clock: Clock) {
    this.#pool = new pg.Pool({
      max: 4,
      connectionTimeoutMillis: 5_000,
      query_timeout: 30_000,
      keepAlive: true,
      ...config,
    });
    this.#patienceMs = patienceMs;
    this.#clock = clock;
    // A connection may be lost at any time, also between two statements of a transaction: the next statement finds out.
    this.#pool.on('connect', (client) => client.on('error', () => {}));
    this.#pool.on('error', () => {});
  }

  /**
   * The rows that a statement gives. It must be one that may run twice: if its response is lost, it does.
   *
   * @throws BulkError `LedgerUnusable`
   */
  query<Row extends QueryResultRow>(
    text: string,
    values: unknown[] = [],
    patienceMs = this.#patienceMs,
  ): Promise<Row[]> {
    return this.#patiently(async () => (await this.#pool.query<Row>(text, values)).rows, patienceMs);
  }

  /**
   * Does something as a whole, and durably, or not at all; it may do it twice, like `query`.
   *
   * @throws BulkError `LedgerUnusable`
   */
  transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    return this.#patiently(async () => {
      const client = await this.#pool.connect();
      let failure: unknown;
      try {
        await client.query('begin');
        await makeDurable(client);
        const result = await work(client);
        await client.query('commit');
        return result;
      } catch (error) {
        failure = error;
        throw error;
      } finally {
        // Whatever state its connection is in, nobody else should have it.
        client.release(failure !== undefined);
      }
    }, this.#patienceMs);
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  async #patiently<T>(work: () => Promise<T>, patienceMs: number): Promise<T> {
    // What has taken long before it failed, such as the plan of a long list, is tried again, too.
    let giveUpAt: number | undefined;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof BulkError) throw error;
        const now = this.#clock.monotonic();
        giveUpAt ??= now + patienceMs;
        if (!mayPass(error) || now >= giveUpAt) throw unusable(error);
        await sleep(this.#clock, RETRY_MS);
      }
    }
  }
}

/** @throws BulkError if a pooler in between does not let the setting through */
async function makeDurable(client: PoolClient): Promise<void> {
  await client.query(`select durable from ${DURABLY}`);
  const { rows } = await client.query<{ now: string }>(`select current_setting('synchronous_commit') as now`);
  if (['on', 'remote_apply'].includes(rows[0]?.now ?? '')) return;
  throw new BulkError(
    'LedgerUnusable',
    'The database of the ledger does not let synchronous_commit be turned on: what it confirms may get lost.',
  );
}
