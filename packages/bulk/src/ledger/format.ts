import { createHash } from 'node:crypto';
import { BulkError } from '../errors.js';
import type { ChunkState, Job, LedgerChunk, PlannedChunk, Source } from './ledger.js';

/** Version of the format. A ledger of a newer one is refused. */
const VERSION = 1;

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
  /** For the lines that follow. */
  readonly seal: Seal;
}

/**
 * Ends each line with a checksum of it and of all lines before, so that a line that was changed, is missing, or stands in
 * another place is noticed.
 */
export class Seal {
  #last = '';

  /** The text of the next line, which is an object in JSON. */
  close(line: object): string {
    const body = JSON.stringify(line).slice(0, -1);
    return `${body}${this.#next(body)}\n`;
  }

  /** Whether a line, without its line break, is the next one as it was written. */
  fits(text: string): boolean {
    const at = text.lastIndexOf(',"sum":');
    return at !== -1 && text.slice(at) === this.#next(text.slice(0, at));
  }

  #next(body: string): string {
    this.#last = createHash('sha256').update(this.#last).update(body).digest('hex').slice(0, 8);
    return `,"sum":"${this.#last}"}`;
  }
}

export function headText(job: Job, chunks: readonly PlannedChunk[]): string {
  const head: Head = { ledger: 'tccc-bulk', version: VERSION, job, chunks: chunks.length };
  const seal = new Seal();
  return [head, ...chunks].map((line) => seal.close(line)).join('');
}

/** @throws BulkError `LedgerDamaged` with the number of the line, or `LedgerTooNew` */
export function parseLedger(bytes: Buffer): LedgerContent {
  const lines = new Lines(bytes);
  const head = headOf(lines);
  if (head?.ledger !== 'tccc-bulk' || typeof head.version !== 'number')
    throw new BulkError('LedgerDamaged', 'The file is not a ledger of this package.');
  if (head.version > VERSION) {
    throw new BulkError(
      'LedgerTooNew',
      `The ledger has format ${head.version}; this version of @tccc/bulk knows formats up to ${VERSION}.`,
    );
  }
  lines.check();
  const count = head.chunks!;
  const chunks: LedgerChunk[] = [];
  for (let number = 1; number <= count; number++) {
    const planned = lines.next() as PlannedChunk | undefined;
    if (planned?.chunk !== number) throw lines.damaged();
    lines.check();
    const { chunk, from, to, callees, sha256, marker } = planned;
    chunks.push({ chunk, from, to, callees, sha256, marker, state: 'planned', by: 'run', revision: 0 });
  }
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    lines.check();
    const { chunk, by, ...state } = line as StateLine;
    const known = chunks[chunk - 1];
    if (known === undefined) throw lines.damaged();
    chunks[chunk - 1] = withState(known, state, by);
  }
  return { job: head.job!, chunks, wholeBytes: lines.wholeBytes, seal: lines.seal };
}

/** What the first line says; undefined if it is not one of a ledger. */
function headOf(lines: Lines): Partial<Head> | undefined {
  try {
    return lines.next() as Partial<Head> | undefined;
  } catch {
    return undefined;
  }
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
  #text = '';
  readonly seal = new Seal();

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
    this.#text = this.#bytes.toString('utf8', this.#at, end);
    this.#at = end + 1;
    try {
      return JSON.parse(this.#text) as unknown;
    } catch {
      throw this.damaged();
    }
  }

  /** @throws BulkError if the line that was read last is not as it was written */
  check(): void {
    if (!this.seal.fits(this.#text)) throw this.damaged();
  }

  damaged(): BulkError {
    return new BulkError('LedgerDamaged', `Line ${this.#line} of the ledger is damaged, or is missing.`);
  }
}
