import { existsSync } from 'node:fs';
import { Dispatch } from './dispatch.js';
import { BulkError } from './errors.js';
import type { BulkRun, Emit } from './bulk-run.js';
import { bulkRun } from './bulk-run.js';
import type { BulkReport, Stop } from './events.js';
import { digestInput } from './input/input.js';
import { FileLedger, readLedger } from './ledger/file-ledger.js';
import type { Job, Ledger } from './ledger/ledger.js';
import { lock } from './ledger/lock.js';
import type { PlanningOptions, SendSettings, SendingOptions } from './options.js';
import { readLimits, readSendSettings } from './options.js';
import { digestDoNotCall } from './plan/do-not-call.js';
import { loadChunk, planPathOf } from './plan/load.js';
import { jobOf } from './plan/job.js';
import { makePlan } from './plan/plan.js';
import { senderFor } from './send.js';
import { settleUnknown } from './settle.js';
import { step } from './steps.js';
import { digestOf, readTemplate } from './template.js';

/** Options of a run. */
export type BulkOptions = PlanningOptions & SendingOptions;

/**
 * Sends a list of numbers, chunk by chunk. Nobody is called twice: what may have been sent is never sent again, also not by
 * another process. If the ledger exists, the run goes on where it ended.
 *
 * @example
 * const run = runBulk({ client, input: 'list.csv', template, ledger: 'run.ledger' });
 * for await (const event of run) console.log(event.type);
 * console.log((await run.report).counts.accepted);
 */
export function runBulk(options: BulkOptions): BulkRun {
  return start(options, async (emit, release) => {
    const path = options.ledger;
    if (existsSync(path)) await checkSame((await readLedger(path)).job, options);
    else await createLedger(options, emit);
    return FileLedger.openLocked(path, release);
  });
}

/** Goes on with a run whose process has ended. It needs the ledger and the plan beside it, and nothing else. */
export function resumeBulk(options: SendingOptions): BulkRun {
  return start(options, (_emit, release) => FileLedger.openLocked(options.ledger, release));
}

function start(
  options: SendingOptions,
  openLedger: (emit: Emit, release: () => void) => Promise<Ledger>,
): BulkRun {
  return bulkRun(async (emit) => {
    const settings = readSendSettings(options);
    const { release } = lock(options.ledger);
    step('locked');
    let ledger: Ledger;
    try {
      ledger = await openLedger(emit, release);
    } catch (error) {
      release();
      throw error;
    }
    try {
      return await send(ledger, options, settings, emit);
    } finally {
      await ledger.close();
    }
  });
}

/** Plans the list, and makes a ledger of it. A crash on the way leaves no ledger: the next run plans again. */
async function createLedger(options: BulkOptions, emit: Emit): Promise<void> {
  const { client, ledger: path, input, doNotCall, allowPrivateUse, name, signal } = options;
  const template = readTemplate(options.template);
  const limits = readLimits(options, template);
  await senderFor(client, template).check();
  const plan = await makePlan({
    ...{ input, template, limits, doNotCall, allowPrivateUse, signal },
    path: planPathOf(path),
    workFolder: `${path}.work`,
    onLines: (lines) => emit({ type: 'planning', lines }),
  });
  step('planned');
  const { job, chunks } = jobOf({ name, plan, template, limits });
  await FileLedger.create(path, job, chunks);
}

/**
 * Whether a ledger is one of the same run.
 *
 * @throws BulkError `OtherRun` that names what differs
 */
async function checkSame(job: Job, options: BulkOptions): Promise<void> {
  const template = readTemplate(options.template);
  const limits = readLimits(options, template);
  const differs = async () => {
    if (digestOf(job.template) !== digestOf(template.given)) return 'the template';
    if (job.chunkSize !== limits.size || job.chunkBytes !== limits.bytes) return 'the size of chunks';
    if (job.name !== options.name) return 'the name';
    if (job.doNotCall !== (await digestDoNotCall(options.doNotCall))) return 'the do-not-call list';
    return job.input === (await digestInput(options.input)) ? undefined : 'the list';
  };
  const what = await differs();
  if (what === undefined) return;
  throw new BulkError(
    'OtherRun',
    `The ledger belongs to another run: ${what} has changed since. To go on as planned, resume; with another ledger, the whole list is called anew.`,
  );
}

async function send(
  ledger: Ledger,
  options: SendingOptions,
  settings: SendSettings,
  emit: Emit,
): Promise<BulkReport> {
  const { client, signal = new AbortController().signal } = options;
  const template = readTemplate(ledger.job.template);
  const sender = senderFor(client, template);
  const nothing = nothingToSend(ledger.job);
  const counts = await ledger.counts();
  const chunks = Object.values(counts).reduce((sum, count) => sum + count.chunks, 0);
  emit({ type: 'planned', ...toldOf(ledger.job), callees: ledger.job.callees, chunks, counts });
  if (nothing !== undefined) emit({ type: 'stopped', ...nothing });
  const plan = planPathOf(options.ledger);
  const load = loadChunk.bind(undefined, plan);
  const stop = await new Dispatch({ ledger, sender, template, load, settings, signal, emit }).run();
  const { settleWithinMs: withinMs, concurrency } = settings;
  if (withinMs !== false && !signal.aborted)
    await settleUnknown({ ledger, sender, withinMs, concurrency, signal, emit });
  return reportOf(ledger, stop);
}

/** What a ledger says of its run. */
export async function reportOf(ledger: Ledger, stop?: Stop): Promise<BulkReport> {
  const { job } = ledger;
  const counts = await ledger.counts();
  const why = stop ?? nothingToSend(job);
  const outcome = why === undefined ? 'finished' : 'stopped';
  return { job: job.id, outcome, ...(why !== undefined && { stop: why }), ...toldOf(job), counts };
}

/** What was found while the list was read. */
export function toldOf({ lines, leftOut, doNotCallEntries, assumedCountry, warnings = [] }: Job) {
  return {
    ...{ lines, leftOut, warnings },
    ...(doNotCallEntries !== undefined && { doNotCallEntries }),
    ...(assumedCountry !== undefined && { assumedCountry }),
  };
}

/** A run that calls nobody is no success, whatever the reason. */
export function nothingToSend({
  lines,
  callees,
  leftOut,
}: Pick<Job, 'lines' | 'callees' | 'leftOut'>): Stop | undefined {
  if (callees > 0) return undefined;
  const reasons = Object.entries(leftOut).map(([reason, count]) => `${reason} ${count}`);
  const message =
    lines === 0
      ? 'Nothing to send: the list has no line.'
      : `Nothing to send: no line of ${lines} has a number that is called (${reasons.join(', ')}).`;
  return { reason: 'nothing-to-send', message };
}
