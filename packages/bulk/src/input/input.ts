import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BulkError } from '../errors.js';
import type { Warnings } from './warnings.js';
import type { Columns } from '../request/template.js';
import type { BulkCallee, Callees } from './callees.js';
import { guarded, readCallees } from './callees.js';
import { readCsv } from './csv.js';
import type { Entry } from './entry.js';
import { readNdjson } from './ndjson.js';
import { isArchive, openSource } from './source.js';
import { bytesOf, kindOf, named, textOf } from './text.js';

/** A file or a stream of its bytes, and how it is read. */
export interface ListFile {
  /** Path of a file, or a stream such as `process.stdin`. */
  from: string | AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;
  /**
   * @default by the name of the file and by what it begins with: `.ndjson` and `.jsonl` are NDJSON, and what begins with `{`;
   * a workbook (`.xlsx`) is one by its first bytes
   */
  format?: 'csv' | 'ndjson' | 'xlsx';
  /** Between the columns of CSV. @default that of `,`, `;`, tab and `|` by which the first line has the columns */
  delimiter?: string;
  /** A label of the WHATWG encoding standard, such as `gb18030`. A byte order mark takes precedence over it. @default 'utf-8' */
  encoding?: string;
  /** The sheet of a workbook, by its name. @default the only one that has something in it and is not hidden; of several, none */
  sheet?: string;
  /** Number of the row of the sheet that names the columns, from 1. @default the first of the upper 20 that has them all */
  headerRow?: number;
  /** What becomes of rows that the sheet hides, by a filter or by hand. They are named in either case. @default 'read' */
  hiddenRows?: 'read' | 'leave-out';
}

/** The list: the path of a file, a file with its options, a stream of the bytes of a file, or the numbers themselves. */
export type BulkInput =
  | string
  | ListFile
  | AsyncIterable<Uint8Array>
  | AsyncIterable<string | BulkCallee>
  | Iterable<string | BulkCallee>;

/** How a list is read, apart from its columns. */
export interface InputOptions {
  warnings: Warnings;
  /** Whether characters for private use may be sent. */
  allowPrivateUse: boolean;
  /** Of the numbers without a country code. */
  country?: string | undefined;
  /** Ends the reading of a file. */
  signal?: AbortSignal | undefined;
}

/** A list while it is read. */
export interface OpenInput {
  /** The lines, many at a time. */
  readonly entries: AsyncIterable<Entry[]>;
  /** What tells this list from another; complete once all entries were read. */
  digest(): string;
}

/**
 * Begins to read a list.
 *
 * @throws BulkError `InvalidInput` if it is nothing that can be read as a list
 */
export async function openInput(
  input: BulkInput,
  columns: Columns,
  options: InputOptions,
): Promise<OpenInput> {
  const list = await recognise(input);
  const hash = hashOf(list);
  const entries =
    'file' in list ? readFile(list.file, columns, hash, options) : readCallees(list.items, hash, options);
  return { entries, digest: () => hash.copy().digest('hex') };
}

/** Reads a list to its end only to tell whether it is the same. Cheaper than to read its lines. */
export async function digestInput(input: BulkInput, signal?: AbortSignal): Promise<string> {
  const list = await recognise(input);
  const hash = hashOf(list);
  if ('file' in list)
    for await (const bytes of bytesOf(list.file.from, nameOf(list.file), signal)) hash.update(bytes);
  else for await (const _ of readCallees(list.items, hash));
  return hash.digest('hex');
}

const nameOf = ({ from }: ListFile) => named('The list', from);

type List = { readonly file: ListFile } | { readonly items: Callees };

