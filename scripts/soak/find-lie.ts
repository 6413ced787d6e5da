/**
 * Runs the harness until it finds a lie, over a few seeds at most, and prints what it found as JSON.
 *
 * Arguments: the share of the calls that settle, and a fault that is to strike often. None is needed.
 */
import type { FaultName } from '@tccc/mocks';
import { runTruth } from './harness.js';
import { describeReport } from './report.js';

/** Small batches: what a broken rule does shows early, and each batch ends before the next begins. */
const CALLS = 800;
const SEEDS = 7;

/** Few at a time, so that a busy machine does not turn most calls into time-outs, which show nothing. */
const CONCURRENCY = 24;

const settleShare = Number(process.argv[2] ?? 0.3);
const often = process.argv[3] as FaultName | undefined;
let found = await runTruth({ seed: 1, calls: CALLS, concurrency: CONCURRENCY, often, settleShare });
for (let seed = 2; seed <= SEEDS && found.lies.length === 0; seed++) {
  found = await runTruth({ seed, calls: CALLS, concurrency: CONCURRENCY, often, settleShare });
}
console.log(JSON.stringify({ lies: found.lies.length, text: describeReport(found) }));
process.exit();
