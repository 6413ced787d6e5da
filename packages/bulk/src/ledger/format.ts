import { BulkError } from '../errors.js';
import { Chain, Seal } from './chain.js';
import type { ChunkState, Job, LeavingOut, LedgerChunk, PlannedChunk, Service, Source } from './ledger.js';

/** Version of the format. A ledger of a newer one is refused. */
const VERSION = 2;

/** First line of a ledger. */
interface Head {
  ledger: 'tccc-bulk';
  version: number;
  job: Job;
  /** Number of chunks, of which each has a line next. */
  chunks: number;
}

/** What a chunk has become. */
export type StateLine = { readonly chunk: number } & ChunkState & {
    readonly by: Source;
    readonly at: string;
    /** Who it is sent to, if nobody has anything of the ledger yet. */
    readonly service?: Service;
  };

/** Lines of the list that are not sent with a chunk any more. */
export type LeaveOutLine = LeavingOut & {
  readonly chunk: number;
  readonly leaveOut: readonly number[];
  readonly at: string;
};

/** A list of opt-outs was applied as a whole. */
export interface OptOutLine extends OptOutResult {
  /** Id of the list. */
  readonly optOut: string;
  readonly at: string;
}

/** What a list of opt-outs has come to. */
export interface OptOutResult {
  /** Numbers on the list, without those that are on it twice. */
  readonly numbers: number;
  /** How many of them are left out from now on. */
  readonly leftOut: number;
  /** How many of them came too late: their chunks had been claimed, and they may have been called. */
  readonly late: number;
}

/** Every line that may follow those of the chunks. */
export type ChangeLine = StateLine | LeaveOutLine | OptOutLine;

/** A ledger as it was read. */
export interface LedgerContent {
  readonly job: Job;
  readonly chunks: LedgerChunk[];
  /** Who has, or may have, what was sent; undefined if certainly nobody has, or if the ledger does not say. */
  readonly service: Service | undefined;
  /** By chunk: the lines that are left out from its next claim on. */
  readonly optedOut: Map<number, readonly number[]>;
  /** By their ids: the lists of opt-outs that were applied. */
  readonly optOuts: ReadonlyMap<string, OptOutResult>;
  /** What the file is like, for who writes to it. */
  readonly chain: Chain;
}

export function headText(job: Job, chunks: readonly PlannedChunk[]): string {
  const head: Head = { ledger: 'tccc-bulk', version: VERSION, job, chunks: chunks.length };
  const seal = new Seal();
  return [head, ...chunks].map((line) => seal.close(line)).join('');
}

/**
 * @param onState hears each change of a state, in their order
 * @throws BulkError `LedgerDamaged` with the number of the line, or `LedgerTooNew`
 */
export function parseLedger(bytes: Buffer, onState?: (line: StateLine) => void): LedgerContent {
  checkHead(bytes);
  const chain = new Chain(bytes);
  const head = chain.next() as Head | undefined;
  if (head?.ledger === undefined) throw chain.damaged();
  const { job, chunks: count } = head;
  const chunks: LedgerChunk[] = [];
  for (let number = 1; number <= count; number++) {
    const planned = chain.next() as PlannedChunk | undefined;
    if (planned?.chunk !== number) throw chain.damaged();
    const { chunk, from, to, callees, sha256, marker } = planned;
    chunks.push({ chunk, from, to, callees, sha256, marker, state: 'planned', by: 'run', revision: 0 });
  }
  const [optedOut, optOuts] = [new Map<number, readonly number[]>(), new Map<string, OptOutResult>()];
  let service: Service | undefined;
  for (let line = chain.next(); line !== undefined; line = chain.next()) {
    const change = line as ChangeLine;
    if ('optOut' in change) {
      const { optOut, numbers, leftOut, late } = change;
      optOuts.set(optOut, { numbers, leftOut, late });
      continue;
    }
    const known = chunks[change.chunk - 1];
    if (known === undefined) throw chain.damaged();
    if ('service' in change) service = change.service;
    if ('leaveOut' in change) optedOut.set(change.chunk, merged(optedOut.get(change.chunk), change.leaveOut));
    else onState?.(change);
    const next = 'leaveOut' in change ? known : withState(known, change, change.by);
    chunks[change.chunk - 1] = withoutLines(next, optedOut.get(change.chunk));
  }
  return { job, chunks, service: chunks.some(isSent) ? service : undefined, optedOut, optOuts, chain };
}

/** Whether the service has a chunk, or may have it. */
export function isSent({ state }: ChunkState): boolean {
  return state !== 'planned' && state !== 'refused';
}

/** @throws BulkError if the first line is not that of a ledger, or of a newer one */
function checkHead(bytes: Buffer): void {
  let head: Partial<Head> | undefined;
  try {
    head = JSON.parse(bytes.toString('utf8', 0, Math.max(0, bytes.indexOf(10)))) as Partial<Head>;
  } catch {
    // It is not JSON.
  }
  if (head?.ledger !== 'tccc-bulk' || typeof head.version !== 'number')
    throw new BulkError('LedgerDamaged', 'The file is not a ledger of this package.');
  if (head.version > VERSION) {
    throw new BulkError(
      'LedgerTooNew',
      `The ledger has format ${head.version}; this version of @tccc/bulk knows formats up to ${VERSION}.`,
    );
  }
}

/** The chunk with its next state. */
export function withState(chunk: LedgerChunk, state: ChunkState, by: Source): LedgerChunk {
  const { chunk: number, from, to, callees, sha256, marker, revision, leftOut } = chunk;
  return {
    chunk: number,
    from,
    to,
    callees,
    sha256,
    marker,
    ...bare(state),
    by,
    revision: revision + 1,
    ...(leftOut !== undefined && { leftOut }),
  };
}

/** The chunk without the lines that were opted out; while it is claimed it keeps those that it was claimed with. */
export function withoutLines(chunk: LedgerChunk, optedOut: readonly number[] | undefined): LedgerChunk {
  if (optedOut === undefined) return chunk;
  const { callees, leftOut = [] } = chunk;
  if (chunk.state !== 'planned') return { ...chunk, ...lateLines(optedOut, leftOut) };
  return { ...chunk, callees: callees + leftOut.length - optedOut.length, leftOut: optedOut };
}

/** The lines that were opted out and are sent nevertheless, if there are some. */
export function lateLines(
  optedOut: readonly number[],
  leftOut: readonly number[],
): Pick<LedgerChunk, 'tooLate'> {
  if (optedOut.length === leftOut.length) return {};
  const off = new Set(leftOut);
  return { tooLate: optedOut.filter((line) => !off.has(line)) };
}

/** Lines of both, once each, in order. */
export function merged(lines: readonly number[] | undefined, more: readonly number[]): readonly number[] {
  return [...new Set([...(lines ?? []), ...more])].sort((a, b) => a - b);
}

/** Only what belongs to the state. */
export function bare(state: ChunkState): ChunkState {
  switch (state.state) {
    case 'accepted':
      return { state: 'accepted', id: state.id };
    case 'refused':
    case 'unknown':
      return { state: state.state, code: state.code };
    default:
      return { state: state.state };
  }
}
