// One life of some runs, in a process of their own, which kills itself at a given step. It uses the package as built.
import { subscribe } from 'node:diagnostics_channel';
import { OutboundClient } from '@tccc/outbound';
import { STEP_CHANNEL, runBulk } from '../dist/index.js';
import { hastyClock } from './hasty-clock.ts';

const { runs, killAt, killAfterMs } = JSON.parse(process.argv[2]);

/** Each run begins a few steps after the one before, or once that is done, so that a death meets them in different states. */
const APART = 8;
const waiting = [];

const die = () => process.kill(process.pid, 'SIGKILL');
let steps = 0;
subscribe(STEP_CHANNEL, () => {
  steps++;
  if (steps % APART === 0) waiting.shift()?.();
  if (steps === killAt) {
    if (killAfterMs === 0) die();
    else setTimeout(die, killAfterMs);
  }
});

async function live({ client: clientOptions, run }, index) {
  if (index > 0) await new Promise((resolve) => waiting.push(resolve));
  const client = new OutboundClient({ ...clientOptions, random: () => 0 });
  await runBulk({ ...run, client, clock: hastyClock(1) }).report;
  await client.close();
  waiting.shift()?.();
}

await Promise.all(runs.map(live));
