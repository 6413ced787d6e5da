import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { BulkError, isSystemError, stoppedReading, unusable } from '../errors.js';
import { syncFolder } from '../files.js';
import type { LeftOutReason } from '../input/entry.js';
import type { BulkInput } from '../input/input.js';
import { openInput } from '../input/input.js';
import type { ReadingCounts } from '../numbers/index.js';
import { ReadingSummary, numberReaderFor } from '../numbers/index.js';
import { step } from '../crash-points.js';
import type { Template } from '../request/template.js';
import { digestOf } from '../request/template.js';
import { readLines } from './block-file.js';
import type { Chunk, LeftOutCounts } from '../ledger/ledger.js';
import type { ChunkLimits } from './chunker.js';
import { Chunker } from './chunker.js';
import type { DoNotCall } from './do-not-call.js';
import { readDoNotCall } from './do-not-call.js';
import { BARRED, Duplicates } from './duplicates.js';
import { headOf, isCalleeRow, isPlan, leftOutRow, parseRow } from './rows.js';
import { spool } from './spool.js';
import type { Warning } from '../input/warnings.js';
import { Warnings } from '../input/warnings.js';

/** What a list becomes: what to send, in which chunks. */
export interface Plan {
  /** What tells the list from another. */
  readonly input: string;
  /** What tells the do-not-call list from another; absent if there is none. */
  readonly doNotCall?: string;
  /** How many numbers were read from the do-not-call list; absent if there is none. */
  readonly doNotCallEntries?: number;
  readonly lines: number;
  readonly callees: number;
  readonly leftOut: LeftOutCounts;
  readonly chunks: readonly Chunk[];
  /** How the numbers are written, and as which country those without country code are read. */
  readonly numbers: ReadingCounts;
  /** What a person should see before anybody is called. */
  readonly warnings: readonly Warning[];
}

/** What a plan is made from. */
export interface PlanOptions {
  input: BulkInput;
  template: Template;
  limits: ChunkLimits;
  doNotCall?: DoNotCall | undefined;
  allowPrivateUse?: boolean | undefined;
  /** File that the plan is written to. */
  path: string;
  /** Folder for what is needed only meanwhile: about 100 bytes for each line. It is removed at the end. */
  workFolder: string;
  onLines?: (lines: number) => void;
  signal?: AbortSignal | undefined;
}

/** Names of the files in the working folder. */
const WORK = /^(lines|plan|(numbers|found)-\d+)$/;

/**
 * Makes the plan of a list in three passes, each in the order of the lines or of the disk, so that memory does not grow with
 * the list: read and judge each line, find duplicates, write what is sent in chunks.
 *
 * @throws BulkError if the list or the do-not-call list cannot be read, or if something else is where the plan would be
 */
