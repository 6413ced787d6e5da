import { resolve as absolute } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OutboundClient } from '@tccc/outbound';
import { isData } from '../input/find-column.js';
import { readLedger } from '../ledger/file-ledger.js';
import type { Job } from '../ledger/ledger.js';
import { placeOf } from '../ledger/place.js';
import { maskNumber } from '../numbers/index.js';
import { planPathOf } from '../plan/load.js';
import { creatorOf } from '../request/bulk-actions.js';
import { resultsPathOf } from '../results/kept.js';
import type { BulkResultsOptions } from '../results/results.js';
import { resultsPage } from '../results/page.js';
import { bulkResults } from '../results/results.js';
import { retryCheck } from '../results/retry.js';
import type { ResultRow } from '../results/row.js';
import type { ResultsSummary } from '../results/summary.js';
import { Summary } from '../results/summary.js';
import { clientFor } from './client.js';
import { cell } from './csv-cell.js';
import { withLedgers } from './fleet-servers.js';
import { interruptible } from './interrupts.js';
import type { Command, Values } from './options.js';
import { withHead, writeOut } from './output.js';
import { retryLines } from './retry-list.js';
import { UsageError } from './usage-error.js';
import { count, countOf } from '../count.js';

/** Lines that the page shows. */
const SAMPLE = 25;

/** Pause between two passes. */
const EVERY_MS = 60_000;

/** Where the rows of a run come from, as often as somebody asks. */
export interface ResultsFrom {
  readonly job: () => Promise<Job>;
  readonly rows: (client: OutboundClient, signal: AbortSignal) => AsyncIterable<ResultRow>;
}

/** `results`: what became of every line. Returns the exit code. */
export async function results({ values }: Command): Promise<number> {
  const { ledger, records: database } = values;
  const own = [placeOf(ledger!), planPathOf(ledger!), resultsPathOf(ledger!)];
  const showWith = (known?: BulkResultsOptions['known']) =>
    showResults(
      {
        job: async () => (await readLedger(ledger!)).job,
        rows: (client, signal) =>
          bulkResults({ client, ledger: ledger!, signal, ...(known !== undefined && { known }) }),
      },
      values,
      own,
    );
  if (database === undefined) return showWith();
  return withLedgers({ ...values, database }, ({ records }) =>
    showWith((sessionId) => records.of(sessionId)),
  );
}

/** Writes what became of every line, as the options say; none of the files may be one of those that the run has. */
export async function showResults(
  from: ResultsFrom,
  values: Values,
  own: readonly string[] = [],
): Promise<number> {
  const settings = check(values, own);
  const client = clientFor(values);
  try {
    return await interruptible(
      async (signal) => {
        for (;;) {
          const summary = await pass(from, client, settings, signal);
          if (signal.aborted) return 130;
          say(summary);
          if (summary.final === summary.lines) return 0;
          if (!values.follow) {
            console.error('What is not final can still change: run it again, or give --follow and --output.');
            return 4;
          }
          await sleep(settings.everyMs, undefined, { signal }).catch(() => {});
          if (signal.aborted) return 130;
        }
      },
      () => console.error('Ending. What is final is kept; run it again to go on.'),
    );
  } finally {
    await client.close();
  }
}

type Settings = ReturnType<typeof check>;

function check(values: Values, own: readonly string[]) {
  const { output, page, retryList, retryFor, follow, every = EVERY_MS } = values;
  const paths = [output, page, retryList].filter((path) => path !== undefined);
  const taken = new Set(own.map((path) => absolute(path)));
  if (paths.some((path) => taken.has(absolute(placeOf(path)))))
    throw new UsageError('--output, --page and --retry-list must not be the ledger or a file next to it.');
  if (new Set(paths.map((path) => absolute(path))).size < paths.length)
    throw new UsageError('--output, --page and --retry-list must be different files.');
  if ((retryList === undefined) !== (retryFor === undefined))
    throw new UsageError(
      '--retry-list and --retry-for need each other: name the reasons, such as no-answer,busy.',
    );
  if (follow && output === undefined)
    throw new UsageError('--follow needs --output, a file that each pass rewrites.');
  return {
    output,
    page,
    retryList,
    isWhole: values.showNumbers,
    format: values.resultsFormat ?? 'csv',
    ...retryOf(retryFor),
    everyMs: every,
  };
}

/** The lines that may be called again, and the named reasons that none of them has: a slip leaves people out. */
function retryOf(retryFor: string | undefined) {
  const reasons = retryFor?.split(',').map((one) => one.trim()) ?? [];
  const unseen = new Set(reasons);
  const isWanted =
    retryFor === undefined ? () => false : retryCheck(reasons, (reason) => unseen.delete(reason));
  return { isWanted, unseen };
}

