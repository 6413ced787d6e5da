import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import type { Chunk } from '../ledger/ledger.js';
import { BlockWriter } from './block-file.js';

/** How large a chunk may be. */
export interface ChunkLimits {
  /** Numbers. */
  readonly size: number;
  /** Bytes of the numbers and their attributes in a request. */
  readonly bytes: number;
}

/** Writes the plan, and cuts it into chunks. */
export class Chunker {
  readonly chunks: Chunk[] = [];
  readonly #file: BlockWriter;
  readonly #limits: ChunkLimits;
  #hash: Hash = createHash('sha256');
  #unhashed: Uint8Array[] = [];
  #unhashedBytes = 0;
  #from = 0;
  #callees = 0;
  #cost = 0;

  constructor(path: string, limits: ChunkLimits) {
    this.#file = new BlockWriter(path);
    this.#limits = limits;
  }

  /** Adds rows that are left out. */
  leaveOut(row: string): void {
    this.#write(Buffer.from(row));
  }

  /** Adds the row of a number, with its line break. */
  add(row: Uint8Array, cost: number): void {
    const { size, bytes } = this.#limits;
    if (this.#callees === size || this.#cost + cost > bytes) this.#cut();
    this.#callees++;
    this.#cost += cost;
    this.#write(row);
  }

  /** Ends the plan; it is on disk then. */
  close({ isDurable }: { isDurable: boolean }): void {
    if (this.#callees > 0) this.#cut();
    this.#file.close({ isDurable });
  }

  #write(row: Uint8Array): void {
    this.#file.writeBytes(row);
    this.#unhashed.push(row);
    this.#unhashedBytes += row.length;
    if (this.#unhashedBytes > 65_536) this.flush();
  }

  /** Takes what was added into account, so that its memory may be used for something else. */
  flush(): void {
    this.#hash.update(Buffer.concat(this.#unhashed, this.#unhashedBytes));
    this.#unhashed = [];
    this.#unhashedBytes = 0;
  }

  #cut(): void {
    this.flush();
    const [chunk, to] = [this.chunks.length + 1, this.#file.position];
    const sha256 = this.#hash.digest('hex');
    this.chunks.push({ chunk, from: this.#from, to, callees: this.#callees, sha256 });
    this.#hash = createHash('sha256');
    [this.#from, this.#callees, this.#cost] = [to, 0, 0];
  }
}
