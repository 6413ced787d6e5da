import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A file for what is needed only meanwhile, and for this process alone. It loses its name as soon as it is open, so that nothing
 * of a list is left behind, even if the process is killed.
 */
export class NamelessFile {
  readonly fd: number;
  readonly #path: string;
  #length = 0;
  #isNameless = false;

  constructor() {
    this.#path = join(tmpdir(), `tccc-bulk-${randomUUID()}`);
    this.fd = openSync(this.#path, 'wx+', 0o600);
    this.#isNameless = this.#removeName();
  }

  get length(): number {
    return this.#length;
  }

  /** Writes at the end. */
  append(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;)
      at += writeSync(this.fd, bytes, at, bytes.length - at, this.#length + at);
    this.#length += bytes.length;
  }

  read(from: number, to: number): Buffer {
    const bytes = Buffer.allocUnsafe(to - from);
    for (let at = 0; at < bytes.length;) {
      const read = readSync(this.fd, bytes, at, bytes.length - at, from + at);
      if (read === 0) throw new Error('The file is shorter than it was written.');
      at += read;
    }
    return bytes;
  }

  close(): void {
    closeSync(this.fd);
    if (!this.#isNameless) this.#removeName();
  }

  /** Some systems keep the name of a file that is open. */
  #removeName(): boolean {
    try {
      rmSync(this.#path, { force: true });
      return true;
    } catch {
      return false;
    }
  }
}
