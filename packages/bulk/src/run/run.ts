import { existsSync } from 'node:fs';
import { Dispatch } from './dispatch.js';
import { BulkError } from '../errors.js';
import { makePrivate } from '../files.js';
import type { BulkRun, Emit } from './bulk-run.js';
import { bulkRun } from './bulk-run.js';
import type { BulkReport, Stop } from './events.js';
import { plannedEvent, toldOf } from './events.js';
import { digestInput } from '../input/input.js';
import type { OpenOptions } from '../ledger/file-ledger.js';
import { FileLedger, readLedger } from '../ledger/file-ledger.js';
import type { Job, Ledger } from '../ledger/ledger.js';
import { placeOf } from '../ledger/place.js';
import { whilePlanning } from '../ledger/planning.js';
import type { PlanningOptions, SendSettings, SendingOptions } from './options.js';
import { readSendSettings } from './options.js';
import type { Prepared, Sending } from './prepare.js';
import { planList, prepare, sendingOf } from './prepare.js';
import { Collector } from '../opt-out/collector.js';
import { Inbox } from '../opt-out/inbox.js';
import { readOptOuts } from '../opt-out/leave-out.js';
import type { DoNotCall } from '../plan/do-not-call.js';
import { digestDoNotCall } from '../plan/do-not-call.js';
import { loadChunk, planPathOf } from '../plan/load.js';
import { jobOf } from '../plan/job.js';
import { settleUnknown } from './settle.js';
import { step } from '../crash-points.js';
import { digestOf } from '../request/template.js';

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
  return start(options, async (emit, opening) => {
    const path = options.ledger;
    const prepared = prepare(options);
    const check = async () => checkSame((await readLedger(path)).job, prepared, options);
    if (existsSync(path)) await check();
    else
      await whilePlanning(path, opening, () =>
        // Another process may have planned it meanwhile.
        existsSync(path) ? check() : createLedger(prepared, options, emit),
      );
    return prepared;
  });
}

/** Options of a run that goes on. */
export interface ResumeOptions extends SendingOptions {
  /**
   * Numbers that must not be called any more, as of `runBulk`. They are taken off what is still to be sent; the numbers that the run
   * was planned without stay left out.
   *
   * @default none
   */
  doNotCall?: DoNotCall;
}

/** Goes on with a run whose process has ended. It needs the ledger and the plan, and nothing else. */
export function resumeBulk(options: ResumeOptions): BulkRun {
  return start(options, async () => undefined, options.doNotCall);
}

/** @param makeLedger sees to it that there is a ledger, and says how it is sent if it knows */
function start(
  options: SendingOptions,
  makeLedger: (emit: Emit, opening: OpenOptions) => Promise<Sending | undefined>,
  optOuts?: DoNotCall,
): BulkRun {
  return bulkRun(async (emit) => {
    const settings = readSendSettings(options);
    const opening: OpenOptions = {
      trustFileSystem: options.trustFileSystem,
      onWatch: (waitMs) => emit({ type: 'watching', waitMs }),
    };
    const known = await makeLedger(emit, opening);
    const ledger = await FileLedger.open(options.ledger, opening);
    const inbox = new Inbox(placeOf(options.ledger));
    const plan = planPathOf(options.ledger);
    const collector = new Collector(inbox, ledger, plan, (result) => emit({ type: 'opted-out', ...result }));
    try {
      makePrivate(plan);
      if (optOuts !== undefined) await inbox.put(await readOptOuts(optOuts, ledger.job));
      await collector.collect();
      const sending = known ?? sendingOf(ledger.job, options.client);
      return await send(ledger, collector, sending, options, settings, emit);
    } finally {
      await collector.close();
      await ledger.close();
    }
  });
}

/** Plans the list, and makes a ledger of it. A crash on the way leaves no ledger: the next run plans again. */
async function createLedger(prepared: Prepared, options: BulkOptions, emit: Emit): Promise<void> {
  const { ledger: path, name } = options;
  const plan = await planList(prepared, options, {
    path: planPathOf(path),
    workFolder: `${path}.work`,
    onLines: (lines) => emit({ type: 'planning', lines }),
  });
  step('planned');
  const { job, chunks } = jobOf({ name, plan, ...prepared });
  await FileLedger.create(path, job, chunks);
}

/**
 * Whether a ledger is one of the same run.
 *
 * @throws BulkError `OtherRun` that names what differs
 */
async function checkSame(job: Job, { template, limits }: Prepared, options: BulkOptions): Promise<void> {
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
    `The ledger belongs to another run: ${what} has changed since. To go on as planned, resume, with more numbers that must not be called if there are some; with another ledger, the whole list is called anew.`,
  );
}

async function send(
  ledger: FileLedger,
  collector: Collector,
  { template, sender }: Sending,
  options: SendingOptions,
  settings: SendSettings,
  emit: Emit,
): Promise<BulkReport> {
  const { signal = new AbortController().signal } = options;
  const nothing = nothingToSend(ledger.job);
  emit(plannedEvent(ledger.job, await ledger.counts()));
  if (nothing !== undefined) emit({ type: 'stopped', ...nothing });
  const stop = await new Dispatch({
    ...{ ledger, sender, template, settings, signal, emit },
    load: loadChunk.bind(undefined, planPathOf(options.ledger)),
    beforeClaim: () => collector.collect(),
    confirm: () => ledger.confirm(),
  }).run();
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
  return { job: job.id, outcome, ...(why !== undefined && { stop: why }), ...toldOf(job, counts), counts };
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
