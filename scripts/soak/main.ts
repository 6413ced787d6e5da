/**
 * `pnpm soak`: the truth harness for a long time. Fails on the first lie, on memory that grows, and on sockets or timers
 * that are left at the end.
 *
 * Arguments: `--calls 200000` in all, `--seed 1` of the first batch.
 */
import { parseArgs } from 'node:util';
import { describeReport, runTruth } from './harness.js';

/** Calls per batch; each batch has its own seed, server and clients. */
const BATCH = 5_000;

/** Memory may differ by this much between the batches after the first few, in MiB. */
const TOLERANCE_MIB = 24;

const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
  options: { calls: { type: 'string', default: '200000' }, seed: { type: 'string', default: '1' } },
});
const batches = Math.ceil(Number(values.calls) / BATCH);
const heaps: number[] = [];
let lies = 0;

for (let batch = 0; batch < batches && lies === 0; batch++) {
  const found = await runTruth({ seed: Number(values.seed) + batch, calls: BATCH });
  lies = found.lies.length;
  heaps.push(heapMib());
  console.log(`${describeReport(found)}; heap ${heaps.at(-1)!.toFixed(1)} MiB`);
}

const settled = heaps.slice(Math.min(3, heaps.length - 1));
const growthMib = settled.at(-1)! - Math.min(...settled.slice(0, 3));
await new Promise((resolve) => setTimeout(resolve, 200));
const left = process.getActiveResourcesInfo().filter((name) => /TCP|Timeout|TLS/.test(name));
console.log(
  `Heap growth over the run: ${growthMib.toFixed(1)} MiB. Left over: ${left.join(', ') || 'nothing'}.`,
);
if (lies > 0 || growthMib > TOLERANCE_MIB || left.length > 0) process.exitCode = 1;

function heapMib(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
