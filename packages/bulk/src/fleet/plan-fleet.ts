import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutboundClient } from '@tccc/outbound';
import type { OptionTable } from '@tccc/outbound/internal';
import { func } from '@tccc/outbound/internal';
import { BulkError, isBulkError, stoppedReading } from '../errors.js';
import type { Chunk, Job } from '../ledger/ledger.js';
import type { PlanningOptions } from '../run/options.js';
import { readBulkOptions, required } from '../options.js';
import { clientTable, planningTable } from '../run/options.js';
import { readPart } from '../plan/load.js';
import { jobOf } from '../plan/job.js';
import { leftOutRows } from '../plan/left-out-rows.js';
import { runIdOf } from '../plan/plan.js';
import { planDamaged } from '../plan/rows.js';
import { inTemporaryFolder } from '../plan/temporary-folder.js';
import type { OnLeftOut } from '../run/forecast.js';
import { planList, prepare } from '../run/prepare.js';
import { checkService } from '../run/service.js';
import { digestOf } from '../request/template.js';
import type { FleetLedgers, NewLedger } from './fleet-ledger.js';
import { OWN_RUN, ledgersOption } from './options.js';

/** What a list becomes a run of a fleet by. */
export interface PlanFleetOptions extends PlanningOptions {
  /** Where the ledger is made. */
  ledgers: FleetLedgers;
  /** Checks what all requests share; sends nothing. */
  client: OutboundClient;
  /** Hears how many lines were read. */
  onLines?: (lines: number) => void;
  /** Is given every line that is left out, in the order of the list. */
  onLeftOut?: OnLeftOut;
  /** Ends the planning; there is no ledger then. */
  signal?: AbortSignal;
}

/** A run of a fleet. */
export interface FleetPlan {
  /** Id of the run, by which processes join it. The same list, template and options give the same. */
  readonly run: string;
  /** Whether it was planned now. If it was there already, it goes on; nobody is called a second time. */
  readonly isNew: boolean;
}

const TABLE = {
  ...planningTable,
  ...clientTable,
  ledgers: required(ledgersOption),
  onLines: func<(lines: number) => void>(() => {}),
  onLeftOut: func<OnLeftOut | undefined>(undefined),
} satisfies OptionTable<PlanFleetOptions>;

/**
 * Makes a run of a list, which any number of processes may join. If the same was planned before, that run goes on, even if
 * something has stopped it.
 *
 * @throws BulkError `OtherRun` if the same list was planned otherwise under the same name, or both times without one; or if the
 * list, the template or an option is wrong, or the ledger cannot be written
 *
 * @example
 * const { run, isNew } = await planFleet({ ledgers, client, input: 'list.csv', template });
 */
export async function planFleet(given: PlanFleetOptions): Promise<FleetPlan> {
  const options = readBulkOptions(TABLE, given);
  const { name, onLines, onLeftOut, signal } = options;
  const prepared = prepare(options);
  return inTemporaryFolder(async (folder) => {
    const path = join(folder, 'plan');
    const plan = await planList(prepared, options, { path, workFolder: join(folder, 'work'), onLines });
    await onLeftOut?.(leftOutRows(path));
    const { template, limits } = prepared;
    const { job, chunks } = jobOf({ name, plan, template, limits }, runIdOf(name, plan, template, limits));
    const rows = { [Symbol.asyncIterator]: () => partsOf(path, chunks, signal) };
    const isNew = await createOrGoOn(options, { job, chunks, rows });
    return { run: job.id, isNew };
  });
}

/** The rows of each chunk, and what follows the last one. A ledger that is stopped on the way is not there. */
async function* partsOf(path: string, chunks: readonly Chunk[], signal: AbortSignal): AsyncGenerator<Buffer> {
  for (const { from, to, sha256 } of chunks) {
    if (signal.aborted) throw stoppedReading(signal.reason);
    const part = await readPart(path, from, to);
    if (createHash('sha256').update(part).digest('hex') !== sha256) throw planDamaged();
    yield part;
  }
  const { size } = await stat(path);
  yield await readPart(path, chunks.at(-1)?.to ?? 0, size);
}

/** Whether the ledger is new. */
async function createOrGoOn(
  { ledgers, client }: Pick<PlanFleetOptions, 'ledgers' | 'client'>,
  planned: NewLedger,
): Promise<boolean> {
  try {
    await ledgers.create(planned);
    return true;
  } catch (error) {
    if (!isBulkError(error) || error.code !== 'NotAllowed') throw error;
  }
  const ledger = await ledgers.open(planned.job.id);
  try {
    if (identityOf(ledger.job) !== identityOf(planned.job))
      throw new BulkError('OtherRun', 'Another run has the same id; give this one a name.');
    checkService(await ledger.service(), client, OWN_RUN);
    await ledger.setStop(undefined);
    return false;
  } finally {
    await ledger.close();
  }
}

/**
 * What a run was made from. What was made of it may differ: another version of this package may read numbers in another
 * way, or warn of something else, and the run still goes on as it was planned. Under another name, everybody would be
 * called again.
 */
function identityOf({ name, input, doNotCall, template, chunkSize, chunkBytes }: Job): string {
  return digestOf([name, input, doNotCall, template, chunkSize, chunkBytes]);
}