/** What was given as a list: a file, in whatever form, or items. */
async function recognise(input: unknown): Promise<List> {
  if (typeof input === 'string') return { file: { from: input } };
  if (input instanceof URL) return { file: { from: fileURLToPath(input) } };
  if (typeof input !== 'object' || input === null) throw notAList(input);
  if ('from' in input && !Array.isArray(input)) return { file: checkFile(input as ListFile) };
  if (input instanceof Map || ArrayBuffer.isView(input) || input instanceof ArrayBuffer)
    throw notAList(input);
  if (!(Symbol.asyncIterator in input) && !(Symbol.iterator in input)) throw notAList(input);
  return await byFirstItem(input as Callees);
}

/** A stream is one of bytes if its first piece is; a stream of text that is not of objects gives pieces of a file. */
async function byFirstItem(input: Callees): Promise<List> {
  const { readableObjectMode } = input as { readableObjectMode?: unknown };
  const iterator = guarded(input as AsyncIterable<unknown>);
  const first = await iterator.next();
  const whole = resumed(first, iterator);
  const isBytes =
    first.value instanceof Uint8Array || (readableObjectMode === false && typeof first.value === 'string');
  return isBytes ? { file: { from: whole as AsyncGenerator<Uint8Array> } } : { items: whole as Callees };
}

async function* resumed<Item>(first: IteratorResult<Item>, rest: AsyncGenerator<Item>): AsyncGenerator<Item> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}

const SHEET_FIELDS = ['sheet', 'headerRow', 'hiddenRows'] as const;
const FILE_FIELDS: readonly string[] = ['from', 'format', 'delimiter', 'encoding', ...SHEET_FIELDS];

