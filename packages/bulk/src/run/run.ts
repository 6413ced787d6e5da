import type { Checked, OptionTable } from '@tccc/outbound/internal';
import { Dispatch } from './dispatch.js';
import { countOf } from '../count.js';
import { BulkError } from '../errors.js';
import { makePrivate } from '../files.js';
import type { BulkRun, Emit } from './bulk-run.js';
import { bulkRun } from './bulk-run.js';
import type { BulkReport, Stop } from './events.js';
import { calleeCount, plannedEvent, toldOf } from './events.js';
import { untilAborted } from '../input/until-aborted.js';
import { makeLedger } from './make-file-ledger.js';
import type { OpenOptions } from '../ledger/file-ledger.js';
import { FileLedger, readLedger } from '../ledger/file-ledger.js';
import type { Counts, Job, Ledger } from '../ledger/ledger.js';
import { placeOf } from '../ledger/place.js';
import type { PlanningOptions, SendingOptions } from './options.js';
import { copied, someText } from '../options.js';
import { planningTable, sendingTable } from './options.js';
import type { Sending } from './prepare.js';
import { prepare, sendingOf } from './prepare.js';
import { Collector } from '../opt-out/collector.js';
import { Inbox } from '../opt-out/inbox.js';
import { readOptOuts } from '../opt-out/leave-out.js';
import type { DoNotCall } from '../plan/do-not-call.js';
import { loadChunk, planPathOf } from '../plan/load.js';
import { planDigestOf } from '../plan/job.js';
import { checkService, serviceOf } from './service.js';
import { settleUnknown } from './settle.js';

/** Options of a run. */
export type BulkOptions = PlanningOptions & SendingOptions;

/**
 * Sends a list of numbers, chunk by chunk. Nobody is called twice: what may have been sent is never sent again, not even by
 * another process. If the ledger exists, the run goes on where it ended.
 *
 * @example
 * const run = runBulk({ client, input: 'list.csv', template, ledger: 'run.ledger' });
 * for await (const event of run) console.log(event.type);
 * console.log((await run.report).counts.accepted);
 */
export function runBulk(options: BulkOptions): BulkRun {
  return bulkRun(RUN, options, async (settings, emit) => {
    const prepared = prepare(settings);
    const onLines = (lines: number) => emit({ type: 'planning', lines });
    await makeLedger(prepared, { ...settings, onLines }, openingOf(settings, emit));
    return send(settings, emit, { sending: prepared });
  });
}

const RUN = { ...planningTable, ...sendingTable } satisfies OptionTable<BulkOptions>;

/** Options of a run that goes on. */
export interface ResumeOptions extends SendingOptions {
  /**
   * Numbers that must not be called any more, as of `runBulk`. They are taken off what is still to be sent; the numbers
   * that the run was planned without stay left out.
   *
   * @default none
   */
  doNotCall?: DoNotCall;
  /**
   * Digest of the plan, as `planBulk` returned it: a ledger with another plan is refused with `OtherRun`.
   *
   * @default none: whatever the ledger has is sent
   */
  plan?: string;
}

/**
 * Goes on with a run whose process has ended. It needs the ledger and the plan, and nothing else.
 *
 * @example
 * const { outcome } = await resumeBulk({ client, ledger: 'run.ledger' }).report;
 */
export function resumeBulk(options: ResumeOptions): BulkRun {
  return bulkRun(RESUME, options, async (settings, emit) => {
    const { ledger, plan, doNotCall } = settings;
    if (plan !== undefined) await checkPlan(ledger, plan);
    return send(settings, emit, { optOuts: doNotCall });
  });
}

const RESUME = {
  ...sendingTable,
  doNotCall: copied<DoNotCall>,
  plan: someText,
} satisfies OptionTable<ResumeOptions>;

