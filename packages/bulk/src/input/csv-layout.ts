import { BulkError } from '../errors.js';
import type { Warnings } from './warnings.js';
import type { Columns } from '../request/template.js';
import { columnNames } from '../request/template.js';
import type { Entry, LeftOutReason } from './entry.js';
import { AttributesWriter } from './entry.js';
import {
  NAMES_MISSING,
  drawn,
  findColumn,
  folded,
  isData,
  isDrawn,
  isNumberLike,
  noColumn,
} from './find-column.js';
import type { Row } from './row-width.js';
import { RowWidth, isBlank } from './row-width.js';
import type { Telling, Told } from './telling.js';
import { TellingWatch, isSilent, saysBarred, tellingOf } from './telling.js';
import { isMaybeTotal, isTotal, mayBeTotal } from './totals.js';
import type { ValueCheck } from './values.js';
import { isWordForNothing } from './words-for-nothing.js';

/** How CSV is read, apart from its columns. */
export interface CsvReading {
  /** If undefined, the one by which the first line has the columns. */
  delimiter: string | undefined;
  values: ValueCheck;
  warnings: Warnings;
  /** Of the numbers without a country code. */
  country?: string | undefined;
}

/** Makes an entry of each record, by the names in the first one. */
export class CsvLayout {
  readonly #columns: Columns;
  readonly #reading: CsvReading;
  readonly #onEntry: (entry: Entry) => void;
  readonly #watch: TellingWatch;
  #names: readonly string[] = [];
  #folded: ReadonlySet<string> = new Set();
  /** How many columns have names, and how many cells the rows below them have. */
  #named = 0;
  #width = 0;
  #rowWidth: RowWidth | undefined;
  #callee = 0;
  #label = 0;
  #uui: number | undefined;
  #variables: readonly number[] = [];
  #isTrimmed: readonly boolean[] = [];
  #attributes: AttributesWriter | undefined;
  /** Columns that say more of the number. */
  #telling: readonly { at: number; name: string; telling: Telling }[] = [];
  /** A line that begins a list of people who must not be called, if numbers are below it. */
  #barredFrom: number | undefined;
  /** Whether the first line ends with CRLF, so that a bare LF may be text. */
  #hasBareText = false;
  /** Whether the line before was blank. */
  #isAfterBlank = false;
  /** A line behind a blank one that may name other columns. It is a footer if no number is below it. */
  #doubtful: number | undefined;
  /** A record that ended with a bare LF in such a file. */
  #held: Row | undefined;

  constructor(columns: Columns, reading: CsvReading, onEntry: (entry: Entry) => void) {
    this.#columns = columns;
    this.#reading = reading;
    this.#onEntry = onEntry;
    this.#watch = new TellingWatch(reading);
  }

  /** Takes the next record. */
  take(fields: string[], line: number, isBare: boolean): void {
    if (this.#attributes === undefined) {
      this.#begin(fields);
      this.#hasBareText = !isBare;
    } else if (this.#hasBareText && (isBare || this.#held !== undefined)) {
      this.#join(fields, line, isBare);
    } else {
      this.#put({ fields, line });
    }
  }

  /** Whether a record could be a line of the list: it has all columns, and a number. */
  isLike(record: readonly string[]): boolean {
    return record.length > 1 && this.#isWhole(record) && isNumberLike(record[this.#callee]!);
  }

  /** Whether a record has all columns. Until it is known how wide rows are, empty cells without a name may follow. */
  #isWhole(record: readonly string[]): boolean {
    if (this.#rowWidth === undefined) return record.length === this.#width;
    return record.length >= this.#named && isBlank(record.slice(this.#named));
  }

  /** Whether a column says who must not be called, or the like. */
  isTelling(at: number): boolean {
    return this.#telling.some((column) => column.at === at);
  }

