import { constants, fstatSync, futimesSync, statSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { BulkError, systemCode, unusable } from '../errors.js';

/** Only its owner may read it. */
const MODE = 0o600;

/** A file that is only ever appended to, by one process at a time. It notices if another process has changed it. */
export class AppendFile {
  readonly #path: string;
  readonly #file: FileHandle;
  /** Length of the file, as far as this process knows. */
  size = 0;

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /**
   * @param path without links
   * @throws BulkError `LedgerNotFound`, or `LedgerUnusable`
   */
  static async open(path: string, { mayCreate = false } = {}): Promise<AppendFile> {
    const { O_RDWR, O_APPEND, O_CREAT, O_NOFOLLOW } = constants;
    const flags = O_RDWR | O_APPEND | (O_NOFOLLOW ?? 0) | (mayCreate ? O_CREAT : 0);
    let file: FileHandle;
    try {
      file = await open(path, flags, MODE);
    } catch (error) {
      if (systemCode(error) === 'ENOENT' && !mayCreate)
        throw new BulkError('LedgerNotFound', `There is no ledger at ${path}.`);
      throw unusable(`The ledger ${path}`, error);
    }
    await makePrivate(file);
    return new AppendFile(path, file);
  }

  async read(): Promise<Buffer> {
    const { size } = await this.#file.stat();
    const bytes = Buffer.allocUnsafe(size);
    let read = 0;
    while (read < size) {
      const { bytesRead } = await this.#file.read(bytes, read, size - read, read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    return bytes.subarray(0, read);
  }

  /** Appends bytes; once it resolves they are on disk. */
  async append(bytes: Buffer): Promise<void> {
    for (let written = 0; written < bytes.length;) {
      // What follows a part that somebody else has continued would be torn from it.
      if (written > 0 && !this.isUntouched()) throw changed();
      const { bytesWritten } = await this.#file.write(bytes, written);
      written += bytesWritten;
      this.size += bytesWritten;
    }
    await this.#file.datasync();
  }

  /** Whether the file still has its name. */
  get hasName(): boolean {
    const now = statSync(this.#path, { bigint: true, throwIfNoEntry: false });
    const own = fstatSync(this.#file.fd, { bigint: true });
    return now?.ino === own.ino && now.dev === own.dev;
  }

  /** Whether nobody else has written to it. */
  isUntouched(): boolean {
    return fstatSync(this.#file.fd).size === this.size;
  }

  /** What changes whenever anybody writes to the file, or renews a lease on it. */
  get fingerprint(): string {
    const { size, mtimeNs, ctimeNs } = fstatSync(this.#file.fd, { bigint: true });
    return [size, mtimeNs, ctimeNs].join(' ');
  }

  /** Changes the fingerprint, and nothing else. */
  touch(): void {
    const now = Date.now() / 1_000;
    futimesSync(this.#file.fd, now, now);
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** It may have been there before, or have been copied. Somebody who does not own it cannot change that. */
async function makePrivate(file: FileHandle): Promise<void> {
  const { mode } = await file.stat();
  if ((mode & 0o077) !== 0) await file.chmod(MODE).catch(() => {});
}

export function changed(): BulkError {
  return new BulkError(
    'LedgerInUse',
    'Another process has written to the ledger. This one sends nothing more.',
  );
}

export function moved(): BulkError {
  return new BulkError(
    'LedgerInUse',
    'The ledger has been renamed, removed or replaced. This process sends nothing more.',
  );
}
