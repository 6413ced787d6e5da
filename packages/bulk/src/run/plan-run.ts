import type { OutboundClient } from '@tccc/outbound';
import type { OptionTable } from '@tccc/outbound/internal';
import { func } from '@tccc/outbound/internal';
import type { Clock } from '../clock.js';
import { systemClock } from '../clock.js';
import { makePrivate } from '../files.js';
import { countsOf, readLedger } from '../ledger/file-ledger.js';
import type { Counts } from '../ledger/ledger.js';
import type { ReadingCounts } from '../numbers/index.js';
import { planDigestOf } from '../plan/job.js';
import { planPathOf } from '../plan/load.js';
import { toldOf } from './events.js';
import type { DryRun, DryRunOptions } from './dry-run.js';
import { dryRunTable } from './dry-run.js';
import type { OnLeftOut } from './forecast.js';
import { forecast } from './forecast.js';
import { makeLedger } from './make-file-ledger.js';
import { readBulkOptions } from '../options.js';
import { ledgerTable } from './options.js';
import { prepare, sendingOf } from './prepare.js';

/** A run as it is planned. Nothing of what it says is sent before `resumeBulk`. */
export interface PlannedRun extends Omit<DryRun, 'numbers'> {
  /**
   * Names what is sent: the template, and every number with its place. The same list, template and options give the same, in
   * whatever ledger.
   */
  readonly digest: string;
  /** Whether it was planned now. */
  readonly isNew: boolean;
  /** Whether something may have been sent before. */
  readonly hasBegun: boolean;
  readonly counts: Counts;
  /** How the numbers are written; known only if it was planned now. */
  readonly numbers?: ReadingCounts;
}

/** Options of a plan: those of a dry run, and where the ledger is. */
export interface PlanBulkOptions extends DryRunOptions {
  /** Path of the ledger. The plan, with the phone numbers, is in the same folder (`.plan`). */
  ledger: string;
  /** Hears how many lines were read. */
  onLines?: (lines: number) => void;
  /** Hears that another process had the ledger, and for how long it is watched at most. */
  onWatch?: (waitMs: number) => void;
}

const TABLE = {
  ...dryRunTable,
  ...ledgerTable,
  onLines: func<(lines: number) => void>(() => {}),
  onWatch: func<(waitMs: number) => void>(() => {}),
} satisfies OptionTable<PlanBulkOptions>;

/**
 * Makes the ledger of a run without sending anything, so that somebody can look at the plan, and somebody else send it with
 * `resumeBulk`. If there is a ledger of the same run, it says what that one has.
 *
 * @throws BulkError as of `runBulk`
 *
 * @example
 * const { digest } = await planBulk({ client, input: 'list.csv', template, ledger: 'run.ledger' });
 * // Later, by somebody else:
 * await resumeBulk({ client, ledger: 'run.ledger', plan: digest }).report;
 */
export async function planBulk(given: PlanBulkOptions): Promise<PlannedRun> {
  const options = readBulkOptions(TABLE, given);
  const { ledger, trustFileSystem, onWatch, clock, onLeftOut } = options;
  const prepared = prepare(options);
  const plan = await makeLedger(prepared, options, { trustFileSystem, onWatch });
  makePrivate(planPathOf(ledger));
  const planned = await describeRun(ledger, options.client, { clock, onLeftOut });
  return { ...planned, isNew: plan !== undefined, ...(plan !== undefined && { numbers: plan.numbers }) };
}

/** Says what a ledger has planned, and how far it has come. Needs no lock, and sends nothing. */
export async function describeRun(
  ledger: string,
  client: OutboundClient,
  { clock = systemClock, onLeftOut }: { clock?: Clock | undefined; onLeftOut?: OnLeftOut | undefined } = {},
): Promise<PlannedRun> {
  const { job, chunks } = await readLedger(ledger);
  const { template } = sendingOf(job, client);
  const counts = countsOf(chunks);
  const left = chunks.filter(({ state, callees }) => state === 'planned' && callees > 0).length;
  return {
    ...toldOf(job, counts),
    ...(await forecast(left, template, planPathOf(ledger), { clock, onLeftOut })),
    callees: counts.planned.callees,
    digest: planDigestOf(job, chunks),
    counts,
    isNew: false,
    hasBegun: chunks.some(({ revision }) => revision > 0),
  };
}