  /** Takes a record that is left out for another reason. Its number must not be called either if the record says so. */
  leaveOut(fields: string[], line: number, problem: LeftOutReason): void {
    const callee = fields[this.#callee]!;
    const barred = this.#toldOf(fields, callee, line) === 'do-not-call' ? 'do-not-call' : undefined;
    this.#onEntry({ line, callee, problem: barred ?? problem });
  }

  /** Notices a row without cells. */
  blank(): void {
    this.#isAfterBlank = true;
  }

  end(): void {
    if (this.#held !== undefined) this.#put(this.#held);
    this.#held = undefined;
    if (this.#rowWidth !== undefined) this.#read(this.#rowWidth.end());
    this.#attributes?.end();
  }

  #begin(header: readonly string[]): void {
    const { Callee, UUI, Variables = {} } = this.#columns;
    const find = (column: string) => {
      const at = findColumn(header, column);
      if (at === -1) throw noColumn(column, header);
      return at;
    };
    this.#names = header.map(folded);
    this.#folded = new Set(this.#names);
    this.#named = this.#width = header.length;
    this.#rowWidth = new RowWidth(header.length);
    this.#callee = find(Callee);
    // A template that was made from a list without a header would leave out the person in its first line.
    if (isNumberLike(Callee)) throw new BulkError('InvalidInput', NAMES_MISSING);
    this.#label = this.#callee === 0 ? 1 : 0;
    this.#uui = UUI === undefined ? undefined : find(UUI);
    this.#variables = Object.values(Variables).map(find);
    // A program that writes blanks around a name, such as after each comma, writes them around the values as well.
    this.#isTrimmed = this.#variables.map((at) => header[at] !== header[at]!.trim());
    this.#attributes = new AttributesWriter(Variables, this.#reading.values);
    this.#telling = header.flatMap((name, at) => {
      const telling = at === this.#callee ? undefined : tellingOf(name);
      return telling === undefined ? [] : [{ at, name, telling }];
    });
  }

