// One life of a runner, as a process of its own, which kills itself at a given step. It uses the package as built.
import { subscribe } from 'node:diagnostics_channel';
import { OutboundClient } from '@tccc/outbound';
import { STEP_CHANNEL, runBulk } from '../dist/index.js';
import { hastyClock } from './hasty-clock.ts';

const { client: clientOptions, run, killAt, killAfterMs } = JSON.parse(process.argv[2]);

const die = () => process.kill(process.pid, 'SIGKILL');
let steps = 0;
subscribe(STEP_CHANNEL, () => {
  steps++;
  if (steps === killAt) {
    if (killAfterMs === 0) die();
    else setTimeout(die, killAfterMs);
  }
});

const client = new OutboundClient({ ...clientOptions, random: () => 0 });
await runBulk({ ...run, client, clock: hastyClock(1) }).report;
await client.close();
