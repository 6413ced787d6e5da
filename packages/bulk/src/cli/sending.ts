import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { BulkError, isSystemError, reasonOf } from '../errors.js';
import type { ListFile } from '../input/input.js';
import { readLedger } from '../ledger/file-ledger.js';
import { planPathOf } from '../plan/load.js';
import type { BulkTemplate } from '../request/template.js';
import type { BulkRun } from '../run/bulk-run.js';
import { dryRunBulk } from '../run/dry-run.js';
import type { BulkReport } from '../run/events.js';
import type { PlanningOptions, SendingOptions } from '../run/options.js';
import type { PlanBulkOptions, PlannedRun } from '../run/plan-run.js';
import { describeRun, planBulk } from '../run/plan-run.js';
import type { ResumeOptions } from '../run/run.js';
import { calleeCount } from '../run/events.js';
import { nothingToSend, resumeBulk } from '../run/run.js';
import { settleBulk } from '../run/status.js';
import { askConsent, isAsked } from './ask.js';
import { checkingClient, clientFor } from './client.js';
import { interruptible } from './interrupts.js';
import { writeLeftOut } from './left-out-file.js';
import type { Command, Values } from './options.js';
import { Progress, leftOutText } from './progress.js';
import { isSameFile } from './same-file.js';
import { summaryLines } from './summary.js';
import { UsageError } from './usage-error.js';
import { countOf } from '../count.js';
import { duration, pasted } from './words.js';

/** `run`, `plan`, `send`, `resume` and `settle`. Each returns the exit code. */
export async function run(command: Command): Promise<number> {
  const { values, positionals } = command;
  const planning = await planningOptions(values, positionals);
  if (values.dryRun) return dryRun(planning, values);
  const ledger = ledgerOf(values);
  return withClient(values, async (options) => {
    const planned = await planNow({ ...planning, ledger, client: options.client }, values);
    return askAndSend(planned, { ...options, plan: planned.digest }, values);
  });
}

/** The digest is all that goes to standard output, for scripts. */
export async function plan({ values, positionals }: Command): Promise<number> {
  const planning = await planningOptions(values, positionals);
  const ledger = ledgerOf(values);
  const client = checkingClient();
  try {
    const planned = await planNow({ ...planning, ledger, client }, values);
    const progress = new Progress(process.stderr, { isPlain: values.plain });
    tellPlan(planned, values, progress);
    const nothing = nothingToSend({ ...planned, callees: calleeCount(planned.counts) });
    if (nothing !== undefined || hasPassed(planned)) return 4;
    progress.say(`To send it: tccc-bulk send --ledger ${pasted(ledger)} --plan ${planned.digest} --site …`);
    console.log(planned.digest);
    return 0;
  } finally {
    await client.close();
  }
}

/** Sends what somebody has planned. */
export async function send({ values }: Command): Promise<number> {
  return withClient(values, async (options) => {
    const planned = await describeRun(options.ledger, options.client);
    if (values.plan !== undefined && values.plan !== planned.digest)
      throw new BulkError(
        'OtherRun',
        `The ledger ${options.ledger} has another plan, ${planned.digest}. Nothing was sent.`,
      );
    return askAndSend(planned, { ...options, plan: planned.digest }, values);
  });
}

/** Goes on with what somebody has agreed to; a plan of which nothing was sent is asked about, as by `send`. */
export function resume({ values }: Command): Promise<number> {
  const { doNotCall } = values;
  return withClient(values, async (given) => {
    const options = { ...given, ...(doNotCall !== undefined && { doNotCall }) };
    const { chunks } = await readLedger(given.ledger);
    if (chunks.some(({ revision }) => revision > 0)) return watchRun(values, options);
    const planned = await describeRun(given.ledger, given.client);
    return askAndSend(planned, { ...options, plan: planned.digest }, values);
  });
}

/** Plans a list, or reads the plan that the ledger has, and shows how far it is. */
async function planNow(options: PlanBulkOptions, values: Values): Promise<PlannedRun> {
  const { leftOut, showNumbers = false, trustFileSystem = false, plain } = values;
  const progress = new Progress(process.stderr, { isPlain: plain });
  return interruptible(
    (signal) =>
      planBulk({
        ...options,
        trustFileSystem,
        signal,
        onLines: (lines) => progress.show({ type: 'planning', lines }),
        onWatch: (waitMs) => progress.show({ type: 'watching', waitMs }),
        ...(leftOut !== undefined && { onLeftOut: writeLeftOut(leftOut, showNumbers) }),
      }),
    () => progress.say('Ending.'),
  ).finally(() => progress.clear());
}

