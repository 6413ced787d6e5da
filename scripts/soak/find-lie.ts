/**
 * Runs the harness until it finds a lie, over a few seeds at most, and prints what it found as JSON.
 *
 * Arguments: the share of the calls that settle, and a fault that is to strike often. None is needed.
 */
import type { FaultName } from '@tccc/mocks';
import { runTruth } from './harness.js';
import type { TruthReport } from './report.js';
import { describeReport } from './report.js';

/** Most broken rules show in the first few calls; a batch ends before the next begins, so the first one is small. */
const BATCHES = [200, 800, 800, 800, 800, 800, 800, 800];

/** Few at a time, so that a busy machine does not turn most calls into time-outs, which show nothing. */
const CONCURRENCY = 24;

const settleShare = Number(process.argv[2] ?? 0.3);
const often = process.argv[3] as FaultName | undefined;
let found: TruthReport;
let seed = 0;
do {
  const calls = BATCHES[seed]!;
  seed++;
  found = await runTruth({ seed, calls, concurrency: CONCURRENCY, often, settleShare });
} while (found.lies.length === 0 && seed < BATCHES.length);
console.log(JSON.stringify({ lies: found.lies.length, text: describeReport(found) }));
process.exit();
