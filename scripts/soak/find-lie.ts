/**
 * Runs the harness until it finds a lie, over a few seeds at most, and prints what it found as JSON.
 *
 * Its argument is an object as JSON: options of the harness, and after how many `batches` it gives up.
 */
import type { TruthOptions } from './harness.js';
import { gatewayCertificate, runTruth } from './harness.js';
import type { TruthReport } from './report.js';
import { describeReport } from './report.js';

/** Most broken rules show in the first few calls; a batch ends before the next begins, so the first ones are small. */
const BATCHES = [60, 140, 800, 800, 800, 800, 800, 800, 800];

/** Few at a time, so that a busy machine does not turn most calls into time-outs, which show nothing. */
const CONCURRENCY = 24;

const { batches = BATCHES.length, ...given } = JSON.parse(
  process.argv[2] ?? '{}',
) as Partial<TruthOptions> & { batches?: number };
const certificate = given.certificate ?? (await gatewayCertificate());
let found: TruthReport;
let seed = 0;
do {
  const calls = BATCHES[seed]!;
  seed++;
  found = await runTruth({ concurrency: CONCURRENCY, ...given, certificate, seed, calls });
} while (found.lies.length === 0 && seed < batches);
console.log(JSON.stringify({ lies: found.lies.length, text: describeReport(found) }));
process.exit();
