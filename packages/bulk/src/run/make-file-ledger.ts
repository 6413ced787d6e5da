import { existsSync } from 'node:fs';
import { step } from '../crash-points.js';
import { BulkError } from '../errors.js';
import { digestInput } from '../input/input.js';
import { untilAborted } from '../input/until-aborted.js';
import type { OpenOptions } from '../ledger/file-ledger.js';
import { FileLedger, readLedger } from '../ledger/file-ledger.js';
import type { Job } from '../ledger/ledger.js';
import { whilePlanning } from '../ledger/planning.js';
import { digestDoNotCall } from '../plan/do-not-call.js';
import { jobOf } from '../plan/job.js';
import { planPathOf } from '../plan/load.js';
import type { Plan } from '../plan/plan.js';
import { digestOf } from '../request/template.js';
import type { PlanSettings } from './options.js';
import type { Prepared } from './prepare.js';
import { planList } from './prepare.js';

/** What a ledger is made from. */
export interface MakeLedgerOptions extends PlanSettings {
  ledger: string;
  onLines: (lines: number) => void;
}

/**
 * Makes sure that there is a ledger of a run: plans the list, or checks that the ledger that is there belongs to the same
 * run. A crash on the way leaves no ledger: the next run plans again.
 *
 * @returns the plan, if it was made now
 * @throws BulkError `OtherRun` if the ledger belongs to another run
 */
export async function makeLedger(
  prepared: Prepared,
  options: MakeLedgerOptions,
  opening: OpenOptions,
): Promise<Plan | undefined> {
  const path = options.ledger;
  const check = async () => {
    await checkSame((await readLedger(path)).job, prepared, options);
    return undefined;
  };
  if (existsSync(path)) return check();
  // Another process may have planned it meanwhile.
  return whilePlanning(path, opening, () => (existsSync(path) ? check() : create(prepared, options)));
}

async function create(prepared: Prepared, options: MakeLedgerOptions): Promise<Plan> {
  const { ledger: path, name, onLines } = options;
  const plan = await planList(prepared, options, {
    path: planPathOf(path),
    workFolder: `${path}.work`,
    onLines,
  });
  step('planned');
  const { job, chunks } = jobOf({ name, plan, ...prepared });
  await FileLedger.create(path, job, chunks);
  return plan;
}

/**
 * Whether a ledger is one of the same run.
 *
 * @throws BulkError `OtherRun` that names what differs
 */
async function checkSame(job: Job, { template, limits }: Prepared, options: PlanSettings): Promise<void> {
  const { input, doNotCall, name, signal } = options;
  const differs = async () => {
    if (digestOf(job.template) !== digestOf(template.given)) return 'the template';
    if (job.chunkSize !== limits.size || job.chunkBytes !== limits.bytes) return 'the size of chunks';
    if (job.name !== name) return 'the name';
    if (job.doNotCall !== (await digestDoNotCall(untilAborted(doNotCall, signal), signal)))
      return 'the do-not-call list';
    return job.input === (await digestInput(untilAborted(input, signal), signal)) ? undefined : 'the list';
  };
  const what = await differs();
  if (what === undefined) return;
  throw new BulkError(
    'OtherRun',
    `The ledger belongs to another run: ${what} has changed since. To go on as planned, resume, with more numbers that must not be called if there are some; with another ledger, the whole list is called again.`,
  );
}
