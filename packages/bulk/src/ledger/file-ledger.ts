import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { BulkError, systemCode, unusable } from '../errors.js';
import { createWhole, removeDrafts } from '../files.js';
import { step } from '../crash-points.js';
import { AppendFile } from './append-file.js';
import { isLocalFolder } from './file-system.js';
import type { ChangeLine, LedgerContent, OptOutResult, StateLine } from './format.js';
import { bare, headText, isSent, merged, parseLedger, withState, withoutLines } from './format.js';
import { Journal } from './journal.js';
import type {
  ChunkState,
  Counts,
  Job,
  LeavingOut,
  Ledger,
  LedgerChunk,
  PlannedChunk,
  Service,
  Source,
  StateName,
} from './ledger.js';
import { checkChange } from './ledger.js';
import type { LeaseOptions } from './lease.js';
import { Lease } from './lease.js';
import { placeOf } from './place.js';

/** How a ledger is opened. */
export interface OpenOptions extends Pick<LeaseOptions, 'onWatch' | 'pause'> {
  /**
   * Whether the caller makes sure that only one process works on the ledger, so that it may be on a file system that other
   * machines share.
   *
   * @default false
   */
  trustFileSystem?: boolean | undefined;
  /** Who its requests will go to, which the ledger notes with the first one. */
  service?: Service | undefined;
}

/**
 * The ledger of one machine: an append-only file with a line for each change, which is on disk (fdatasync) before anything
 * follows from it. One process at a time.
 *
 * @example
 * const ledger = await FileLedger.open('run.ledger');
 * try {
 *   console.log(ledger.job.lines);
 * } finally {
 *   await ledger.close();
 * }
 */
export class FileLedger implements Ledger {
  readonly job: Job;
  /** Who has what was sent before this process began; undefined if nobody has, or the ledger does not say. */
  readonly service: Service | undefined;
  readonly #chunks: LedgerChunk[];
  readonly #optedOut: Map<number, readonly number[]>;
  readonly #journal: Journal;
  readonly #counts: MutableCounts;
  /** Who has to be noted with the next request. */
  #newService: Service | undefined;
  /** No chunk before this place is planned. */
  #next = 0;

  private constructor(
    { job, chunks, optedOut, service }: LedgerContent,
    journal: Journal,
    nextService: Service | undefined,
  ) {
    this.job = job;
    this.#chunks = chunks;
    this.#optedOut = optedOut;
    this.#counts = countsOf(chunks);
    this.#journal = journal;
    this.service = service;
    this.#newService = chunks.some(isSent) ? undefined : nextService;
  }

