import { NamelessFile } from '../nameless-file.js';
import type { Archive } from './archive.js';
import { CellText } from './cell-text.js';
import { damaged } from './damaged.js';
import { readXml } from './xml.js';

/** How many strings are kept, written and read together. */
const BLOCK = 64;

/** Between the strings of a block; no text has it. A block is not JSON, since V8 keeps the short strings of JSON for long. */
const BETWEEN = '\0';

/** Characters that are always in memory, from the first on, and of those that were read from the file again. */
const KEPT = 256 * 1024;
const CACHED = 64 * 1024;

/** How many blocks may be in memory again; a block has one place there. */
const PLACES = 64;

/** Bytes that are gathered before they are written. */
const WRITTEN = 64 * 1024;

/**
 * The texts that the cells of a workbook refer to by number. Excel writes every text so, so that there may be as many as cells:
 * beyond the first 262,144 characters they go to a nameless file, from which they come back in blocks. Cells mostly refer to them
 * in their own order; a sheet that was sorted reads each block many times, which is slower, but takes no more memory.
 */
export class SharedStrings {
  readonly #kept: (readonly string[])[] = [];
  readonly #starts: number[] = [];
  readonly #places: ({ block: number; strings: readonly string[] } | undefined)[] = [];
  #file: NamelessFile | undefined;
  #current: string[] = [];
  #characters = 0;
  #cached = 0;
  #unwritten: Buffer[] = [];
  #unwrittenBytes = 0;
  #end = 0;

  static async read(archive: Archive, part: string | undefined): Promise<SharedStrings> {
    const strings = new SharedStrings();
    if (part === undefined) return strings;
    const text = new CellText(archive.what);
    try {
      await readXml(archive.what, archive.read(part), {
        open: (name) => (name === 'si' ? text.begin() : text.open(name)),
        text: (piece) => text.add(piece),
        close: (name) => (name === 'si' ? strings.#add(text.end()) : text.close(name)),
      });
      strings.#finish();
      return strings;
    } catch (error) {
      strings.close();
      throw error;
    }
  }

  /** @throws BulkError if there is no such text */
  get(index: number, what: string): string {
    const block = Math.floor(index / BLOCK);
    const text = (this.#kept[block] ?? this.#readBlock(block))?.[index % BLOCK];
    if (text === undefined) throw damaged(what, 'a cell refers to a text that is not there');
    return text;
  }

  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }

  #add(text: string): void {
    this.#characters += text.length;
    if (this.#current.push(text) === BLOCK) this.#endBlock();
  }

  #endBlock(): void {
    const strings = this.#current;
    this.#current = [];
    if (this.#file === undefined && this.#characters <= KEPT) {
      this.#kept.push(strings);
      return;
    }
    this.#file ??= new NamelessFile();
    const bytes = Buffer.from(strings.join(BETWEEN));
    this.#starts.push(this.#end);
    this.#end += bytes.length;
    this.#unwritten.push(bytes);
    this.#unwrittenBytes += bytes.length;
    if (this.#unwrittenBytes >= WRITTEN) this.#write();
  }

  #write(): void {
    this.#file?.append(Buffer.concat(this.#unwritten));
    this.#unwritten = [];
    this.#unwrittenBytes = 0;
  }

  #finish(): void {
    this.#endBlock();
    this.#write();
  }

  #readBlock(block: number): readonly string[] | undefined {
    const found = this.#places[block % PLACES];
    if (found?.block === block) return found.strings;
    const index = block - this.#kept.length;
    const from = this.#starts[index];
    if (from === undefined || this.#file === undefined) return undefined;
    const bytes = this.#file.read(from, this.#starts[index + 1] ?? this.#end);
    const strings = bytes.toString().split(BETWEEN);
    this.#cached += bytes.length;
    if (this.#cached > CACHED) {
      this.#places.length = 0;
      this.#cached = bytes.length;
    }
    this.#places[block % PLACES] = { block, strings };
    return strings;
  }
}