/** Sends a plan once somebody has agreed to it. */
async function askAndSend(planned: PlannedRun, options: ResumeOptions, values: Values): Promise<number> {
  const progress = new Progress(process.stderr, { isPlain: values.plain });
  const terminal = { input: process.stdin, output: process.stderr };
  const isTold = isAsked(planned, values, terminal);
  if (isTold) tellPlan(planned, values, progress);
  const given = await askConsent(planned, values, terminal);
  if (given.isGiven) return watchRun(values, options, isTold);
  progress.say(`Nothing was sent: ${given.why}`);
  return 4;
}

/** Whether nobody would be called any more. */
function hasPassed({ window }: Pick<PlannedRun, 'window'>): boolean {
  return window !== undefined && window.leftSeconds <= 0;
}

function tellPlan(planned: PlannedRun, { showNumbers = false, leftOut }: Values, progress: Progress): void {
  const { lines, callees, requests, seconds } = planned;
  progress.say(
    `${countOf(lines, 'line')}: ${countOf(callees, 'number')} in ${countOf(requests, 'request')}, at least ${duration(seconds)}.`,
  );
  for (const line of summaryLines(planned, showNumbers, leftOut !== undefined)) progress.say(line);
  const nothing = nothingToSend({ ...planned, callees: calleeCount(planned.counts) });
  if (nothing !== undefined) progress.say(nothing.message);
}

function ledgerOf({ ledger }: Values): string {
  if (ledger === undefined) throw new UsageError('--ledger is required.');
  return ledger;
}

export async function settle({ values }: Command): Promise<number> {
  const progress = new Progress(process.stderr, { isPlain: values.plain });
  const look = (options: SendingOptions) => settleBulk(options, (event) => progress.show(event));
  return withClient(values, (options) =>
    interruptible(
      async (signal) => {
        const report = await look({ ...options, signal });
        progress.end();
        return signal.aborted ? 130 : codeOf(report);
      },
      () => progress.say('Ending.'),
    ),
  );
}

export async function dryRun(planning: PlanningOptions, values: Values): Promise<number> {
  const { showNumbers = false, leftOut, plain } = values;
  const client = checkingClient();
  const progress = new Progress(process.stderr, { isPlain: plain });
  const onLines = (lines: number) => progress.show({ type: 'planning', lines });
  const file = leftOut === undefined ? {} : { onLeftOut: writeLeftOut(leftOut, showNumbers) };
  try {
    const plan = await interruptible(
      (signal) => dryRunBulk({ ...planning, ...file, client, signal }, onLines),
      () => progress.say('Ending.'),
    );
    const { lines, callees, requests, seconds } = plan;
    progress.clear();
    console.log(
      `${countOf(lines, 'line')}, ${countOf(callees, 'number')} would be called${leftOutText(plan.leftOut)}.`,
    );
    console.log(`${countOf(requests, 'request')}, at least ${duration(seconds)}. Nothing was sent.`);
    for (const line of summaryLines(plan, showNumbers, leftOut !== undefined)) console.log(line);
    const nothing = nothingToSend(plan);
    if (nothing !== undefined) progress.say(nothing.message);
    return nothing === undefined && !hasPassed(plan) ? 0 : 4;
  } finally {
    await client.close();
  }
}

function watchRun(values: Values, options: ResumeOptions, isTold = false): Promise<number> {
  const advice = (report: BulkReport, progress: Progress) => advise(report, values, progress);
  return watch(values, (signal) => resumeBulk({ ...options, signal }), advice, isTold);
}

/** Shows a run until it ends, or somebody ends it. */
export function watch(
  values: Values,
  start: (signal: AbortSignal) => BulkRun,
  advice: (report: BulkReport, progress: Progress) => void,
  isTold = false,
): Promise<number> {
  const progress = new Progress(process.stderr, { isPlain: values.plain, isTold });
  const work = async (signal: AbortSignal) => {
    const bulk = start(signal);
    for await (const event of bulk) progress.show(event);
    const report = await bulk.report;
    progress.end(report.counts);
    advice(report, progress);
    return signal.aborted && report.outcome === 'stopped' ? 130 : codeOf(report);
  };
  return interruptible(work, () =>
    progress.say('Finishing the requests in flight. Press Ctrl-C again to end at once: they become unknown.'),
  );
}

