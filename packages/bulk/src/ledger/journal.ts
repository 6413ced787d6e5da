import type { BulkError } from '../errors.js';
import { unusable } from '../errors.js';
import type { AppendFile } from './append-file.js';
import { changed, moved } from './append-file.js';
import type { Seal } from './chain.js';
import { parseLedger } from './format.js';
import type { Lease } from './lease.js';
import { inUse } from './lease.js';

/** A line that waits for the disk; without text, the question whether the file is still this process's own. */
interface Pending {
  text: string;
  resolve: () => void;
  reject: (error: BulkError) => void;
}

/**
 * Writes the lines of a ledger, and makes sure before and after each write that nobody else has written. After a first failure it
 * writes nothing more.
 */
export class Journal {
  readonly #file: AppendFile;
  readonly #lease: Lease;
  readonly #seal: Seal;
  /** Sum of the last line that is on disk. */
  #written: string;
  #pending: Pending[] = [];
  #writing: Promise<void> | undefined;
  #failure: BulkError | undefined;

  /** @param seal of the lines in the file, the lease included */
  constructor(file: AppendFile, lease: Lease, seal: Seal) {
    this.#file = file;
    this.#lease = lease;
    this.#seal = seal;
    this.#written = seal.last;
  }

  /** Resolves once the line is on disk. Lines that come while the disk is busy share the next write. */
  append(line: object): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return this.#queue(this.#seal.close(line));
  }

  /**
   * @returns for how long nobody can take the lease, in milliseconds
   * @throws BulkError if the lease is lost, or the file was changed or moved
   */
  async confirm(): Promise<number> {
    const safeMs = this.#lease.renew();
    await this.#queue('');
    return safeMs;
  }

  /** Gives the lease back, if it is still there. */
  async close(): Promise<void> {
    await this.#writing;
    // If it was lost, the process that has it now need not hear of this one.
    if (this.#failure === undefined) await this.append(this.#lease.release).catch(() => {});
    await this.#lease.end();
    await this.#file.close();
  }

  #queue(text: string): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#pending.push({ text, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    while (this.#pending.length > 0) {
      const batch = this.#pending.splice(0);
      try {
        await this.#write(batch.map(({ text }) => text).join(''));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        this.#failure = unusable('The ledger', error);
        for (const { reject } of [...batch, ...this.#pending.splice(0)]) reject(this.#failure);
      }
    }
    this.#writing = undefined;
  }

  async #write(text: string): Promise<void> {
    await this.#checkFile();
    if (text === '') return;
    await this.#file.append(Buffer.from(text));
    this.#written = text.slice(-11, -3);
    await this.#checkFile();
  }

  async #checkFile(): Promise<void> {
    if (this.#lease.failure !== undefined) throw this.#lease.failure;
    if (!this.#file.hasName) throw moved();
    if (this.#file.isUntouched()) return;
    // Somebody has written. A lease that came too late does no harm; everything else does.
    const { chain } = parseLedger(await this.#file.read());
    if (chain.lease?.lease !== this.#lease.token) throw inUse();
    if (chain.isTorn || chain.seal.last !== this.#written) throw changed();
    this.#file.size = chain.size;
  }
}