  /**
   * Opens the ledger. What was `sending` when its process ended is `unknown` from now on.
   *
   * @throws BulkError `LedgerNotFound`; `LedgerInUse` if another process works on it; or if it cannot be used
   */
  static async open(ledger: string, options: OpenOptions = {}): Promise<FileLedger> {
    const path = placeOf(ledger);
    const file = await AppendFile.open(path);
    try {
      const isLocal = await isLocalFolder(dirname(path), options.trustFileSystem === true);
      const { content, lease } = await Lease.take(file, parseLedger, { ...options, path, isLocal });
      await removeDrafts(dirname(path), (name) => name === basename(path));
      const opened = new FileLedger(content, new Journal(file, lease, content.chain.seal), options.service);
      await opened.#recover().catch((error: unknown) => opened.close().then(() => Promise.reject(error)));
      return opened;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /**
   * Writes a new ledger: it is there as a whole, or not at all.
   *
   * @throws BulkError if there is one already, or if it cannot be written
   */
  static async create(path: string, job: Job, chunks: readonly PlannedChunk[]): Promise<void> {
    try {
      await createWhole(path, [headText(job, chunks)]);
    } catch (error) {
      throw unusable(`The ledger ${path}`, error);
    }
    step('ledger created');
  }

  async claim(): Promise<LedgerChunk | undefined> {
    while (this.#next < this.#chunks.length && !isWaiting(this.#chunks[this.#next]!)) this.#next++;
    const chunk = this.#chunks[this.#next];
    if (chunk === undefined) return undefined;
    return this.record(chunk, { state: 'sending' }, 'run');
  }

  async record({ chunk, revision }: LedgerChunk, state: ChunkState, by: Source): Promise<LedgerChunk> {
    const known = this.#chunks[chunk - 1];
    checkChange(chunk, revision, known, state.state, by);
    // At once, so that nobody else takes the chunk while the disk is busy.
    const next = this.#replace(withoutLines(withState(known, state, by), this.#optedOut.get(chunk)));
    step(`${state.state}: before the disk`);
    await this.#append({ chunk, ...bare(state), by, at: new Date().toISOString(), ...this.#receiver(state) });
    step(`${state.state}: on disk`);
    return next;
  }

  /**
   * Says, last thing before the request of a chunk is sent, that this process may still send it.
   *
   * @returns how long the request may take, in milliseconds; Infinity if the lease cannot be lost meanwhile
   * @throws BulkError `LedgerInUse` if another process has taken the ledger, or has changed it; then nothing may be sent
   */
  confirm(): Promise<number> {
    return this.#journal.confirm();
  }

  async leaveOut(chunk: number, lines: readonly number[], { reason, by }: LeavingOut): Promise<LedgerChunk> {
    const known = this.#chunks[chunk - 1];
    if (known === undefined) throw new BulkError('NotAllowed', `There is no chunk ${chunk}.`);
    const before = this.#optedOut.get(chunk);
    const leaveOut = merged(before, lines).filter((line) => before?.includes(line) !== true);
    if (leaveOut.length === 0) return known;
    this.#optedOut.set(chunk, merged(before, leaveOut));
    const next = this.#replace(withoutLines(known, this.#optedOut.get(chunk)));
    await this.#append({ chunk, leaveOut, reason, by, at: new Date().toISOString() });
    return next;
  }

  /** Notes that a list of opt-outs was applied as a whole. */
  async noteOptOut(optOut: string, result: OptOutResult): Promise<void> {
    await this.#append({ optOut, ...result, at: new Date().toISOString() });
  }

  counts(): Promise<Counts> {
    return Promise.resolve(structuredClone(this.#counts));
  }

  async *chunks(state?: StateName): AsyncGenerator<LedgerChunk> {
    for (const chunk of this.#chunks) if (state === undefined || chunk.state === state) yield chunk;
  }

  close(): Promise<void> {
    return this.#journal.close();
  }

  /** Who the first request goes to. What was sent before by who knows whom does not become this one's. */
  #receiver({ state }: ChunkState): Pick<StateLine, 'service'> {
    const service = this.#newService;
    if (state !== 'sending' || service === undefined) return {};
    this.#newService = undefined;
    return { service };
  }

  /** Nobody knows what became of what an earlier process was sending. */
  async #recover(): Promise<void> {
    const interrupted = this.#chunks.filter(({ state }) => state === 'sending');
    await Promise.all(
      interrupted.map((chunk) => this.record(chunk, { state: 'unknown', code: 'Interrupted' }, 'run')),
    );
  }

  #replace(next: LedgerChunk): LedgerChunk {
    count(this.#counts, this.#chunks[next.chunk - 1]!, -1);
    count(this.#counts, next, 1);
    this.#chunks[next.chunk - 1] = next;
    if (isWaiting(next)) this.#next = Math.min(this.#next, next.chunk - 1);
    return next;
  }

  #append(line: ChangeLine): Promise<void> {
    return this.#journal.append(line);
  }
}

/** Whether a chunk may be claimed. */
function isWaiting({ state, callees }: LedgerChunk): boolean {
  return state === 'planned' && callees > 0;
}

/**
 * Reads a ledger without touching it, even while another process works on it.
 *
 * @throws BulkError if there is none, or if it cannot be read
 */
export async function readLedger(path: string, onState?: (line: StateLine) => void): Promise<LedgerContent> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT')
      throw new BulkError('LedgerNotFound', `There is no ledger at ${path}.`);
    throw unusable(`The ledger ${path}`, error);
  }
  return parseLedger(bytes, onState);
}

type MutableCounts = Record<StateName, { chunks: number; callees: number }>;

/** Chunks that nobody is left in do not count. */
function count(counts: MutableCounts, { state, callees }: LedgerChunk, sign: 1 | -1): void {
  if (callees === 0) return;
  counts[state].chunks += sign;
  counts[state].callees += sign * callees;
}

export function countsOf(chunks: readonly LedgerChunk[]): MutableCounts {
  const none = () => ({ chunks: 0, callees: 0 });
  const counts = { planned: none(), sending: none(), accepted: none(), refused: none(), unknown: none() };
  for (const chunk of chunks) count(counts, chunk, 1);
  return counts;
}
