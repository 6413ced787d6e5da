/**
 * `pnpm soak`: the truth harness for a long time. Fails on the first lie, on memory that grows, and on sockets or timers
 * that are left at the end.
 *
 * Arguments: `--calls 200000` in all, `--seed 1` of the first batch.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { readArgs, wholeNumber } from '../support/args.js';

/** Calls per batch; each batch has its own seed, server and clients. */
const BATCH = 5_000;

/** Memory may differ by this much between the batches after the first few, in MiB. */
const TOLERANCE_MIB = 24;

const { calls, seed } = readArgs(
  'pnpm soak -- [--calls 200000] [--seed 1]',
  { calls: { type: 'string', default: '200000' }, seed: { type: 'string', default: '1' } },
  (values) => ({ calls: wholeNumber('calls', values.calls, 1), seed: wholeNumber('seed', values.seed, 0) }),
);
// What is asked wrongly is refused at once.
const { runTruth } = await import('./harness.js');
const { describeReport } = await import('./report.js');
const heaps: number[] = [];
let lies = 0;

for (let done = 0; done < calls && lies === 0; done += BATCH) {
  const found = await runTruth({ seed: seed + heaps.length, calls: Math.min(BATCH, calls - done) });
  lies = found.lies.length;
  heaps.push(await heapMib());
  console.log(`${describeReport(found)}; heap ${heaps.at(-1)!.toFixed(1)} MiB`);
}

const settled = heaps.slice(Math.min(3, heaps.length - 1));
const growthMib = settled.at(-1)! - Math.min(...settled.slice(0, 3));
await sleep(200);
const left = process.getActiveResourcesInfo().filter((name) => /TCP|Timeout|TLS/.test(name));
console.log(
  `Heap growth over the run: ${growthMib.toFixed(1)} MiB. Left over: ${left.join(', ') || 'nothing'}.`,
);
if (lies > 0 || growthMib > TOLERANCE_MIB || left.length > 0) process.exitCode = 1;

/** What is left of a batch goes in steps: what one collection frees lets the next free more. */
async function heapMib(): Promise<number> {
  for (let round = 0; round < 5; round++) {
    await sleep(50);
    (globalThis as { gc?: () => void }).gc?.();
  }
  return process.memoryUsage().heapUsed / 2 ** 20;
}
