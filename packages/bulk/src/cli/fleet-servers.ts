import type { PacingOptions } from '@tccc/outbound';
import { BulkError } from '../errors.js';
import type { FleetLedgers } from '../fleet/fleet-ledger.js';
import type { Values } from './options.js';
import { UsageError } from './usage-error.js';

/** How long Redis may take to be there, in milliseconds. */
const CONNECT_MS = 10_000;

/** Does something with the database that the command line names. */
export async function withLedgers<T>(
  { database = process.env['DATABASE_URL'], schema }: Values,
  use: (ledgers: FleetLedgers) => Promise<T>,
): Promise<T> {
  if (database === undefined) throw new UsageError('Give --database, or set DATABASE_URL.');
  checkUrl('database', database, ['postgres:', 'postgresql:']);
  const { PostgresLedgers } = await load('pg', () => import('../postgres.js'));
  const ledgers = new PostgresLedgers({
    connection: { connectionString: database },
    ...(schema !== undefined && { schema }),
  });
  try {
    return await use(ledgers);
  } finally {
    await ledgers.close();
  }
}

/** What is needed of a client of the package `redis`. */
interface RedisClient {
  on(event: 'error', listener: (error: Error) => void): unknown;
  connect(): Promise<unknown>;
}

/** Does something with the share of the limit that the command line names: by Redis, or a fixed one. */
export async function withSharing<T>(values: Values, use: (pacing: PacingOptions) => Promise<T>): Promise<T> {
  const { limit } = values;
  if (limit !== undefined) {
    if (values.redis !== undefined) throw new UsageError('Give --redis or --limit, not both.');
    return use({ limit });
  }
  const url = values.redis ?? process.env['REDIS_URL'];
  if (url === undefined)
    throw new UsageError('Give --redis, or set REDIS_URL; or give --limit with the share of this process.');
  checkUrl('redis', url, ['redis:', 'rediss:']);
  const { createClient } = await load('redis', () => import('redis'));
  const { RedisPacer } = await load('rate-limiter-flexible', () => import('../redis.js'));
  const client = createClient({ url });
  try {
    await connect(client);
    return await use({ pacer: new RedisPacer({ client }) });
  } finally {
    client.destroy();
  }
}

/** Else a process with a wrong address would find out during the run, and stop it for all. */
function connect(client: RedisClient): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new BulkError('QueueUnusable', `Redis ${why}; look at --redis.`));
    const timer = setTimeout(() => fail('cannot be reached'), CONNECT_MS);
    const refusal = (error: Error) => /^(NOAUTH|WRONGPASS|NOPERM|ERR)/.exec(error.message)?.[0];
    // It connects again by itself, unless it is refused; later, the pacer says if that takes too long.
    client.on('error', (error: Error) => {
      const code = refusal(error);
      if (code !== undefined) fail(`refuses the connection (${code})`);
    });
    client
      .connect()
      .then(() => resolve())
      .catch(() => fail('refuses the connection'))
      .finally(() => clearTimeout(timer));
  });
}

/** Its text may have a password, and is not repeated. */
function checkUrl(option: string, text: string, protocols: readonly string[]): void {
  if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return;
  throw new UsageError(`--${option} must be a URL that begins with ${protocols[0]}//.`);
}

/** The packages of the servers are optional. */
async function load<Module>(name: string, importIt: () => Promise<Module>): Promise<Module> {
  try {
    return await importIt();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new UsageError(`A fleet needs the package ${name}: npm install ${name}.`);
  }
}
