// One life of a process that gets results, or that receives pushes; it may kill itself at a given step. It uses the packages as built.
import { subscribe } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import { OutboundClient } from '@tccc/outbound';
import { STEP_CHANNEL, bulkResults } from '../dist/index.js';

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

// What only a fleet needs is loaded only for one.
const ledgers = postgres === undefined ? undefined : await ledgersOfFleet();
await (receive === undefined ? readRows() : receivePushes());

async function ledgersOfFleet() {
  const { PostgresLedgers } = await import('../dist/postgres.js');
  return new PostgresLedgers({ connection: { connectionString: postgres }, schema });
}

async function resultsOf(client) {
  if (ledgers === undefined) return bulkResults({ client, ledger });
  const { fleetResults } = await import('../dist/fleet.js');
  return fleetResults({ client, ledgers, run });
}

/** Every request and every row is a step, too. */
async function readRows() {
  const now = () => nowMs;
  const client = new OutboundClient({
    endpoint,
    credentials,
    pacing: false,
    clock: { ...clock, now },
    onRequest: step,
    onResponse: step,
  });
  for await (const _ of await resultsOf(client)) step();
  await client.close();
  await ledgers?.close();
}

/** Before a push is stored, after, and before it is answered. */
async function receivePushes() {
  const { createReceiver } = await import('../../events/dist/index.js');
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
