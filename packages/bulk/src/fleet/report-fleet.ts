import { createHash } from 'node:crypto';
import type { Resolution } from '../run/resolve.js';
import { resolveIn } from '../run/resolve.js';
import { asItIs } from '../options.js';
import { linesIn } from '../plan/load.js';
import type { ReportRow } from '../run/line-report.js';
import { planDamaged } from '../plan/rows.js';
import { reportRow } from '../run/line-report.js';
import type { FleetLedgers } from './fleet-ledger.js';

/**
 * Every line of the list of a run, once and in order. It can be read while the run goes on.
 *
 * @example
 * for await (const { line, callee, state } of fleetReport(ledgers, run)) console.log(line, state);
 */
export async function* fleetReport(ledgers: FleetLedgers, run: string): AsyncGenerator<ReportRow> {
  const ledger = await ledgers.open(run);
  try {
    let lines = 0;
    for await (const { chunk, rows } of ledger.plan()) {
      if (chunk !== undefined && createHash('sha256').update(rows).digest('hex') !== chunk.sha256)
        throw planDamaged();
      for (const bytes of linesIn(rows)) {
        lines++;
        yield reportRow(bytes, chunk);
      }
    }
    if (lines !== ledger.job.lines) throw planDamaged();
  } finally {
    await ledger.close();
  }
}

/**
 * Takes a person's word for what became of chunks of a run, like `resolveBulk`.
 *
 * @throws BulkError `NotAllowed` if a chunk has another state; none is changed then
 *
 * @example
 * await resolveFleet(ledgers, run, [17], { accepted: '4711' });
 */
export async function resolveFleet(
  ledgers: FleetLedgers,
  run: string,
  chunks: readonly number[],
  resolution: Resolution,
): Promise<void> {
  const [given, word] = [asItIs(chunks), asItIs(resolution)];
  const ledger = await ledgers.open(run);
  try {
    await resolveIn(ledger, given, word);
  } finally {
    await ledger.close();
  }
}
