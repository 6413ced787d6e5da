import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Pairs that a bucket holds in memory before it writes them: 8 KiB. */
const BUFFERED = 512;

/**
 * Pairs of numbers, in buckets on disk: one file for each, in the order in which they were added. Memory is 8 KiB for each
 * bucket, however many pairs there are.
 */
export class Buckets {
  readonly #prefix: string;
  readonly #buffers: { pairs: Float64Array; used: number }[] = [];

  constructor(folder: string, name: string) {
    this.#prefix = join(folder, name);
  }

  add(bucket: number, first: number, second: number): void {
    const buffer = (this.#buffers[bucket] ??= { pairs: new Float64Array(2 * BUFFERED), used: 0 });
    buffer.pairs[buffer.used++] = first;
    buffer.pairs[buffer.used++] = second;
    if (buffer.used === buffer.pairs.length) this.#flush(bucket);
  }

  /** All pairs of a bucket, one after the other. */
  read(bucket: number): Float64Array {
    const buffer = this.#buffers[bucket];
    if (buffer === undefined) return new Float64Array();
    const file = this.#file(bucket);
    if (!existsSync(file)) return buffer.pairs.subarray(0, buffer.used);
    this.#flush(bucket);
    const bytes = readFileSync(file);
    return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  }

  #flush(bucket: number): void {
    const buffer = this.#buffers[bucket]!;
    appendFileSync(this.#file(bucket), new Uint8Array(buffer.pairs.buffer, 0, buffer.used * 8), {
      mode: 0o600,
    });
    buffer.used = 0;
  }

  #file(bucket: number): string {
    return `${this.#prefix}-${bucket}`;
  }
}