async function withClient(
  values: Values,
  use: (options: SendingOptions) => Promise<number>,
): Promise<number> {
  const client = clientFor(values);
  try {
    return await use({
      client,
      ledger: values.ledger!,
      trustFileSystem: values.trustFileSystem ?? false,
      ...sendSettings(values),
    });
  } finally {
    await client.close();
  }
}

/** How chunks are sent, as far as it is given. */
export function sendSettings({
  concurrency,
  settleWithin,
  noSettle,
}: Values): Pick<SendingOptions, 'concurrency' | 'settleWithinMs'> {
  return {
    ...(concurrency !== undefined && { concurrency }),
    ...(settleWithin !== undefined && { settleWithinMs: settleWithin }),
    ...(noSettle && { settleWithinMs: false as const }),
  };
}

/** The option that names the service, for a command that is advised. */
export function serviceOption({ site, endpoint }: Values): string {
  return site === undefined ? `--endpoint ${pasted(endpoint!)}` : `--site ${site}`;
}

/** What a person can do next. */
function advise({ outcome, stop, counts }: BulkReport, values: Values, progress: Progress): void {
  const place = serviceOption(values);
  const say = (what: string, command: string) =>
    progress.say(`${what}: tccc-bulk ${command} --ledger ${pasted(values.ledger!)}`);
  if (stop?.reason === 'nothing-to-send') say('Why each line is left out', 'report');
  else if (stop?.reason === 'window-passed')
    say('Who was not called (planned), for a list with a later end', 'report --show-numbers');
  else if (outcome === 'stopped') say('To go on', `resume ${place}`);
  if (counts.unknown.chunks > 0)
    say(`To look for ${countOf(counts.unknown.chunks, 'unknown chunk')}`, `settle ${place}`);
  if (counts.accepted.chunks > 0) say('What became of each number', `results ${place}`);
  if (counts.unknown.chunks + counts.refused.chunks > 0) say('What needs a person', 'status');
}

export function codeOf({ outcome, counts }: BulkReport): number {
  const { planned, unknown, refused } = counts;
  if (outcome === 'stopped' || planned.chunks > 0) return 4;
  return unknown.chunks + refused.chunks > 0 ? 3 : 0;
}

export async function planningOptions(values: Values, [list]: readonly string[]): Promise<PlanningOptions> {
  const { template, chunkSize, chunkBytes, doNotCall, allowPrivateUse, name } = values;
  checkLeftOut(values, list!);
  return {
    input: listFile(list!, values),
    template: await readTemplateFile(template!),
    ...(chunkSize !== undefined && { chunkSize }),
    ...(chunkBytes !== undefined && { chunkBytes }),
    ...(doNotCall !== undefined && { doNotCall }),
    ...(allowPrivateUse && { allowPrivateUse }),
    ...(name !== undefined && { name }),
  };
}

/** The file for what is left out takes the place of what is there. @throws UsageError if that is read, or the ledger */
function checkLeftOut({ leftOut, template, doNotCall, ledger }: Values, list: string): void {
  if (leftOut === undefined) return;
  const ofLedger = ledger === undefined ? [] : [ledger, planPathOf(ledger)];
  if (
    [list, template, doNotCall, ...ofLedger].some((path) => path !== undefined && isSameFile(path, leftOut))
  )
    throw new UsageError(
      '--left-out must not be the list, the template, the do-not-call list, the ledger or its plan.',
    );
}

/** The list that the command line names, and how it is read. */
export function listFile(list: string, values: Values): ListFile {
  const { format, delimiter, encoding, sheet, headerRow, hiddenRows } = values;
  if (list !== '-' && !existsSync(list)) throw new UsageError(`There is no list at ${list}.`);
  return {
    from: list === '-' ? process.stdin : list,
    ...(format !== undefined && { format }),
    ...(delimiter !== undefined && { delimiter }),
    ...(encoding !== undefined && { encoding }),
    ...(sheet !== undefined && { sheet }),
    ...(headerRow !== undefined && { headerRow }),
    ...(hiddenRows !== undefined && { hiddenRows }),
  };
}

async function readTemplateFile(path: string): Promise<BulkTemplate> {
  try {
    // Some editors begin a file with a byte order mark.
    return JSON.parse((await readFile(path, 'utf8')).replace(/^\ufeff/, '')) as BulkTemplate;
  } catch (error) {
    const why = isSystemError(error) ? reasonOf(error) : 'it is not JSON';
    throw new BulkError('InvalidTemplate', `The template ${path} cannot be read: ${why}.`);
  }
}
