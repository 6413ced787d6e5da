import { pipeline } from 'node:stream';
import type { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import type { Entry as ZipEntry, ZipFile } from 'yauzl';
import { fromBufferPromise, fromFdPromise } from 'yauzl';
import { BulkError, isBulkError } from '../../errors.js';
import { NamelessFile } from '../nameless-file.js';
import { damaged } from './damaged.js';

/** Most bytes of one part of a workbook, unpacked: a sheet of 1,048,576 rows, as long as a sheet can be, has about 300 MB. */
const MAX_UNPACKED = 4 * 1024 ** 3;

/** Most files in a workbook. */
const MAX_ENTRIES = 10_000;

/** Bytes that are unpacked at a time: four times what Node.js takes, because each time costs as much as reading a few rows. */
const PIECE = 64 * 1024;

/** Ways to pack a part. */
const STORED = 0;
const DEFLATED = 8;

/** Up to how many bytes a workbook is kept in memory; a longer one is copied to a file. */
const IN_MEMORY = 8 * 1024 ** 2;

/** The files in a workbook, by their names in lower case. */
export class Archive {
  readonly what: string;
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, ZipEntry>;
  readonly #maxUnpacked: number;
  readonly #file: NamelessFile | undefined;

  private constructor(
    what: string,
    {
      zip,
      entries,
      maxUnpacked,
      file,
    }: { zip: ZipFile; entries: Map<string, ZipEntry>; maxUnpacked: number; file: NamelessFile | undefined },
  ) {
    this.what = what;
    this.#zip = zip;
    this.#entries = entries;
    this.#maxUnpacked = maxUnpacked;
    this.#file = file;
  }

  /**
   * Takes a copy of the bytes, since their directory is at the end, and so that a change of the file in the meantime
   * changes nothing.
   *
   * @throws BulkError `InvalidInput` if they are not an archive
   */
  static async open(
    bytes: AsyncIterable<Uint8Array>,
    what: string,
    maxUnpacked = MAX_UNPACKED,
  ): Promise<Archive> {
    const { file, memory } = await copyOf(bytes);
    try {
      const options = { lazyEntries: true, autoClose: false, strictFileNames: false };
      const zip = await (file === undefined
        ? fromBufferPromise(memory!, options)
        : fromFdPromise(file.fd, options));
      const entries = await entriesOf(zip, what);
      return new Archive(what, { zip, entries, maxUnpacked, file });
    } catch (error) {
      file?.close();
      throw isBulkError(error) ? error : damaged(what, 'its table of contents cannot be read');
    }
  }

  get names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  /**
   * The bytes of a part, unpacked.
   *
   * @throws BulkError if the part is not there, is too large, is protected by a password, or does not have its checksum
   */
  async *read(name: string): AsyncGenerator<Buffer> {
    const entry = this.#entries.get(name.toLowerCase());
    if (entry === undefined) throw damaged(this.what, 'a part of it is missing');
    if (entry.isEncrypted()) throw isProtected(this.what);
    if (entry.uncompressedSize > this.#maxUnpacked) throw this.#tooLarge();
    let checksum = 0;
    let length = 0;
    try {
      for await (const piece of await this.#unpack(entry)) {
        checksum = crc32(piece as Buffer, checksum);
        length += (piece as Buffer).length;
        if (length > entry.uncompressedSize) break;
        yield piece as Buffer;
      }
    } catch (error) {
      throw isBulkError(error) ? error : damaged(this.what, 'a part of it cannot be unpacked');
    }
    if (length !== entry.uncompressedSize)
      throw damaged(this.what, 'a part of it does not have the length that it states');
    if (checksum !== entry.crc32) throw damaged(this.what, 'a part of it does not have its checksum');
  }

  async #unpack(entry: ZipEntry): Promise<Readable> {
    if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED)
      throw damaged(this.what, 'a part of it is packed in a way that workbooks do not use');
    const packed = await this.#zip.openReadStreamPromise(entry, { decodeFileData: false });
    if (entry.compressionMethod === STORED) return packed;
    // What goes wrong ends the stream that is read.
    return pipeline(packed, createInflateRaw({ chunkSize: PIECE }), () => {});
  }

  close(): void {
    this.#file?.close();
  }

  #tooLarge(): BulkError {
    const limit = this.#maxUnpacked.toLocaleString('en-US');
    return new BulkError(
      'InvalidInput',
      `${this.what} is a workbook (.xlsx) with a part that is longer than ${limit} bytes once unpacked, which is more than a list needs. Save the sheet as "CSV UTF-8".`,
    );
  }
}

/** Says that nobody can read a workbook without its password. */
function isProtected(what: string): BulkError {
  return new BulkError(
    'InvalidInput',
    `${what} is a password-protected workbook. Open it in the spreadsheet, take the password off, and save it again, or save the sheet as "CSV UTF-8".`,
  );
}

async function copyOf(bytes: AsyncIterable<Uint8Array>) {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let file: NamelessFile | undefined;
  try {
    for await (const piece of bytes) {
      length += piece.length;
      if (file !== undefined) {
        file.append(piece);
        continue;
      }
      pieces.push(piece);
      if (length <= IN_MEMORY) continue;
      file = new NamelessFile();
      for (const kept of pieces.splice(0)) file.append(kept);
    }
  } catch (error) {
    file?.close();
    throw error;
  }
  return { file, memory: file === undefined ? Buffer.concat(pieces) : undefined };
}

async function entriesOf(zip: ZipFile, what: string): Promise<Map<string, ZipEntry>> {
  const entries = new Map<string, ZipEntry>();
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: ZipEntry) => {
      const name = entry.fileName.replaceAll('\\', '/').toLowerCase();
      // Spreadsheets differ in which of the two they show.
      if (entries.has(name)) return reject(damaged(what, 'it has a part twice'));
      entries.set(name, entry);
      if (entries.size > MAX_ENTRIES)
        return reject(damaged(what, 'it has more files in it than a workbook can'));
      zip.readEntry();
    });
    zip.on('end', resolve);
    zip.on('error', reject);
    zip.readEntry();
  });
  return entries;
}
