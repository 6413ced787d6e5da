import type { OptOutResult } from '../ledger/format.js';
import { leaveOut, readOptOuts } from '../opt-out/leave-out.js';
import { asItIs } from '../options.js';
import type { DoNotCall } from '../plan/do-not-call.js';
import type { FleetLedgers } from './fleet-ledger.js';

/**
 * Takes numbers off a run, whether processes work on it or not. A chunk that is claimed after this has resolved does not
 * have them any more. What was claimed before may be called; `late` counts it.
 *
 * @param list as `doNotCall` of `planFleet`: the path of a file, or the numbers
 * @returns what has become of the numbers. Those that the run does not have are in `numbers` alone
 * @throws BulkError `InvalidInput` if the list cannot be read; nothing has changed then
 *
 * @example
 * const { leftOut, late } = await optOutFleet(ledgers, run, ['+8613012345678']);
 */
export async function optOutFleet(
  ledgers: FleetLedgers,
  run: string,
  list: DoNotCall,
): Promise<OptOutResult> {
  const given = asItIs(list);
  const ledger = await ledgers.open(run);
  try {
    return await leaveOut(ledger, ledger.plan(), await readOptOuts(given, ledger.job));
  } finally {
    await ledger.close();
  }
}
