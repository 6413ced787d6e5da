import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';

const BLOCK = 1024 * 1024;

/** A new file that is written block by block. Only the owner may read it: it has phone numbers in it. */
export class BlockWriter {
  readonly #file: number;
  readonly #block = Buffer.allocUnsafe(BLOCK);
  #used = 0;
  /** Offset of the next byte in the file. */
  position = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'w', 0o600);
  }

  writeText(text: string): void {
    this.writeBytes(Buffer.from(text));
  }

  writeBytes(bytes: Uint8Array): void {
    this.position += bytes.length;
    if (this.#used + bytes.length > BLOCK) this.#flush();
    if (bytes.length > BLOCK) return this.#write(bytes);
    this.#block.set(bytes, this.#used);
    this.#used += bytes.length;
  }

  /** Ends the file; once it returns, the file is on disk if it has to be. */
  close({ isDurable }: { isDurable: boolean }): void {
    this.#flush();
    if (isDurable) fsyncSync(this.#file);
    closeSync(this.#file);
  }

  #flush(): void {
    this.#write(this.#block.subarray(0, this.#used));
    this.#used = 0;
  }

  #write(bytes: Uint8Array): void {
    for (let written = 0; written < bytes.length;) {
      written += writeSync(this.#file, bytes, written, bytes.length - written);
    }
  }
}

/** The lines of a part of a file as bytes without their line breaks, many at a time; they are valid until the next ones. */
export function* readLines(path: string, from = 0, to = Infinity): Generator<Buffer[]> {
  const file = openSync(path, 'r');
  try {
    let block = Buffer.allocUnsafe(BLOCK);
    let rest = 0;
    for (let position = from; ;) {
      if (rest === block.length) block = Buffer.concat([block, Buffer.allocUnsafe(block.length)]);
      const read = readSync(file, block, rest, Math.min(block.length - rest, to - position), position);
      if (read === 0) break;
      position += read;
      const end = rest + read;
      const lines: Buffer[] = [];
      let start = 0;
      for (let at = block.indexOf(10, rest); at !== -1 && at < end; at = block.indexOf(10, start)) {
        lines.push(block.subarray(start, at));
        start = at + 1;
      }
      yield lines;
      block.copyWithin(0, start, end);
      rest = end - start;
    }
  } finally {
    closeSync(file);
  }
}
