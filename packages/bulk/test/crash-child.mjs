// One life of a runner, as a process of its own, which kills itself at a given step. It uses the package as built.
import { subscribe } from 'node:diagnostics_channel';
import { OutboundClient } from '@tccc/outbound';
import { STEP_CHANNEL, runBulk } from '../dist/index.js';
import { hastyClock } from './hasty-clock.mjs';

const { endpoint, credentials, input, template, ledger, killAt, killAfterMs, settleWithinMs } = JSON.parse(
  process.argv[2],
);

const die = () => process.kill(process.pid, 'SIGKILL');
let steps = 0;
subscribe(STEP_CHANNEL, () => {
  steps++;
  if (steps === killAt) {
    if (killAfterMs === 0) die();
    else setTimeout(die, killAfterMs);
  }
});

const client = new OutboundClient({
  endpoint,
  credentials,
  pacing: false,
  attemptTimeoutMs: 500,
  random: () => 0,
  retry: { baseMs: 1, capMs: 1 },
});
const { report } = runBulk({
  client,
  input,
  template,
  ledger,
  clock: hastyClock(1),
  chunkSize: 3,
  concurrency: 3,
  settleWithinMs,
});
const { outcome, counts } = await report;
await client.close();
process.stdout.write(JSON.stringify({ outcome, counts, steps }));
