import type { BulkEvent, BulkReport, Stop } from '../run/events.js';
import { toldOf } from '../run/events.js';
import type { LedgerChunk } from '../ledger/ledger.js';
import { readBulkOptions } from '../options.js';
import { reportOf } from '../run/run.js';
import { sendingOf } from '../run/prepare.js';
import { checkService } from '../run/service.js';
import { settleUnknown } from '../run/settle.js';
import type { BulkStatus } from '../run/status.js';
import type { FleetLedgers } from './fleet-ledger.js';
import type { JoinOptions } from './join-fleet.js';
import { OWN_RUN, joinTable } from './options.js';

/** How far a run of a fleet has come. Chunks that are `sending` are among `open`, also while their process lives. */
export interface FleetStatus extends BulkStatus {
  /** What has stopped the run for all processes. */
  readonly stop?: Stop;
}

/**
 * Says how far a run has come, even while it goes on.
 *
 * @example
 * const { counts, stop } = await fleetStatus(ledgers, run);
 */
export async function fleetStatus(ledgers: FleetLedgers, run: string): Promise<FleetStatus> {
  const ledger = await ledgers.open(run);
  try {
    const { job } = ledger;
    const counts = await ledger.counts();
    const open: LedgerChunk[] = [];
    for (const state of ['sending', 'refused', 'unknown'] as const)
      for await (const chunk of ledger.chunks(state)) open.push(chunk);
    const stop = await ledger.stop();
    return {
      job: job.id,
      ...toldOf(job, counts),
      counts,
      open: open.sort((one, other) => one.chunk - other.chunk),
      ...(stop !== undefined && { stop }),
    };
  } finally {
    await ledger.close();
  }
}

/**
 * Lets a run go on that something has stopped for all processes; those that ended have to join again.
 *
 * @example
 * await resumeFleet(ledgers, run);
 * await joinFleet({ ledgers, run, client }).report;
 */
export async function resumeFleet(ledgers: FleetLedgers, run: string): Promise<void> {
  const ledger = await ledgers.open(run);
  try {
    await ledger.setStop(undefined);
  } finally {
    await ledger.close();
  }
}

/**
 * Looks for every chunk of unknown outcome in the list of the service. Sends nothing.
 *
 * @example
 * const { counts } = await settleFleet({ ledgers, run, client });
 */
export async function settleFleet(
  options: JoinOptions,
  onEvent: (event: BulkEvent) => void = () => {},
): Promise<BulkReport> {
  const settings = readBulkOptions(joinTable, options);
  const { ledgers, run, client, signal, settleWithinMs, concurrency } = settings;
  const ledger = await ledgers.open(run);
  try {
    checkService(await ledger.service(), client, OWN_RUN);
    const { sender } = sendingOf(ledger.job, client);
    const withinMs = settleWithinMs === false ? 0 : settleWithinMs;
    await settleUnknown({ ledger, sender, withinMs, concurrency, signal, emit: onEvent });
    return await reportOf(ledger, await ledger.stop());
  } finally {
    await ledger.close();
  }
}
