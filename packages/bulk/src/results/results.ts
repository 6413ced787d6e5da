import type { CallRecord, NumberResult, OutboundClient } from '@tccc/outbound';
import { isTcccError } from '@tccc/outbound';
import type { Checked, OptionTable } from '@tccc/outbound/internal';
import { func, number } from '@tccc/outbound/internal';
import { readLedger } from '../ledger/file-ledger.js';
import { readBulkOptions, required, someText } from '../options.js';
import type { ReportRow } from '../run/line-report.js';
import { reportLines } from '../run/line-report.js';
import { clientTable } from '../run/options.js';
import { checkService } from '../run/service.js';
import { KeptResults } from './kept.js';
import type { Job } from '../ledger/ledger.js';
import type { ResultRow } from './row.js';
import { rowOf, rowWithoutCalls, unknownRow } from './row.js';

/** How results are made, wherever the list is. */
export interface ResultsOptions {
  /** The client that sent the list, or one like it. */
  client: OutboundClient;
  /**
   * For how long calls may be missing in the lists of the service, in seconds.
   *
   * @default 600
   */
  lagSeconds?: number;
  /**
   * Ends it when it is aborted. What was asked for until then is kept.
   *
   * @default none
   */
  signal?: AbortSignal;
}

/** Records by session id. */
type Known = (sessionId: string) => CallRecord | undefined | Promise<CallRecord | undefined>;

/** Where results come from. */
export interface BulkResultsOptions extends ResultsOptions {
  /** Path of the ledger of the run. */
  ledger: string;
  /**
   * Records that you have already, such as those that were pushed to you, by session id: only others are asked for.
   *
   * @default none
   */
  known?: Known;
}

/** How many chunks are looked up at the same time, so that their calls fill the lots. */
const AHEAD = 8;

/** How many rows wait for the end of their chunk. Those of lines that are left out need not wait. */
const MAX_WAITING = 10_000;

/** Every option of results, wherever the list is. */
export const resultsTable = {
  ...clientTable,
  lagSeconds: number({ min: 0, max: 86_400, fallback: 600 }),
} satisfies OptionTable<ResultsOptions>;

const TABLE = {
  ...resultsTable,
  ledger: required(someText),
  known: func<Known | undefined>(undefined),
} satisfies OptionTable<BulkResultsOptions>;

/**
 * Every line of the list, once and in order, with what became of it. It can be read while the run and its calls go on, and
 * ended and read again: what is final is kept in a file next to the ledger (`<ledger>.results`), and not asked for again.
 * Memory does not grow with the list.
 *
 * @throws BulkError if the ledger or its plan cannot be read
 * @throws TcccError if the service cannot be asked; what was given before stays valid
 *
 * @example
 * for await (const row of bulkResults({ client, ledger: 'run.ledger' })) console.log(row.line, row.state);
 */
export async function* bulkResults(given: BulkResultsOptions): AsyncGenerator<ResultRow, void, undefined> {
  const options = readBulkOptions(TABLE, given);
  const { job, service } = await readLedger(options.ledger);
  checkService(service, options.client);
  await using kept = await KeptResults.open(options.ledger, job.id);
  yield* resultsOf({ ...options, job, kept }, reportLines(options.ledger));
}

/** The rows of a run with what became of them, chunk by chunk. */
export async function* resultsOf(
  source: ChunkSource,
  lines: AsyncIterable<ReportRow>,
): AsyncGenerator<ResultRow, void, undefined> {
  const ahead: Promise<ResultRow[]>[] = [];
  try {
    for await (const rows of byChunk(lines)) {
      const chunk = resultsOfChunk(source, rows);
      // A failure that is met later must not count as one that nobody handles.
      chunk.catch(() => {});
      ahead.push(chunk);
      if (ahead.length >= AHEAD) yield* await ahead.shift()!;
    }
    for (const chunk of ahead.splice(0)) yield* await chunk;
  } finally {
    // The file must not be closed under those that still write to it.
    await Promise.allSettled(ahead);
  }
}

