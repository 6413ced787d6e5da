import { BulkError } from '../errors.js';
import type { ChunkState, Job, LedgerChunk, PlannedChunk, Source } from './ledger.js';

/** Version of the format. A ledger of a newer one is refused. */
export const VERSION = 1;

/** First line of a ledger. */
interface Head {
  ledger: 'tccc-bulk';
  version: number;
  job: Job;
  /** Number of chunks, of which each has a line next. */
  chunks: number;
}

/** Every line after those: what a chunk has become. */
export type StateLine = { readonly chunk: number } & ChunkState & {
    readonly by: Source;
    readonly at: string;
  };

/** A ledger as it was read. */
export interface LedgerContent {
  readonly job: Job;
  readonly chunks: LedgerChunk[];
  /** How many bytes are whole lines. What stands behind them was torn by a crash, and was never promised to be there. */
  readonly wholeBytes: number;
}

export function headText(job: Job, chunks: readonly PlannedChunk[]): string {
  const head: Head = { ledger: 'tccc-bulk', version: VERSION, job, chunks: chunks.length };
  return [head, ...chunks].map((line) => `${JSON.stringify(line)}\n`).join('');
}

export function stateText(line: StateLine): string {
  return `${JSON.stringify(line)}\n`;
}

/** @throws BulkError `LedgerDamaged` with the number of the line, or `LedgerTooNew` */
export function parseLedger(bytes: Buffer): LedgerContent {
  const wholeBytes = bytes.lastIndexOf(10) + 1;
  const lines = bytes.toString('utf8', 0, wholeBytes).split('\n').slice(0, -1);
  const head = parseLine(lines, 0) as Partial<Head>;
  if (head.ledger !== 'tccc-bulk' || typeof head.version !== 'number')
    throw new BulkError('LedgerDamaged', 'The file is not a ledger of this package.');
  if (head.version > VERSION) {
    throw new BulkError(
      'LedgerTooNew',
      `The ledger has format ${head.version}; this version of @tccc/bulk knows formats up to ${VERSION}.`,
    );
  }
  const count = head.chunks!;
  const chunks: LedgerChunk[] = [];
  for (let index = 1; index <= count; index++) {
    const planned = parseLine(lines, index) as PlannedChunk;
    if (planned.chunk !== index) throw damaged(index);
    chunks.push({ ...planned, state: 'planned', by: 'run' });
  }
  for (let index = count + 1; index < lines.length; index++) {
    const { at: _at, ...state } = parseLine(lines, index) as StateLine;
    const planned = chunks[state.chunk - 1];
    if (planned === undefined) throw damaged(index);
    chunks[state.chunk - 1] = withState(planned, state, state.by);
  }
  return { job: head.job!, chunks, wholeBytes };
}

/** The chunk with another state. */
export function withState(chunk: PlannedChunk, state: ChunkState, by: Source): LedgerChunk {
  const { chunk: number, from, to, callees, sha256, marker } = chunk;
  return { chunk: number, from, to, callees, sha256, marker, ...bare(state), by };
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

function parseLine(lines: readonly string[], index: number): unknown {
  try {
    return JSON.parse(lines[index]!) as unknown;
  } catch {
    throw damaged(index);
  }
}

function damaged(index: number): BulkError {
  return new BulkError('LedgerDamaged', `Line ${index + 1} of the ledger is damaged, or is missing.`);
}
