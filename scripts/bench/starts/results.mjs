// Gets the results of a list of simulated calls, in a process of its own and in simulated time: how many requests that takes, next to
// the least that there could be, and how much the heap grows while the rows pass by.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bulkResults, runBulk } from '@tccc/bulk';
import { createMock } from '@tccc/mocks';
import { OutboundClient } from '@tccc/outbound';

const RECORDS = 'DescribeTelCdr';
/** Records of a page. */
const PAGE = 100;

const lines = Number(process.argv[2]);
const time = { s: 1_800_000_000 };
const now = () => time.s * 1_000;
const { engine, clientOptions } = createMock({
  ...{ seed: 1, signatures: 'presence', rateLimit: 'off', itemMs: 10_000, calls: { atOnce: 1_000 } },
  ...{ journal: { maxEntries: 1_000 }, entities: { maxBytes: 2 ** 30 }, clock: { now, monotonic: () => 0 } },
});
const client = new OutboundClient({ ...clientOptions, clock: { ...clientOptions.clock, now } });
const folder = await mkdtemp(join(tmpdir(), 'tccc-bench-results-'));
const ledger = join(folder, 'run.ledger');

function* callees() {
  for (let index = 0; index < lines; index++) yield `+86138${String(index).padStart(8, '0')}`;
}
const params = {
  ...{ SdkAppId: 1_400_000_000, NotBefore: time.s, NotAfter: time.s + 80_000_000, Tries: 2 },
  ...{ Callers: ['008602012345678'], IvrId: 8 },
};
await runBulk({ client, ledger, input: callees(), template: { action: 'CreateAutoCalloutTask', params } })
  .report;
time.s += 50_000;
engine.resetHistory();

let [rows, calls, asked] = [0, 0, 0];
const heaps = [];
for await (const row of bulkResults({ client, ledger })) {
  if (!row.isFinal) throw new Error('A row is not final.');
  calls += row.calls.length;
  rows++;
  if (rows % (lines / 10) !== 0) continue;
  asked += engine.calls(RECORDS).length;
  engine.resetHistory();
  globalThis.gc();
  heaps.push(process.memoryUsage().heapUsed);
}
await client.close();
await rm(folder, { recursive: true });
console.log(
  JSON.stringify({ rows, requests: asked, least: calls / PAGE, growthBytes: Math.max(...heaps) - heaps[0] }),
);
