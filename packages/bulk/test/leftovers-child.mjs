// Does one thing that writes files with numbers, and kills itself at a given step, if any. It uses the package as built.
import { subscribe } from 'node:diagnostics_channel';
import { OutboundClient } from '@tccc/outbound';
import { STEP_CHANNEL, dryRunBulk, optOutBulk, planBulk } from '../dist/index.js';

const { does, killAt, template, ledger } = JSON.parse(process.argv[2]);
const client = new OutboundClient({ site: 'intl', credentials: { secretId: 'id', secretKey: 'key' } });
const list = { client, template, input: ['+8613800000000', '+8613800000001'] };

await {
  plan: () => planBulk({ ...list, ledger }),
  'dry-run': () => dryRunBulk(killing(list)),
  'opt-out': () => optOutBulk(ledger, killing(['+8613800000001'])),
}[does]();
await client.close();

/** From now on. */
function killing(given) {
  subscribe(STEP_CHANNEL, ({ step }) => {
    if (step === killAt) process.kill(process.pid, 'SIGKILL');
  });
  return given;
}
