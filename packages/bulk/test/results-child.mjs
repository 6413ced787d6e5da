// One life of a process that gets results, or that receives pushes; it may kill itself at a given step. It uses the packages as built.
import { subscribe } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import { OutboundClient } from '@tccc/outbound';
import { createReceiver } from '../../events/dist/index.js';
import { STEP_CHANNEL, bulkResults } from '../dist/index.js';
import { fleetResults } from '../dist/fleet.js';
import { PostgresLedgers } from '../dist/postgres.js';

const { endpoint, credentials, nowMs, ledger, postgres, schema, run, receive, killAt } = JSON.parse(
  process.argv[2],
);

let steps = 0;
function step() {
  if (++steps === killAt) process.kill(process.pid, 'SIGKILL');
}
subscribe(STEP_CHANNEL, step);

const clock = {
  monotonic: () => performance.now(),
  schedule(callback, ms) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

const connection = { connectionString: postgres };
const ledgers = postgres === undefined ? undefined : new PostgresLedgers({ connection, schema });
if (receive === undefined) await writeRows();
else receivePushes();

/** Every request and every row is a step, too. */
async function writeRows() {
  const now = () => nowMs;
  const client = new OutboundClient({
    ...{ endpoint, credentials, pacing: false, clock: { ...clock, now }, onRequest: step, onResponse: step },
  });
  const rows = [];
  const results =
    ledgers === undefined ? bulkResults({ client, ledger }) : fleetResults({ client, ledgers, run });
  for await (const row of results) {
    rows.push(row);
    step();
  }
  await client.close();
  await ledgers?.close();
  process.stdout.write(JSON.stringify({ rows, steps }));
}

/** Before a push is stored, after, and before it is answered. */
function receivePushes() {
  const { username, password, sdkAppId, port } = receive;
  const receiver = createReceiver({
    credentials: [{ username, password }],
    sdkAppId,
    async onEvent(event) {
      if (event.type === 'cdr') await ledgers.records.keep([event.call]);
    },
  });
  const server = createServer((request, response) => {
    step();
    const { end } = response;
    response.end = (...given) => {
      step();
      return end.apply(response, given);
    };
    void receiver.node(request, response);
  });
  server.listen(port, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
}