/** Goes through all lines once, and writes what was asked for: each file as a whole, or not at all. */
async function pass(
  from: ResultsFrom,
  client: OutboundClient,
  settings: Settings,
  signal: AbortSignal,
): Promise<ResultsSummary> {
  const summary = new Summary();
  const sample: ResultRow[] = [];
  const { format, isWhole } = settings;
  const write = format === 'csv' ? csvLine : jsonLine;
  const head = format === 'csv' ? `${Object.keys(COLUMNS).join(',')}\n` : '';
  const rows = from.rows(client, signal)[Symbol.asyncIterator]();
  let latest: Promise<IteratorResult<ResultRow>> | undefined;
  const read = () => (latest = rows.next());
  async function* text(): AsyncGenerator<string> {
    // A reader that goes away does not wait for it, and it may fail.
    await latest;
    for (let next = await read(); next.done !== true; next = await read()) {
      summary.add(next.value);
      const shown = isWhole ? next.value : { ...next.value, callee: maskNumber(next.value.callee) };
      if (sample.length < SAMPLE) sample.push(shown);
      yield write(shown);
    }
  }
  try {
    await writeOut(withHead(head, text()), settings.output);
    // If the reader has gone away, such as head, the sums and the page are of all lines nevertheless.
    for await (const _ of text());
  } catch (error) {
    await rows.return?.();
    if (!signal.aborted) throw error;
    return summary.value;
  }
  if (settings.retryList !== undefined)
    await writeOut(
      retryLines(await from.job(), from.rows(client, signal), settings.isWanted),
      settings.retryList,
    );
  if (settings.unseen.size > 0) {
    const shown = [...settings.unseen].map((one) => (isData(one) ? 'a number' : `"${one}"`)).join(', ');
    console.error(
      `No line is on the list to call again for ${shown}: the lines show their group, end or state.`,
    );
  }
  if (settings.page !== undefined) await writePage(await from.job(), settings.page, summary.value, sample);
  return summary.value;
}

async function writePage(
  job: Job,
  path: string,
  summary: ResultsSummary,
  sample: readonly ResultRow[],
): Promise<void> {
  const { action, params } = job.template;
  const end: unknown = (params as unknown as Record<string, unknown>)[creatorOf(action).end];
  const page = resultsPage(summary, {
    title: `What became of ${job.name ?? `job ${job.id}`}`,
    madeAt: Math.floor(Date.now() / 1_000),
    notAfter: typeof end === 'number' ? end : undefined,
    sample,
  });
  await writeOut(toStream(page), path);
}

async function* toStream(text: string): AsyncGenerator<string> {
  yield text;
}

function say({ lines, final, states }: ResultsSummary): void {
  const parts = Object.entries(states).filter(([, number]) => number > 0);
  const shown = parts.map(([state, number]) => `${count(number)} ${state}`).join(', ');
  console.error(`${countOf(lines, 'line')}, ${count(final)} of them final: ${shown}.`);
}

const COLUMNS: Readonly<Record<string, (row: ResultRow) => string | number | undefined>> = {
  line: ({ line }) => line,
  callee: ({ callee }) => callee,
  called: ({ calls }) => (calls.length > 0 ? 'yes' : 'no'),
  state: ({ state }) => state,
  final: ({ isFinal }) => (isFinal ? 'yes' : 'no'),
  group: ({ group }) => group,
  end_status: ({ endStatus }) => endStatus,
  end_name: ({ endName }) => endName,
  reason: ({ reason }) => reason,
  attempts: ({ calls }) => calls.length,
  first_at: ({ calls }) => timeOf(calls[0]?.startedAt),
  last_at: ({ calls }) => timeOf(calls.at(-1)?.endedAt),
  talk_seconds: ({ talkSeconds }) => talkSeconds,
  chunk: ({ chunk }) => chunk,
  id: ({ id }) => id,
};

function timeOf(seconds: number | undefined): string | undefined {
  return seconds === undefined ? undefined : new Date(seconds * 1_000).toISOString().replace('.000Z', 'Z');
}

/** What is particular to a number is in the list, and may be about a person. */
function jsonLine({ attributes: _attributes, ...row }: ResultRow): string {
  return `${JSON.stringify(row)}\n`;
}

function csvLine(row: ResultRow): string {
  return `${Object.values(COLUMNS)
    .map((read) => cell(read(row) ?? ''))
    .join(',')}\n`;
}