/** Rows that follow each other and are of one chunk; those between chunks go with one of them. */
async function* byChunk(rows: AsyncIterable<ReportRow>): AsyncGenerator<ReportRow[]> {
  let waiting: ReportRow[] = [];
  let chunk: number | undefined;
  for await (const row of rows) {
    const isOther = row.chunk !== undefined && chunk !== undefined && row.chunk !== chunk;
    const isTooMany = chunk === undefined && waiting.length >= MAX_WAITING;
    if (isOther || isTooMany) {
      yield waiting;
      waiting = [];
      chunk = undefined;
    }
    chunk ??= row.chunk;
    waiting.push(row);
  }
  yield waiting;
}

/** What the results of a chunk are made from. */
export interface ChunkSource extends Checked<typeof resultsTable> {
  readonly job: Job;
  readonly known?: Known | undefined;
  /** Keeps the rows of chunks that are final, so that they are not asked for again. */
  readonly kept?: KeptResults;
  /** Is given the results of each chunk that was asked for. */
  readonly onResults?: (results: readonly NumberResult[]) => Promise<void>;
}

async function resultsOfChunk(source: ChunkSource, rows: readonly ReportRow[]): Promise<ResultRow[]> {
  const sent = rows.filter(({ state }) => state === 'accepted');
  const found = new Map<number, ResultRow>();
  const [first] = sent;
  if (first?.chunk !== undefined && first.id !== undefined) {
    for (const row of await resultsOfSent(source, first.chunk, first.id, sent)) found.set(row.line, row);
  }
  return rows.map((row) => {
    const { optedOut, attributes } = row;
    return {
      ...(found.get(row.line) ?? rowWithoutCalls(row)),
      ...(optedOut && { optedOut }),
      ...(attributes !== undefined && { attributes }),
    };
  });
}

async function resultsOfSent(
  source: ChunkSource,
  chunk: number,
  id: string,
  sent: readonly ReportRow[],
): Promise<ResultRow[]> {
  const known = await source.kept?.rowsOf(chunk, id);
  if (known !== undefined && sent.every(({ line }) => known.has(line)))
    return sent.map(({ line, callee }) => ({ ...known.get(line)!, callee, chunk, id, isFinal: true }));
  // It was accepted, but with digits that no request can name.
  if (!Number.isSafeInteger(Number(id))) return sent.map((row) => unknownRow(row, 'unsafe-id'));
  let results: NumberResult[];
  try {
    results = await ask(source, Number(id), sent);
  } catch (error) {
    if (!isGone(error)) throw error;
    // The service has forgotten the task, or somebody has deleted it: nothing is known of its numbers.
    return sent.map((row) => unknownRow(row, 'task-gone'));
  }
  await source.onResults?.(results);
  const rows = sent.map((row, index) => rowOf(row, results[index]!));
  if (rows.every(({ isFinal }) => isFinal)) await source.kept?.keep(chunk, id, rows);
  return rows;
}

async function ask(
  { client, job, known, lagSeconds, signal }: ChunkSource,
  id: number,
  sent: readonly ReportRow[],
): Promise<NumberResult[]> {
  const { action, params } = job.template;
  const SdkAppId = Number(params.SdkAppId);
  const options = {
    entries: sent.map(({ callee }) => ({ callee })),
    ...(known !== undefined && { known }),
    lagSeconds,
    signal,
  };
  const results =
    action === 'CreateAutoCalloutTask'
      ? client.taskResults({ SdkAppId, TaskId: id }, options)
      : client.campaignResults({ SdkAppId, CampaignId: id }, options);
  const list: NumberResult[] = [];
  for await (const result of results) list.push(result);
  return list;
}

/** The code for an unknown id; the request itself is right, since the client has checked it. */
function isGone(error: unknown): boolean {
  if (!isTcccError(error) || error.kind !== 'service') return false;
  return (
    /^Describe(AutoCalloutTask|PredictiveDialing\w+)$/.test(error.action) &&
    error.code === 'InvalidParameterValue'
  );
}
