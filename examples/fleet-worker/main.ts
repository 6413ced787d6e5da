import { joinFleet, planFleet } from '@tccc/bulk/fleet';
import { PostgresLedgers } from '@tccc/bulk/postgres';
import { RedisPacer } from '@tccc/bulk/redis';
import { OutboundClient } from '@tccc/outbound';
import { createClient } from 'redis';

const { REDIS_URL, DATABASE_URL, TCCC_ENDPOINT } = process.env;
if (REDIS_URL === undefined || DATABASE_URL === undefined) throw new Error('Set REDIS_URL and DATABASE_URL.');

const redis = createClient({ url: REDIS_URL });
redis.on('error', () => {}); // It connects again by itself.
await redis.connect();
const pacer = new RedisPacer({ client: redis });
const client = new OutboundClient({
  ...(TCCC_ENDPOINT === undefined ? { site: 'intl' } : { endpoint: TCCC_ENDPOINT }),
  pacing: { pacer },
});
const ledgers = new PostgresLedgers({ connection: { connectionString: DATABASE_URL } });
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());

try {
  // Every worker plans the same: the first one makes the run, and the others find it.
  const { run } = await planFleet({
    ledgers,
    client,
    input: process.argv[2] ?? 'list.csv',
    template: {
      action: 'CreateAutoCalloutTask',
      params: {
        SdkAppId: 1400000000,
        NotBefore: 1900000000,
        Callers: ['008602012345678'],
        IvrId: 8,
        Name: 'Fleet',
      },
      columns: { Callee: 'phone' },
      numbers: { country: 'CN' },
    },
  });
  const joined = joinFleet({ ledgers, run, client, signal: stop.signal });
  console.log(JSON.stringify((await joined.report).counts));
} finally {
  await client.close();
  await ledgers.close();
  redis.destroy();
}
