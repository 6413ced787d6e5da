// A process of a fleet, which may kill or suspend itself at a given step. It uses the packages as built.
import { subscribe } from 'node:diagnostics_channel';
import { writeSync } from 'node:fs';
import { OutboundClient } from '@tccc/outbound';
import { STEP_CHANNEL } from '../dist/index.js';
import { joinFleet } from '../dist/fleet.js';
import { PostgresLedgers } from '../dist/postgres.js';
import { hastyClock } from './hasty-clock.ts';

const options = JSON.parse(process.argv[2]);
const {
  endpoint,
  credentials,
  postgres,
  schema,
  leaseMs,
  redis,
  run,
  killAt,
  killAfterMs = 0,
  suspendAt,
} = options;

const die = () => process.kill(process.pid, 'SIGKILL');
let steps = 0;
subscribe(STEP_CHANNEL, () => {
  steps++;
  if (steps === suspendAt) {
    writeSync(2, 'suspended\n');
    process.kill(process.pid, 'SIGSTOP');
  }
  if (steps === killAt) {
    if (killAfterMs === 0) die();
    else setTimeout(die, killAfterMs);
  }
});

let pacer;
let connection;
// Loading this client takes longer than all else that a process does, so only those do that use it.
if (redis !== undefined) {
  const [{ createClient }, { RedisPacer }] = await Promise.all([import('redis'), import('../dist/redis.js')]);
  connection = createClient({ url: redis, socket: { reconnectStrategy: () => 50 } });
  connection.on('error', () => {});
  await connection.connect();
  pacer = new RedisPacer({ client: connection });
}
const client = new OutboundClient({
  endpoint,
  credentials,
  pacing: pacer !== undefined && { pacer },
  ...options.client,
  ...(options.isHasty && { random: () => 0 }),
});
const ledgers = new PostgresLedgers({ connection: { connectionString: postgres }, schema, leaseMs });
const { report } = joinFleet({
  ...options.join,
  ledgers,
  client,
  run,
  ...(options.isHasty && { clock: hastyClock(60) }),
});
const { outcome, counts } = await report;
await ledgers.close();
await client.close();
connection?.destroy();
process.stdout.write(JSON.stringify({ outcome, counts, steps }));
