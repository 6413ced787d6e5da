import { constants, existsSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { BulkError, systemCode, unusable } from '../errors.js';
import { step } from '../steps.js';
import type { LedgerContent, Seal, StateLine } from './format.js';
import { bare, headText, parseLedger, withState } from './format.js';
import type {
  ChunkState,
  Counts,
  Job,
  Ledger,
  LedgerChunk,
  PlannedChunk,
  Source,
  StateName,
} from './ledger.js';
import { checkChange } from './ledger.js';
import { lock } from './lock.js';

/** A change that waits for the disk. */
interface Pending {
  text: string;
  resolve: () => void;
  reject: (error: BulkError) => void;
}

/**
 * The ledger of one machine: an append-only file with a line for each change, which is on disk (fdatasync) before anything
 * follows from it. One process at a time.
 */
export class FileLedger implements Ledger {
  readonly job: Job;
  readonly #chunks: LedgerChunk[];
  readonly #file: FileHandle;
  readonly #release: () => void;
  readonly #counts: MutableCounts;
  readonly #seal: Seal;
  #pending: Pending[] = [];
  #writing: Promise<void> | undefined;
  /** Length of the file. */
  #size = 0;
  #failure: BulkError | undefined;
  /** No chunk before this place is planned. */
  #next = 0;

  private constructor({ job, chunks, seal }: LedgerContent, file: FileHandle, release: () => void) {
    this.job = job;
    this.#chunks = chunks;
    this.#counts = countsOf(chunks);
    this.#seal = seal;
    this.#file = file;
    this.#release = release;
  }

  /**
   * Opens the ledger. What was `sending` when its process ended is `unknown` from now on.
   *
   * @throws BulkError if there is none, or if it cannot be used
   */
  static async open(path: string): Promise<FileLedger> {
    const { release } = lock(path);
    try {
      return await FileLedger.openLocked(path, release);
    } catch (error) {
      release();
      throw error;
    }
  }

  /** The same for who holds the lock already. */
  static async openLocked(path: string, release: () => void): Promise<FileLedger> {
    const content = await readLedger(path);
    const file = await open(path, constants.O_RDWR | constants.O_APPEND).catch((error: unknown) =>
      Promise.reject(unusable('The ledger', error)),
    );
    const ledger = new FileLedger(content, file, release);
    try {
      await ledger.#cutTo(content.wholeBytes);
      await ledger.#recover();
    } catch (error) {
      await file.close();
      throw error;
    }
    return ledger;
  }

  /**
   * Writes a new ledger: it is there as a whole, or not at all.
   *
   * @throws BulkError if there is one already, or if it cannot be written
   */
  static async create(path: string, job: Job, chunks: readonly PlannedChunk[]): Promise<void> {
    if (existsSync(path)) throw new BulkError('NotAllowed', 'There is a ledger at this path already.');
    const draft = `${path}.new`;
    try {
      await rm(draft, { force: true });
      await writeFile(draft, headText(job, chunks), { flag: 'wx', mode: 0o600, flush: true });
      step('ledger drafted');
      await rename(draft, path);
      await syncFolder(path);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => {});
      throw unusable('The ledger', error);
    }
    step('ledger created');
  }

  async claim(): Promise<LedgerChunk | undefined> {
    while (this.#next < this.#chunks.length && this.#chunks[this.#next]!.state !== 'planned') this.#next++;
    const chunk = this.#chunks[this.#next];
    if (chunk === undefined) return undefined;
    return this.record(chunk, { state: 'sending' }, 'run');
  }

  async record({ chunk, revision }: LedgerChunk, state: ChunkState, by: Source): Promise<LedgerChunk> {
    const known = this.#chunks[chunk - 1];
    checkChange(chunk, revision, known, state.state, by);
    const next = withState(known, state, by);
    // At once, so that nobody else takes the chunk while the disk is busy.
    this.#chunks[chunk - 1] = next;
    move(this.#counts, known, state.state);
    if (state.state === 'planned') this.#next = Math.min(this.#next, chunk - 1);
    step(`${state.state}: before the disk`);
    await this.#append({ chunk, ...bare(state), by, at: new Date().toISOString() });
    step(`${state.state}: on disk`);
    return next;
  }

  counts(): Promise<Counts> {
    return Promise.resolve(structuredClone(this.#counts));
  }

  async *chunks(state?: StateName): AsyncGenerator<LedgerChunk> {
    for (const chunk of this.#chunks) if (state === undefined || chunk.state === state) yield chunk;
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
    this.#release();
  }

  /** Nobody knows what became of what an earlier process was sending. */
  async #recover(): Promise<void> {
    const interrupted = this.#chunks.filter(({ state }) => state === 'sending');
    await Promise.all(
      interrupted.map((chunk) => this.record(chunk, { state: 'unknown', code: 'Interrupted' }, 'run')),
    );
  }

  /** Takes away a last line that a crash has torn, so that the next one does not continue it. */
  async #cutTo(wholeBytes: number): Promise<void> {
    try {
      const { size } = await this.#file.stat();
      if (size > wholeBytes) await this.#file.truncate(wholeBytes);
      this.#size = wholeBytes;
    } catch (error) {
      throw unusable('The ledger', error);
    }
  }

  /** Resolves once the text is on disk. Changes that come while the disk is busy share the next write. */
  #append(line: StateLine): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const text = this.#seal.close(line);
    return new Promise((resolve, reject) => {
      this.#pending.push({ text, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    while (this.#pending.length > 0) {
      const batch = this.#pending.splice(0);
      try {
        await this.#write(Buffer.from(batch.map(({ text }) => text).join('')));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        this.#failure = unusable('The ledger', error);
        for (const { reject } of [...batch, ...this.#pending.splice(0)]) reject(this.#failure);
      }
    }
    this.#writing = undefined;
  }

  async #write(bytes: Buffer): Promise<void> {
    for (let written = 0; written < bytes.length;) {
      const { bytesWritten } = await this.#file.write(bytes, written);
      written += bytesWritten;
      this.#size += bytesWritten;
    }
    await this.#file.datasync();
    // A lock keeps others away by the name of the file. Under another name of it, two may write: the later one notices.
    if ((await this.#file.stat()).size !== this.#size)
      throw new BulkError(
        'LedgerInUse',
        'Another process has written to the ledger, under another name of it.',
      );
  }
}

/**
 * Reads a ledger without touching it, also while another process works on it.
 *
 * @throws BulkError if there is none, or if it cannot be read
 */
export async function readLedger(path: string): Promise<LedgerContent> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT')
      throw new BulkError('LedgerNotFound', 'There is no ledger at this path.');
    throw unusable('The ledger', error);
  }
  return parseLedger(bytes);
}

type MutableCounts = Record<StateName, { chunks: number; callees: number }>;

function move(counts: MutableCounts, { state: from, callees }: LedgerChunk, to: StateName): void {
  counts[from].chunks--;
  counts[from].callees -= callees;
  counts[to].chunks++;
  counts[to].callees += callees;
}

export function countsOf(chunks: readonly LedgerChunk[]): MutableCounts {
  const none = () => ({ chunks: 0, callees: 0 });
  const counts = { planned: none(), sending: none(), accepted: none(), refused: none(), unknown: none() };
  for (const { state, callees } of chunks) {
    counts[state].chunks++;
    counts[state].callees += callees;
  }
  return counts;
}

/** A file is found after a power cut only if its folder is on disk, too. Some systems cannot do that, and need not. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(dirname(resolve(path)), 'r');
    await folder.sync().finally(() => folder.close());
  } catch (error) {
    if (!['EISDIR', 'EPERM', 'EINVAL', 'EACCES'].includes(systemCode(error))) throw error;
  }
}