/** @throws BulkError `OtherRun` */
async function checkPlan(ledger: string, digest: string): Promise<void> {
  const { job, chunks } = await readLedger(ledger);
  const own = planDigestOf(job, chunks);
  if (own === digest) return;
  throw new BulkError('OtherRun', `The ledger has another plan, ${own}. Nothing was sent.`);
}

function openingOf({ trustFileSystem }: Pick<Settings, 'trustFileSystem'>, emit: Emit): OpenOptions {
  return { trustFileSystem, onWatch: (waitMs) => emit({ type: 'watching', waitMs }) };
}

type Settings = Checked<typeof sendingTable>;

/** Sends what a ledger has planned. How it is sent is read from it, unless that is known. */
async function send(
  settings: Settings,
  emit: Emit,
  { sending, optOuts }: { sending?: Sending; optOuts?: DoNotCall | undefined },
): Promise<BulkReport> {
  const { client, ledger: path } = settings;
  const ledger = await FileLedger.open(path, { ...openingOf(settings, emit), service: serviceOf(client) });
  const inbox = new Inbox(placeOf(path));
  const plan = planPathOf(path);
  const collector = new Collector(inbox, ledger, plan, (result) => emit({ type: 'opted-out', ...result }));
  try {
    checkService(ledger.service, client);
    makePrivate(plan);
    if (optOuts !== undefined)
      await inbox.put(await readOptOuts(untilAborted(optOuts, settings.signal), ledger.job));
    await collector.collect();
    return await dispatch(ledger, collector, sending ?? sendingOf(ledger.job, client), settings, emit);
  } finally {
    await collector.close();
    await ledger.close();
  }
}

async function dispatch(
  ledger: FileLedger,
  collector: Collector,
  { template, sender }: Sending,
  settings: Settings,
  emit: Emit,
): Promise<BulkReport> {
  const { signal, settleWithinMs: withinMs, concurrency } = settings;
  const planned = plannedEvent(ledger.job, await ledger.counts());
  const nothing = nothingToSend(planned);
  emit(planned);
  if (nothing !== undefined) emit({ type: 'stopped', ...nothing });
  const stop = await new Dispatch({
    ledger,
    sender,
    template,
    settings,
    signal,
    emit,
    load: loadChunk.bind(undefined, planPathOf(settings.ledger)),
    beforeClaim: () => collector.collect(),
    confirm: () => ledger.confirm(),
  }).run();
  if (withinMs !== false && !signal.aborted)
    await settleUnknown({ ledger, sender, withinMs, concurrency, signal, emit });
  return reportOf(ledger, stop);
}

/** What a ledger says of its run. */
export async function reportOf(ledger: Ledger, stop?: Stop): Promise<BulkReport> {
  const { job } = ledger;
  const counts = await ledger.counts();
  const told = toldOf(job, counts);
  const why = stop ?? unsent(counts) ?? nothingToSend({ ...told, callees: calleeCount(counts) });
  const outcome = why === undefined ? 'finished' : 'stopped';
  return { job: job.id, outcome, ...(why !== undefined && { stop: why }), ...told, counts };
}

/** What is left to be sent is no success either. */
function unsent({ planned, sending }: Counts): Stop | undefined {
  const left = planned.chunks + sending.chunks;
  return left === 0 ? undefined : { reason: 'unsent', message: `Not sent yet: ${countOf(left, 'chunk')}.` };
}

/** A run that calls nobody is not a success, whatever the reason, even if everybody has opted out since it was planned. */
export function nothingToSend({
  lines,
  callees,
  leftOut,
}: Pick<Job, 'lines' | 'callees' | 'leftOut'>): Stop | undefined {
  if (callees > 0) return undefined;
  const reasons = Object.entries(leftOut).map(([reason, count]) => `${reason} ${count}`);
  const message =
    lines === 0
      ? 'Nothing to send: the list has no lines.'
      : `Nothing to send: no line of ${lines} has a number that is called (${reasons.join(', ')}).`;
  return { reason: 'nothing-to-send', message };
}
