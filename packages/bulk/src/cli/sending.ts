import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dryRunBulk } from '../run/dry-run.js';
import { BulkError, isSystemError, systemCode } from '../errors.js';
import type { BulkReport } from '../run/events.js';
import type { ListFile } from '../input/input.js';
import type { PlanningOptions, SendingOptions } from '../run/options.js';
import type { BulkRun } from '../run/bulk-run.js';
import { nothingToSend, resumeBulk, runBulk } from '../run/run.js';
import { settleBulk } from '../run/status.js';
import type { BulkTemplate } from '../request/template.js';
import { checkingClient, clientFor } from './client.js';
import { dryRunLines } from './dry-run.js';
import type { Command, Values } from './options.js';
import { UsageError, choiceOf, numberOf } from './options.js';
import { interruptible } from './interrupts.js';
import { Progress, leftOutText } from './progress.js';
import { count } from './words.js';

/** `run`, `resume` and `settle`. Each returns the exit code. */
export async function run({ values, positionals }: Command): Promise<number> {
  const planning = await planningOptions(values, positionals);
  if (values['dry-run']) return dryRun(planning, values);
  return send(values, (options) => runBulk({ ...planning, ...options }));
}

export function resume({ values, positionals }: Command): Promise<number> {
  refuseMore(positionals);
  const doNotCall = values['do-not-call'];
  return send(values, (options) => resumeBulk({ ...options, ...(doNotCall !== undefined && { doNotCall }) }));
}

export async function settle({ values, positionals }: Command): Promise<number> {
  refuseMore(positionals);
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
  const client = checkingClient();
  const progress = new Progress(process.stderr, { isPlain: values.plain });
  const onLines = (lines: number) => progress.show({ type: 'planning', lines });
  try {
    const plan = await interruptible(
      (signal) => dryRunBulk({ ...planning, client, signal }, onLines),
      () => progress.say('Ending.'),
    );
    progress.say(
      `${count(plan.lines)} lines, ${count(plan.callees)} numbers would be called${leftOutText(plan.leftOut)}.`,
    );
    for (const line of dryRunLines(plan, values['show-numbers'])) console.log(line);
    const nothing = nothingToSend(plan);
    if (nothing !== undefined) progress.say(nothing.message);
    return nothing === undefined ? 0 : 4;
  } finally {
    await client.close();
  }
}

function send(values: Values, start: (options: SendingOptions) => BulkRun): Promise<number> {
  const advice = (report: BulkReport, progress: Progress) => advise(report, values, progress);
  return withClient(values, (options) => watch(values, (signal) => start({ ...options, signal }), advice));
}

/** Shows a run until it ends, or somebody ends it. */
export function watch(
  values: Values,
  start: (signal: AbortSignal) => BulkRun,
  advice: (report: BulkReport, progress: Progress) => void,
): Promise<number> {
  const progress = new Progress(process.stderr, { isPlain: values.plain });
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
      ...{ client, ledger: values.ledger!, trustFileSystem: values['trust-file-system'] },
      ...sendSettings(values),
    });
  } finally {
    await client.close();
  }
}

/** How chunks are sent, as far as it is given. */
export function sendSettings(values: Values): Pick<SendingOptions, 'concurrency' | 'settleWithinMs'> {
  return {
    ...numberOf('concurrency', 'concurrency', values.concurrency),
    ...numberOf('settleWithinMs', 'settle-within', values['settle-within'], 1_000),
    ...(!values.settle && { settleWithinMs: false as const }),
  };
}

/** What a person can do next. */
function advise(
  { outcome, stop, counts }: BulkReport,
  { ledger, site, endpoint }: Values,
  progress: Progress,
): void {
  const place = site === undefined ? `--endpoint ${endpoint}` : `--site ${site}`;
  const say = (what: string, command: string) =>
    progress.say(`${what}: tccc-bulk ${command} --ledger ${ledger}`);
  if (stop?.reason === 'nothing-to-send') say('Why each line is left out', 'report');
  else if (outcome === 'stopped') say('To go on', `resume ${place}`);
  if (counts.unknown.chunks > 0)
    say(`To look for ${count(counts.unknown.chunks)} unknown chunks`, `settle ${place}`);
  if (counts.accepted.chunks > 0) say('What became of each number', `results ${place}`);
  if (counts.unknown.chunks + counts.refused.chunks > 0) say('What needs a person', 'status');
}

export function codeOf({ outcome, counts }: BulkReport): number {
  const { planned, unknown, refused } = counts;
  if (outcome === 'stopped' || planned.chunks > 0) return 4;
  return unknown.chunks + refused.chunks > 0 ? 3 : 0;
}

export async function planningOptions(
  values: Values,
  positionals: readonly string[],
): Promise<PlanningOptions> {
  const [list, ...more] = positionals;
  if (list === undefined) throw new UsageError('Name the list, or - for standard input.');
  refuseMore(more);
  if (values.template === undefined) throw new UsageError('--template is required.');
  if (list !== '-' && !existsSync(list)) throw new UsageError('There is no such list.');
  const format = choiceOf('format', values.format, ['csv', 'ndjson']);
  const input: ListFile = {
    from: list === '-' ? process.stdin : list,
    ...(format !== undefined && { format }),
    ...(values.delimiter !== undefined && { delimiter: values.delimiter }),
    ...(values.encoding !== undefined && { encoding: values.encoding }),
  };
  return {
    input,
    template: await readTemplateFile(values.template),
    ...numberOf('chunkSize', 'chunk-size', values['chunk-size']),
    ...numberOf('chunkBytes', 'chunk-bytes', values['chunk-bytes']),
    ...(values['do-not-call'] !== undefined && { doNotCall: values['do-not-call'] }),
    ...(values['allow-private-use'] && { allowPrivateUse: true }),
    ...(values.name !== undefined && { name: values.name }),
  };
}

async function readTemplateFile(path: string): Promise<BulkTemplate> {
  try {
    // Some editors begin a file with a byte order mark.
    return JSON.parse((await readFile(path, 'utf8')).replace(/^\ufeff/, '')) as BulkTemplate;
  } catch (error) {
    const why = isSystemError(error) ? systemCode(error) : 'it is not JSON';
    throw new BulkError('InvalidTemplate', `The template cannot be read: ${why}.`);
  }
}

function refuseMore(positionals: readonly string[]): void {
  if (positionals.length > 0) throw new UsageError('Too many arguments.');
}
