import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { extname } from 'node:path';
import { BulkError, systemCode } from '../errors.js';
import type { Columns } from '../template.js';
import type { BulkCallee } from './callees.js';
import { readCallees } from './callees.js';
import type { CsvOptions } from './csv.js';
import { readCsv } from './csv.js';
import type { Entry } from './entry.js';
import { readNdjson } from './ndjson.js';
import { decode } from './text.js';

/** A file or a stream of text. */
export interface ListFile extends CsvOptions {
  /** Path of a file, or a stream such as `process.stdin`. */
  from: string | AsyncIterable<Buffer | string>;
  /** @default by the name of the file: `.ndjson` and `.jsonl` are NDJSON, everything else is CSV */
  format?: 'csv' | 'ndjson';
  /** @default 'utf-8' */
  encoding?: string;
}

/** The list: the path of a file, a file with its options, or the numbers themselves. */
export type BulkInput =
  string | ListFile | AsyncIterable<string | BulkCallee> | Iterable<string | BulkCallee>;

/** A list while it is read. */
export interface OpenInput {
  /** The lines, many at a time. */
  readonly entries: AsyncIterable<Entry[]>;
  /** What tells this list from another; complete once all entries were read. */
  digest(): string;
}

/** Begins to read a list. */
export function openInput(input: BulkInput, columns: Columns): OpenInput {
  const { file, hash } = begin(input);
  const entries = isFile(file) ? readFile(file, columns, hash) : readCallees(file, hash);
  return { entries, digest: () => hash.copy().digest('hex') };
}

/** Reads a list to its end only to tell whether it is the same. Cheaper than to read its lines. */
export async function digestInput(input: BulkInput): Promise<string> {
  const { file, hash } = begin(input);
  if (isFile(file)) for await (const bytes of bytesOf(file.from)) hash.update(bytes);
  else for await (const _ of readCallees(file, hash));
  return hash.digest('hex');
}

/** How a file is read is part of what it says. */
function begin(input: BulkInput) {
  const file = typeof input === 'string' ? { from: input } : input;
  const hash = createHash('sha256');
  if (isFile(file)) {
    const { encoding = 'utf-8', delimiter = ',' } = file;
    hash.update(JSON.stringify([formatOf(file), encoding, delimiter]));
  }
  return { file, hash };
}

function isFile(input: Exclude<BulkInput, string>): input is ListFile {
  return typeof input === 'object' && 'from' in input && !Array.isArray(input);
}

function readFile(file: ListFile, columns: Columns, hash: ReturnType<typeof createHash>) {
  const { from, encoding = 'utf-8', delimiter } = file;
  const text = decode(bytesOf(from), encoding, hash);
  if (formatOf(file) === 'ndjson') return readNdjson(text, columns);
  return readCsv(text, columns, delimiter === undefined ? {} : { delimiter });
}

function formatOf({ from, format }: ListFile): 'csv' | 'ndjson' {
  if (format !== undefined) return format;
  return typeof from === 'string' && /^\.(ndjson|jsonl)$/i.test(extname(from)) ? 'ndjson' : 'csv';
}

async function* bytesOf(from: ListFile['from']): AsyncGenerator<Buffer | string> {
  try {
    yield* typeof from === 'string' ? createReadStream(from, { highWaterMark: 64 * 1024 }) : from;
  } catch (error) {
    throw new BulkError('InvalidInput', `The list cannot be read: ${systemCode(error)}.`, error);
  }
}
