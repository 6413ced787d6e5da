import { extname } from 'node:path';
import { BulkError } from '../errors.js';
import { NumberReader, isRefusal } from '../numbers/index.js';
import { DELIMITERS, recordsOf, skip } from './csv.js';
import type { ListFile } from './input.js';
import { isNumberLike } from './find-column.js';
import { refuseSheet, refuseText } from './input.js';
import { isArchive, openSource } from './source.js';
import { named, textOf } from './text.js';

/** How much of a list is looked at: characters, and lines below the one that names the columns. */
const LOOKED_AT = 65_536;
const ROWS = 100;

/** What the beginning of a list shows. */
export interface Inspected {
  readonly format: 'csv' | 'ndjson' | 'xlsx';
  /** Of text. */
  readonly encoding?: string;
  /** Of CSV. */
  readonly delimiter?: string;
  /** Of a workbook: the sheet that is shown, and the others that have something in them. */
  readonly sheet?: string;
  readonly otherSheets?: readonly string[];
  /** Of a workbook: number of the row with the names, and how many of the first rows are hidden. */
  readonly headerRow?: number;
  readonly hidden?: number;
  /** The columns, in their order. */
  readonly names: readonly string[];
  /** The first rows, as long as the names. */
  readonly rows: readonly (readonly string[])[];
  /** The columns most of whose values are numbers that can be called, and first the one that seems to be meant. */
  readonly phones: readonly PhoneColumn[];
}

/** A column that seems to have the numbers. */
export interface PhoneColumn {
  readonly name: string;
  /** Rows with a number, of those that were looked at and have a value. */
  readonly count: number;
  readonly of: number;
  /** The country as whose numbers they have to be read, if they have no country code. */
  readonly country?: string;
}

/** Looks at the beginning of a list. @throws BulkError that says what is wrong with it */
export async function inspectList(file: ListFile): Promise<Inspected> {
  const what = named('The list', file.from);
  const source = await openSource(file.from, what);
  if (isArchive(source)) {
    refuseText(file);
    return inspectSheets(source.bytes, file, what);
  }
  refuseSheet(file);
  let encoding = 'utf-8';
  let text = '';
  const pieces = textOf(source.bytes, {
    what,
    encoding: file.encoding,
    onEncoding: (name) => (encoding = name),
  });
  for await (const piece of pieces) {
    text += piece;
    if (text.length >= LOOKED_AT) break;
  }
  text = text
    .slice(0, LOOKED_AT)
    .replace(/^\ufeff/, '')
    .replaceAll(/\r\n?/g, '\n');
  if (text.trim() === '') throw new BulkError('InvalidInput', `${what} is empty.`);
  const format = file.format === 'csv' || file.format === 'ndjson' ? file.format : formatOf(file, text);
  const read = format === 'ndjson' ? readObjects(text) : readTable(text, file.delimiter);
  return { format, encoding, ...read, phones: phonesIn(read) };
}

/** Of several sheets, the one with the most numbers is shown. */
async function inspectSheets(
  bytes: AsyncIterable<Uint8Array>,
  file: ListFile,
  what: string,
): Promise<Inspected> {
  const { inspectWorkbook } = await import('./xlsx/inspect.js');
  const { sheet, headerRow } = file;
  const sheets = (await inspectWorkbook(bytes, { what, sheet, headerRow, rows: ROWS })).map(
    ({ shown: texts, ...one }) => {
      const phones = phonesIn(one);
      const isPhone = one.names.map((name) => phones.some((phone) => phone.name === name));
      const rows = one.rows.map((row, index) =>
        row.map((text, at) => (isPhone[at] ? text : texts[index]![at]!)),
      );
      return { format: 'xlsx' as const, ...one, rows, phones };
    },
  );
  const many = ({ phones: [phone] }: Pick<Inspected, 'phones'>) => phone?.count ?? 0;
  const [shown] = sheets.toSorted((one, other) => many(other) - many(one));
  const otherSheets = sheets.filter((one) => one !== shown).map((one) => one.sheet);
  return { ...shown!, otherSheets };
}

type Table = Pick<Inspected, 'names' | 'rows' | 'delimiter'>;

function formatOf({ from }: ListFile, text: string): 'csv' | 'ndjson' {
  const isNamed = typeof from === 'string' && /^\.(ndjson|jsonl)$/i.test(extname(from));
  return isNamed || text.trimStart().startsWith('{') ? 'ndjson' : 'csv';
}

function readTable(text: string, given: string | undefined): Table {
  const { from, delimiter: stated } = skip(text);
  const body = text.slice(from);
  const known = given === '\\t' ? '\t' : (given ?? stated);
  const tables = (known === undefined ? DELIMITERS : [known]).map((delimiter) => {
    const [names = [], ...rows] = recordsOf(body, delimiter, ROWS + 1);
    return { delimiter, names, rows: rows.filter((row) => row.some((value) => value.trim() !== '')) };
  });
  // The one by which the most lines have the columns of the first one; of several, the one with the most columns.
  const fit = ({ names, rows }: Table) =>
    names.length > 1 ? 1 + rows.filter((row) => row.length === names.length).length : 0;
  const [best] = tables.toSorted(
    (one, other) => fit(other) - fit(one) || other.names.length - one.names.length,
  );
  const { names, rows, delimiter } = best!;
  return { delimiter, names, rows: rows.map((row) => names.map((_name, at) => row[at] ?? '')) };
}

function readObjects(text: string): Table {
  const objects = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, ROWS)
    .map(objectOf)
    .filter((object) => object !== undefined);
  if (objects.length === 0)
    throw new BulkError('InvalidInput', 'The list has no JSON object on its first lines.');
  const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  const shown = (value: unknown) =>
    typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
  return { names, rows: objects.map((object) => names.map((name) => shown(object[name]))) };
}

/** The last line that was looked at may be cut. */
function objectOf(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

const FAX = /fax|传真|傳真|ファ[クッ]|팩스/i;
const PHONE = /phone|mobil|\btel|cell|handy|telefon|m[oó]vil|手机|手機|电话|電話|携帯|전화|휴대폰/i;

/** Ids can be numbers by chance, and a fax answers no call: a name that says what it is goes first. */
function rankOf({ name }: PhoneColumn): number {
  if (FAX.test(name)) return 2;
  return PHONE.test(name) ? 0 : 1;
}

/** Share of the values of a column that must be numbers. */
const MOST = 0.5;

function phonesIn({ names, rows }: Table): PhoneColumn[] {
  const found = names.flatMap((name, at) => {
    const values = rows.map((row) => row[at]!.trim()).filter((value) => value !== '');
    const tries = [undefined, 'CN'].map((country) => {
      const numbers = new NumberReader(country, '+');
      return { country, count: values.filter((value) => !isRefusal(numbers.judge(value))).length };
    });
    const best = tries.toSorted((one, other) => other.count - one.count)[0]!;
    if (best.count === 0 || best.count < values.length * MOST || isNumberLike(name)) return [];
    return [
      {
        name,
        count: best.count,
        of: values.length,
        ...(best.country !== undefined && { country: best.country }),
      },
    ];
  });
  return found.toSorted((one, other) => rankOf(one) - rankOf(other) || other.count - one.count);
}
