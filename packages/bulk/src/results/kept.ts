import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { step } from '../crash-points.js';
import { makePrivate } from '../files.js';
import { isSystemError, unusable } from '../errors.js';
import { placeOf } from '../ledger/place.js';
import { readPart } from '../plan/load.js';
import type { ResultRow } from './row.js';

/** Where the results of a ledger are kept. */
export function resultsPathOf(ledger: string): string {
  return `${placeOf(ledger)}.results`;
}

/** What is kept of a row: neither the number, which the plan has, nor any link. */
type KeptRow = Omit<ResultRow, 'callee' | 'chunk' | 'id' | 'isFinal'>;

interface KeptChunk {
  readonly chunk: number;
  /** Of the run: the file may be older than the ledger, and another service, or the mock, may have a task of the same id. */
  readonly job: string;
  readonly id: string;
  readonly rows: readonly KeptRow[];
}

const LINE_BREAK = 10;

/**
 * The results of chunks of which nothing can change any more, in a file next to the ledger that is only appended to:
 * another pass asks for the others only. A line that a crash has cut is as good as missing. In memory there is no more than
 * where each chunk stands.
 */
export class KeptResults implements AsyncDisposable {
  readonly #path: string;
  readonly #job: string;
  readonly #file: FileHandle;
  readonly #places: Map<number, readonly [from: number, to: number]>;
  #end: number;
  /** One line after the other: each must be where it is said to be. */
  #written: Promise<void> = Promise.resolve();

  private constructor(
    path: string,
    job: string,
    file: FileHandle,
    { places, end }: Awaited<ReturnType<typeof placesIn>>,
  ) {
    this.#path = path;
    this.#job = job;
    this.#file = file;
    this.#places = places;
    this.#end = end;
  }

  /**
   * @param job id of the run: what is kept of another one does not count
   * @throws BulkError `LedgerUnusable`
   */
  static async open(ledger: string, job: string): Promise<KeptResults> {
    const path = resultsPathOf(ledger);
    try {
      const file = await open(path, 'a+', 0o600);
      makePrivate(path);
      const lines = await placesIn(path);
      await file.truncate(lines.end);
      return new KeptResults(path, job, file, lines);
    } catch (error) {
      throw isSystemError(error) ? unusable(`The file of results ${path}`, error) : error;
    }
  }

  /** The rows of a chunk, by line; undefined if they are not kept. */
  async rowsOf(chunk: number, id: string): Promise<ReadonlyMap<number, KeptRow> | undefined> {
    const place = this.#places.get(chunk);
    if (place === undefined) return undefined;
    const kept = parse(await readPart(this.#path, ...place));
    const isIt = kept?.chunk === chunk && kept.job === this.#job && kept.id === id;
    if (!isIt) return undefined;
    return new Map(kept.rows.map((row) => [row.line, row]));
  }

  async keep(chunk: number, id: string, rows: readonly ResultRow[]): Promise<void> {
    const kept: KeptChunk = {
      chunk,
      job: this.#job,
      id,
      rows: rows.map(({ callee: _callee, chunk: _chunk, id: _id, isFinal: _isFinal, ...row }) => row),
    };
    const bytes = Buffer.from(`${JSON.stringify(kept)}\n`);
    const written = this.#written.then(() => this.#append(chunk, bytes));
    this.#written = written.catch(() => {});
    await written;
  }

  async #append(chunk: number, bytes: Buffer): Promise<void> {
    step('results: before the file');
    try {
      await this.#file.appendFile(bytes);
    } catch (error) {
      throw unusable(`The file of results ${this.#path}`, error);
    }
    step('results: in the file');
    this.#places.set(chunk, [this.#end, this.#end + bytes.length - 1]);
    this.#end += bytes.length;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#file.close();
  }
}

/** Where each chunk stands in the file, and where its last whole line ends. */
async function placesIn(
  path: string,
): Promise<{ places: Map<number, readonly [from: number, to: number]>; end: number }> {
  const places = new Map<number, readonly [from: number, to: number]>();
  let end = 0;
  let head = '';
  let position = 0;
  for await (const piece of createReadStream(path)) {
    const bytes = piece as Buffer;
    let from = 0;
    for (let to = bytes.indexOf(LINE_BREAK); to !== -1; from = to + 1, to = bytes.indexOf(LINE_BREAK, from)) {
      head += bytes.toString('latin1', from, Math.min(to, from + HEAD));
      const chunk = Number(/^\{"chunk":(\d{1,9}),/.exec(head)?.[1]);
      if (chunk > 0) places.set(chunk, [end, position + to]);
      end = position + to + 1;
      head = '';
    }
    if (head.length < HEAD) head += bytes.toString('latin1', from, from + HEAD);
    position += bytes.length;
  }
  return { places, end };
}

/** As much of a line as has the number of its chunk. */
const HEAD = 32;

function parse(bytes: Buffer): KeptChunk | undefined {
  try {
    return JSON.parse(bytes.toString()) as KeptChunk;
  } catch {
    return undefined;
  }
}
