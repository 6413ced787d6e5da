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
  const lines = new Lines(bytes);
  const head = lines.next() as Partial<Head> | undefined;
  if (head?.ledger !== 'tccc-bulk' || typeof head.version !== 'number')
    throw new BulkError('LedgerDamaged', 'The file is not a ledger of this package.');
  if (head.version > VERSION) {
    throw new BulkError(
      'LedgerTooNew',
      `The ledger has format ${head.version}; this version of @tccc/bulk knows formats up to ${VERSION}.`,
    );
  }
  const count = head.chunks!;
  const chunks: LedgerChunk[] = [];
  for (let number = 1; number <= count; number++) {
    const planned = lines.next() as PlannedChunk | undefined;
    if (planned?.chunk !== number) throw lines.damaged();
    chunks.push({ ...planned, state: 'planned', by: 'run', revision: 0 });
  }
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    const { chunk, by, ...state } = line as StateLine;
    const known = chunks[chunk - 1];
    if (known === undefined) throw lines.damaged();
    chunks[chunk - 1] = withState(known, state, by);
  }
  return { job: head.job!, chunks, wholeBytes: lines.wholeBytes };
}

/** The chunk with its next state. */
export function withState(chunk: LedgerChunk, state: ChunkState, by: Source): LedgerChunk {
  const { chunk: number, from, to, callees, sha256, marker, revision } = chunk;
  return { chunk: number, from, to, callees, sha256, marker, ...bare(state), by, revision: revision + 1 };
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

/** The whole lines of a ledger, one after the other: its text may be longer than a string can be. */
class Lines {
  readonly #bytes: Buffer;
  #at = 0;
  #line = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Bytes of the lines that were read. */
  get wholeBytes(): number {
    return this.#at;
  }

  /** Undefined at the end. */
  next(): unknown {
    const end = this.#bytes.indexOf(10, this.#at);
    this.#line++;
    if (end === -1) return undefined;
    const text = this.#bytes.toString('utf8', this.#at, end);
    this.#at = end + 1;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw this.damaged();
    }
  }

  damaged(): BulkError {
    return new BulkError('LedgerDamaged', `Line ${this.#line} of the ledger is damaged, or is missing.`);
  }
}