export async function makePlan(options: PlanOptions): Promise<Plan> {
  const { workFolder, path } = options;
  refuseForeign(path, workFolder);
  try {
    rmSync(workFolder, { recursive: true, force: true });
    mkdirSync(workFolder, { mode: 0o700 });
    return await makeIn(workFolder, options);
  } catch (error) {
    if (options.signal?.aborted === true && error === options.signal.reason) throw stoppedReading(error);
    throw isSystemError(error) ? unusable(`The plan ${path}`, error) : error;
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}

/** What is there and was not left behind by an earlier run belongs to somebody else: it may be the list itself, or a link. */
function refuseForeign(plan: string, workFolder: string): void {
  const isFree = !isThere(workFolder);
  const isOurs = isFree || (isFolder(workFolder) && readdirSync(workFolder).every((name) => WORK.test(name)));
  if (isOurs && (!isThere(plan) || (isFile(plan) && isPlan(plan)))) return;
  throw new BulkError(
    'NotAllowed',
    'There is already something else where the plan of the ledger would be. Give the ledger another name.',
  );
}

const kindOf = (path: string) => lstatSync(path, { throwIfNoEntry: false });
const isThere = (path: string) => kindOf(path) !== undefined;
const isFile = (path: string) => kindOf(path)?.isFile() === true;
const isFolder = (path: string) => kindOf(path)?.isDirectory() === true;

async function makeIn(folder: string, options: PlanOptions): Promise<Plan> {
  const { template, limits, path, onLines = () => {}, signal } = options;
  const numbers = numberReaderFor(template);
  const summary = new ReadingSummary(template.numbers.country);
  const warnings = new Warnings();
  const duplicates = new Duplicates(folder);
  const doNotCall = await readDoNotCall(options.doNotCall, numbers, duplicates, signal);
  const { allowPrivateUse = false } = options;
  const input = await openInput(options.input, template.columns, {
    warnings,
    allowPrivateUse,
    country: template.numbers.country,
    signal,
  });
  const file = join(folder, 'lines');
  const maxCost = limits.bytes;
  const lines = await spool(file, {
    input,
    numbers,
    duplicates,
    summary,
    warnings,
    maxCost,
    onLines,
    signal,
  });
  step('spooled');
  await duplicates.find();
  step('duplicates found');
  // Whatever was at its path before: the plan takes its place as a whole, or not at all.
  const draft = join(folder, 'plan');
  const chunker = new Chunker(draft, limits);
  const leftOut = await writePlan(file, duplicates, chunker, signal);
  renameSync(draft, path);
  await syncFolder(path);
  const callees = chunker.chunks.reduce((sum, chunk) => sum + chunk.callees, 0);
  return {
    input: input.digest(),
    ...(doNotCall !== undefined && { doNotCall: doNotCall.digest, doNotCallEntries: doNotCall.entries }),
    lines,
    callees,
    leftOut,
    chunks: chunker.chunks,
    numbers: summary.counts(),
    warnings: warningsOf(summary, warnings),
  };
}

/** Share of numbers from which on it is worth a warning that they are read only by rewriting. */
const MANY_REWRITTEN = 0.1;

function warningsOf(summary: ReadingSummary, warnings: Warnings): Warning[] {
  const { count, rewritten, rewrittenSamples } = summary.counts();
  if (rewritten > count * MANY_REWRITTEN) {
    const samples = rewrittenSamples.map(({ line, given }) => ({ line, sample: given }));
    warnings.addCounted('numbers-rewritten', rewritten, samples);
  }
  return warnings.list();
}

/** The last pass. */
async function writePlan(
  file: string,
  duplicates: Duplicates,
  chunker: Chunker,
  signal: AbortSignal | undefined,
): Promise<LeftOutCounts> {
  const leftOut: LeftOutCounts = {};
  const leaveOut = (reason: LeftOutReason, row: string) => {
    leftOut[reason] = (leftOut[reason] ?? 0) + 1;
    chunker.leaveOut(row);
  };
  for (const rows of readLines(file)) {
    signal?.throwIfAborted();
    for (const row of rows) {
      const head = headOf(row);
      if (head === undefined) {
        leaveOut(reasonOf(row), `${row.toString()}\n`);
        continue;
      }
      const first = duplicates.firstOf(head.line);
      if (first === 0) {
        chunker.add(withLineBreak(row), head.cost);
        continue;
      }
      const reason = first < 0 ? 'do-not-call' : 'duplicate';
      const of = first === BARRED ? undefined : Math.abs(first);
      leaveOut(reason, leftOutRow(head.line, reason, calleeOf(row), of));
    }
    chunker.flush();
    await setImmediate();
  }
  chunker.close({ isDurable: true });
  return leftOut;
}

/** The block already contains the line break after the row. */
function withLineBreak(row: Buffer): Uint8Array {
  return new Uint8Array(row.buffer, row.byteOffset, row.length + 1);
}

function reasonOf(row: Buffer): LeftOutReason {
  const parsed = parseRow(row);
  return isCalleeRow(parsed) ? 'malformed' : parsed.leftOut;
}

function calleeOf(row: Buffer): string {
  const parsed = parseRow(row);
  return isCalleeRow(parsed) ? parsed[2] : parsed.callee;
}

/** Identifies a run of many processes: planning the same again gives the same run. */
export function runIdOf(
  name: string | undefined,
  { input, doNotCall }: Pick<Plan, 'input' | 'doNotCall'>,
  template: Template,
  limits: ChunkLimits,
): string {
  return digestOf([name ?? null, input, doNotCall ?? null, template.given, limits.size, limits.bytes]).slice(
    0,
    8,
  );
}

/** What the name of a chunk's task ends with. The id is that of the ledger: in another one, the same chunk is another one. */
export function markerOf(ledgerId: string, { chunk, sha256 }: Chunk): string {
  return `tccc-${ledgerId}-${chunk}-${sha256.slice(0, 8)}`;
}
