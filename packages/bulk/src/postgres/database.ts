import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient, PoolConfig, QueryResultRow } from 'pg';
import pg from 'pg';
import { BulkError } from '../errors.js';

/** Pause between two tries, in milliseconds. */
const RETRY_MS = 200;

/** The database of the ledgers. What its server does not answer is asked again for a while. */
export class Database {
  readonly #pool: pg.Pool;
  readonly #patienceMs: number;

  constructor(config: PoolConfig, patienceMs: number) {
    const { options = '' } = config;
    this.#pool = new pg.Pool({
      ...{ max: 4, connectionTimeoutMillis: 5_000, query_timeout: 30_000, keepAlive: true },
      ...config,
      // What the ledger says must be on disk when it says so, whatever is usual in this database.
      options: `${options} -c synchronous_commit=on`,
    });
    this.#patienceMs = patienceMs;
    // A connection that is lost while nobody uses it: the next query makes another one.
    this.#pool.on('error', () => {});
  }

  /**
   * The rows that a statement gives. It must be one that may run twice: if its response is lost, it does.
   *
   * @throws BulkError `LedgerUnusable`
   */
  query<Row extends QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return this.#patiently(async () => (await this.#pool.query<Row>(text, values)).rows);
  }

  /** Does something as a whole, or not at all; it may do it twice, like `query`. */
  transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    return this.#patiently(async () => {
      const client = await this.#pool.connect();
      let failure: unknown;
      try {
        await client.query('begin');
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
    });
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  async #patiently<T>(work: () => Promise<T>): Promise<T> {
    const giveUpAt = performance.now() + this.#patienceMs;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof BulkError) throw error;
        if (!mayPass(error) || performance.now() > giveUpAt) throw unusable(error);
        await sleep(RETRY_MS);
      }
    }
  }
}

/** Classes of errors that pass: connection, rolled back, resources, intervention of an operator. */
const PASSING = new Set(['08', '40', '53', '57']);

/** Whether the same may succeed later. Errors of the server have a code of five characters, others come from the connection. */
function mayPass(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code !== 'string' || code.length !== 5 || PASSING.has(code.slice(0, 2));
}

function unusable(error: unknown): BulkError {
  const code = String((error as { code?: unknown } | undefined)?.code ?? 'no connection');
  return new BulkError('LedgerUnusable', `The database of the ledger cannot be used (${code}).`, error);
}