function checkFile(file: ListFile): ListFile {
  const unknown = Object.keys(file).find((name) => !FILE_FIELDS.includes(name));
  if (unknown !== undefined)
    throw new BulkError(
      'InvalidOption',
      `The list has no option "${unknown}"; it may have: ${FILE_FIELDS.join(', ')}.`,
    );
  const { from, format, delimiter } = file as { from: unknown; format?: unknown; delimiter?: unknown };
  if (format !== undefined && format !== 'csv' && format !== 'ndjson' && format !== 'xlsx')
    throw new BulkError('InvalidOption', 'The format of the list must be csv, ndjson or xlsx.');
  checkSheet(file);
  if (
    delimiter !== undefined &&
    (typeof delimiter !== 'string' || delimiter === '' || /["\r\n]/.test(delimiter))
  )
    throw new BulkError(
      'InvalidOption',
      'The delimiter of the list must be a text without quotes and line breaks, such as ";".',
    );
  if (from instanceof URL) return { ...file, from: fileURLToPath(from) };
  if (typeof from === 'string') return file;
  const isStream =
    typeof from === 'object' && from !== null && (Symbol.asyncIterator in from || Symbol.iterator in from);
  if (isStream && !(from instanceof Map) && !ArrayBuffer.isView(from)) return file;
  throw new BulkError(
    'InvalidInput',
    `"from" must be the path of a file, or a stream of its bytes, not ${kindOf(from)}.`,
  );
}

/** The last row that a sheet can have. */
export const LAST_ROW = 1_048_576;

function checkSheet({ sheet, headerRow, hiddenRows }: ListFile): void {
  if (sheet !== undefined && (typeof sheet !== 'string' || sheet === ''))
    throw new BulkError('InvalidOption', 'The sheet of the list must be a text: its name.');
  if (headerRow !== undefined && !(Number.isInteger(headerRow) && headerRow >= 1 && headerRow <= LAST_ROW))
    throw new BulkError(
      'InvalidOption',
      `The row that names the columns (headerRow, --header-row) must be an integer from 1 to ${LAST_ROW.toLocaleString('en-US')}.`,
    );
  if (hiddenRows !== undefined && hiddenRows !== 'read' && hiddenRows !== 'leave-out')
    throw new BulkError(
      'InvalidOption',
      'Hidden rows (hiddenRows, --hidden-rows) must be read or leave-out.',
    );
}

function notAList(input: unknown): BulkError {
  return new BulkError(
    'InvalidInput',
    `The list must be the path of a file, a stream of bytes, { from: … }, or the numbers: texts or { Callee, UUI, Variables }. It is ${kindOf(input)}.`,
  );
}

/** How a file is read is part of what tells it from another. */
function hashOf(list: List) {
  const hash = createHash('sha256');
  if ('file' in list) {
    const { encoding = 'utf-8', delimiter = ',' } = list.file;
    hash.update(JSON.stringify([formatOf(list.file), encoding, delimiter]));
    // What only a workbook has must not change what other lists are told by.
    const ofSheet = SHEET_FIELDS.map((name) => list.file[name]);
    if (ofSheet.some((value) => value !== undefined)) hash.update(JSON.stringify(ofSheet));
  }
  return hash;
}

/** The format that is stated, or that the name of the file says. */
function formatOf({ from, format }: ListFile): 'csv' | 'ndjson' | 'xlsx' {
  if (format !== undefined) return format;
  return typeof from === 'string' && /^\.(ndjson|jsonl)$/i.test(extname(from)) ? 'ndjson' : 'csv';
}

async function* readFile(
  file: ListFile,
  columns: Columns,
  hash: ReturnType<typeof createHash>,
  options: InputOptions,
): AsyncGenerator<Entry[]> {
  const source = await openSource(file.from, nameOf(file), options.signal);
  if (isArchive(source)) return yield* readSheet(file, source.bytes, columns, hash, options);
  refuseSheet(file);
  const text = textOf(source.bytes, { what: nameOf(file), encoding: file.encoding, hash });
  const first = await text.next();
  const whole = resumed(first, text);
  const { warnings, country } = options;
  const start = first.done === true ? '' : first.value;
  // No name of a column begins with {, and no cell of a first line with [{.
  const isJson = /^[\s\u001e]*(?:\{\s*(?:["']|$)|\[\s*(?:[{[]|$))/.test(start.slice(0, 1_000));
  if (formatOf(file) === 'ndjson' || (file.format === undefined && isJson))
    yield* readNdjson(whole, columns, { warnings, country, values: options });
  else yield* readCsv(whole, columns, { warnings, country, values: options, delimiter: delimiterOf(file) });
}

/** The reader of workbooks, and the libraries that it needs, are loaded only if there is one. */
async function* readSheet(
  file: ListFile,
  bytes: AsyncIterable<Uint8Array>,
  columns: Columns,
  hash: ReturnType<typeof createHash>,
  options: InputOptions,
): AsyncGenerator<Entry[]> {
  const { readWorkbookList } = await import('./xlsx/list.js');
  const reading = { warnings: options.warnings, country: options.country, values: options };
  const entries = readWorkbookList(heard(bytes, hash), columns, {
    what: nameOf(file),
    reading,
    options: file,
  });
  refuseText(file);
  yield* entries;
}

async function* heard(
  bytes: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    hash.update(piece);
    yield piece;
  }
}

/** What is said of a text does not fit a workbook, so that one of them is not the one that is meant. */
export function refuseText({ encoding, delimiter, format }: ListFile): void {
  const stated = { encoding, delimiter, format: format === 'xlsx' ? undefined : format };
  const [name] = Object.entries(stated).find(([, value]) => value !== undefined) ?? [];
  if (name !== undefined)
    throw new BulkError(
      'InvalidInput',
      `The list is a workbook (.xlsx), not text. Leave out "${name}", or give the file that it is meant for.`,
    );
}

export function refuseSheet(file: ListFile): void {
  const name = file.format === 'xlsx' ? 'format' : SHEET_FIELDS.find((field) => file[field] !== undefined);
  if (name !== undefined)
    throw new BulkError(
      'InvalidInput',
      `The list is not a workbook (.xlsx). Leave out "${name}", or give the file that it is meant for.`,
    );
}

/** A tab is hard to write on a command line. */
function delimiterOf({ delimiter }: ListFile): string | undefined {
  return delimiter === '\\t' ? '\t' : delimiter;
}