  /**
   * In a file with CRLF, a bare LF is text if it makes the line whole: some programs write it so, without quotes. Else it ends a
   * line, as in files that were joined.
   */
  #join(fields: string[], line: number, isBare: boolean): void {
    const held = this.#held;
    this.#held = undefined;
    const isBlank = fields.length === 1 && fields[0]!.trim() === '';
    if (
      held !== undefined &&
      fields.length !== this.#width &&
      !isBlank &&
      held.fields.length + fields.length - 1 <= this.#width
    ) {
      const joined = [...held.fields];
      joined.push(`${joined.pop()!}\n${fields[0]!}`, ...fields.slice(1));
      if (isBare) this.#held = { fields: joined, line: held.line };
      else this.#put({ fields: joined, line: held.line });
      return;
    }
    if (held !== undefined) this.#put(held);
    if (isBare) this.#held = { fields, line };
    else this.#put({ fields, line });
  }

  #put(row: Row): void {
    if (this.#rowWidth === undefined) this.#onEntry(this.#entryOf(row.fields, row.line));
    else this.#read(this.#rowWidth.put(row));
  }

  /** Reads rows that were held back. */
  #read(rows: readonly Row[]): void {
    const known = this.#rowWidth?.known;
    if (known !== undefined) {
      this.#width = known;
      this.#rowWidth = undefined;
    }
    for (const { fields, line } of rows) this.#onEntry(this.#entryOf(fields, line));
  }

  #entryOf(record: readonly string[], line: number): Entry {
    const callee = record[this.#callee] ?? '';
    if (record.length !== this.#width) return this.#uneven(record, callee, line);
    if (this.#width === this.#named) return this.#evenEntryOf(record, callee, line);
    if (!isBlank(record.slice(this.#named))) return this.#uneven(record, callee, line);
    this.#reading.warnings.add('empty-cell-at-end', { line });
    return this.#evenEntryOf(record.slice(0, this.#named), callee, line);
  }

  #evenEntryOf(record: readonly string[], callee: string, line: number): Entry {
    if (!isDigits(callee)) {
      if (this.#isHeader(record)) return this.#headerAgain(callee, line);
      this.#checkNames(record, callee, line);
      this.#noteTitle(record, line);
    }
    if (this.#doubtful !== undefined && isData(callee)) throw otherNames(this.#doubtful);
    if (this.#barredFrom !== undefined && isData(callee)) throw barredBelow(this.#barredFrom);
    this.#isAfterBlank = false;
    const label = this.#totalIn(record);
    if (label !== undefined && isTotal(label)) return this.#total(label, callee, line);
    const problem = this.#toldOf(record, callee, line);
    if (problem !== undefined) return { line, callee, problem };
    const uui = this.#uui === undefined ? undefined : record[this.#uui]!;
    const values: string[] = [];
    for (let index = 0; index < this.#variables.length; index++) {
      const value = record[this.#variables[index]!]!;
      values.push(this.#isTrimmed[index] ? value.trim() : value);
    }
    const entry = this.#attributes!.entryOf(line, callee, uui, values);
    return label !== undefined && isMaybeTotal(label) ? { ...entry, maybeTotal: label } : entry;
  }

  #uneven(record: readonly string[], callee: string, line: number): Entry {
    this.#isAfterBlank = isBlank(record);
    if (this.#isAfterBlank) return { line, callee: '', problem: 'no-number' };
    this.#noteTitle(record, line);
    const first = record.find((field) => field.trim() !== '')!;
    // Below rows that are wider than the names.
    if (this.#isHeader(record)) return this.#headerAgain(callee, line);
    if (!isDigits(first) && this.#hasNames(record)) throw namesAgain(line);
    if (isTotal(first)) return this.#total(first, callee, line);
    if (isDrawn(record)) throw drawn(line);
    const kind = record.length < this.#width ? 'fewer-columns' : 'more-columns';
    this.#reading.warnings.add(kind, { line, sample: `${record.length} columns, not ${this.#width}` });
    return { line, callee, problem: 'malformed' };
  }

  /** Notices a line that has nothing but a title, which says that those below it must not be called. */
  #noteTitle(record: readonly string[], line: number): void {
    const [title, ...more] = record.filter((field) => field.trim() !== '');
    if (title !== undefined && more.length === 0 && saysBarred(title)) this.#barredFrom = line;
  }

  /** Why the number of a line must not be called, if another column says so. */
  #toldOf(record: readonly string[], callee: string, line: number): LeftOutReason | undefined {
    if (callee === '') return undefined;
    let told: Told[] | undefined;
    for (const { at, name, telling } of this.#telling) {
      const value = record[at]!;
      if (!isSilent(telling, value)) (told ??= []).push({ name, telling, value });
    }
    return told === undefined ? undefined : this.#watch.problemOf(told, callee, line);
  }

  /** Whether a line is the first one again, as in files that were joined. */
  #isHeader(record: readonly string[]): boolean {
    return record.length === this.#named && record.every((field, at) => folded(field) === this.#names[at]);
  }

  #headerAgain(callee: string, line: number): Entry {
    this.#reading.warnings.add('header-again', { line });
    return { line, callee, problem: 'not-a-number' };
  }

  /** Other names would change what the lines below them mean. */
  #checkNames(record: readonly string[], callee: string, line: number): void {
    if (callee === '') {
      if (this.#hasNames(record)) throw namesAgain(line);
      return;
    }
    if (isDrawn(record)) throw drawn(line);
    const fields = record.map(folded);
    const name = fields[this.#callee]!;
    if (name === this.#names[this.#callee] || this.#hasNames(record)) throw namesAgain(line);
    const filled = fields.filter((field) => field !== '');
    if (!areWords(filled)) return;
    const known = filled.filter((field) => this.#folded.has(field)).length;
    if (this.#folded.has(name) || 2 * known > filled.length - 1) throw namesAgain(line);
    if (this.#isAfterBlank && filled.length === fields.length) this.#doubtful = line;
  }

  /** Whether a line names the column of the number, and nothing but columns, or all of those that are wanted. */
  #hasNames(record: readonly string[]): boolean {
    const fields = record.map(folded);
    if (!fields.includes(folded(this.#columns.Callee))) return false;
    if (fields.every((field) => field === '' || this.#folded.has(field))) return true;
    return columnNames(this.#columns).every((name) => fields.includes(folded(name)));
  }

  #total(label: string, callee: string, line: number): Entry {
    this.#reading.warnings.add('total-row', { line, sample: label });
    return { line, callee, problem: 'total-row' };
  }

  /** The first text that is not the number, if it is worth a second look. */
  #totalIn(record: readonly string[]): string | undefined {
    let at = this.#label;
    // The number of a row says nothing.
    while (at < record.length && (record[at] === '' || at === this.#callee || isDigits(record[at]!))) at++;
    const label = record[at];
    return label !== undefined && mayBeTotal(label) ? label : undefined;
  }
}

/** Whether a text begins like a number. */
function isDigits(text: string): boolean {
  const code = text.charCodeAt(0);
  return (code >= 0x30 && code <= 0x39) || code === 0x2b;
}

/** Whether the fields of a line are different words, as names of columns are. */
function areWords(fields: readonly string[]): boolean {
  const isWord = (field: string) =>
    /^[^@]*\p{L}[^@]*$/u.test(field) && !isData(field) && !isWordForNothing(field);
  return fields.length > 1 && fields.every(isWord) && new Set(fields).size === fields.length;
}

function otherNames(line: number): BulkError {
  return new BulkError(
    'InvalidInput',
    `Line ${line} of the list seems to name other columns: it follows a blank line, and has a word instead of each value and of the number. Split the list there, or remove the line.`,
  );
}

function barredBelow(line: number): BulkError {
  return new BulkError(
    'InvalidInput',
    `Line ${line} of the list seems to say that the people below it must not be called. Move them to a do-not-call list (--do-not-call), or remove the line.`,
  );
}

function namesAgain(line: number): BulkError {
  return new BulkError(
    'InvalidInput',
    `Line ${line} of the list names the columns again, and others or in another order. Split the list there.`,
  );
}
