// Plans a list, or only reads it with the CSV parser that the plan uses, in a process of its own: how long it takes, and the
// most memory that it has. Node.js itself, its modules and one small list come first, and count for the memory only.
import { createReadStream } from 'node:fs';
import { dryRunBulk } from '@tccc/bulk';
import { OutboundClient } from '@tccc/outbound';
import Papa from 'papaparse';

const [kind, file, small] = process.argv.slice(2);

const client = new OutboundClient({
  endpoint: 'http://127.0.0.1:9',
  credentials: { secretId: 'AKIDbenchmark', secretKey: 'benchmark-secret-key' },
});

const template = {
  action: 'CreateAutoCalloutTask',
  params: { SdkAppId: 1400000000, NotBefore: 1, Callers: ['008602012345678'], IvrId: 8 },
  columns: { Callee: 'phone', UUI: 'customer', Variables: { name: 'name' } },
  numbers: { country: 'CN' },
};

const kinds = {
  plan: async (input) => (await dryRunBulk({ client, template, input })).lines,
  parser: (input) =>
    new Promise((resolve, reject) => {
      let rows = 0;
      Papa.parse(createReadStream(input), {
        chunk: ({ data }) => (rows += data.length),
        complete: () => resolve(rows),
        error: reject,
      });
    }),
};

await kinds[kind](small);
const startedAt = performance.now();
const lines = await kinds[kind](file);
const seconds = (performance.now() - startedAt) / 1000;
await client.close();
console.log(
  JSON.stringify({ linesPerSecond: lines / seconds, peakBytes: process.resourceUsage().maxRSS * 1024 }),
);
