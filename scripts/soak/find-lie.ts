/**
 * Runs the harness until it finds a lie, over a few batches at most: once for each argument, an object as JSON with options
 * of the harness, after how many `batches` to give up, and which `replacement` is switched on (see support/switch.ts).
 * Prints what each run found, as a line of JSON.
 */
import type { Certificate } from '../../packages/mocks/src/server/certificate.js';
import type { TruthOptions } from './harness.js';
import { runTruth } from './harness.js';
import type { TruthReport } from './report.js';
import { describeReport } from './report.js';

/** Most broken rules show in the first few calls; a batch ends before the next begins, so the first ones are small. */
const BATCHES = [30, 70, 100, 300, 300, 800, 800, 800, 800, 800, 800];

/** Few at a time, so that a busy machine does not turn most calls into time-outs, which show nothing. */
const CONCURRENCY = 24;

interface Run extends Partial<TruthOptions> {
  /** Making one takes longer than finding most lies. */
  certificate: Certificate;
  batches?: number;
  replacement?: number;
}

/** Never the same again: the SDK would know the request ids of an earlier run. */
let seed = 0;

async function findLie({ batches = BATCHES.length, replacement, ...given }: Run): Promise<TruthReport> {
  Object.assign(globalThis, { replacement });
  for (const [index, calls] of BATCHES.slice(0, batches).entries()) {
    const found = await runTruth({ concurrency: CONCURRENCY, ...given, seed: ++seed, calls });
    if (found.lies.length > 0 || index === batches - 1) return found;
  }
  throw new Error('It has to run at least once.');
}

for (const argument of process.argv.slice(2)) {
  const found = await findLie(JSON.parse(argument) as Run);
  console.log(JSON.stringify({ lies: found.lies.length, text: describeReport(found) }));
}
process.exit();
