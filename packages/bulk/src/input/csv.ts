import { BulkError } from '../errors.js';
import type { Columns } from '../request/template.js';
import { columnNames } from '../request/template.js';
import type { CsvReading } from './csv-layout.js';
import { CsvLayout } from './csv-layout.js';
import type { OnRecord } from './csv-parser.js';
import { CsvParser, WrongQuote } from './csv-parser.js';
import type { Entry } from './entry.js';
import { withLineFeeds } from './line-ends.js';
import { NAMES_MISSING, findColumn, isData, noColumn } from './find-column.js';

/** Longest line, in characters: one lost quote must not take the rest of the file for its field. */
const MAX_LINE = 65_536;

/** What is tried if no delimiter is named. */
export const DELIMITERS = [',', ';', '\t', '|'];

/** Lines below the first one that are looked through for the names, if the first one does not have them. */
const LOOKED_AT = 20;

/**
 * The lines of CSV text, whose first line names the columns. A line with another number of columns is reported. A quote that
 * is never closed ends the reading: there is no telling where the lines after it begin.
 *
 * @throws BulkError that names the line
 */
export async function* readCsv(
  text: AsyncIterable<string>,
  columns: Columns,
  reading: CsvReading,
): AsyncGenerator<Entry[]> {
  let entries: Entry[] = [];
  const take = () => {
    const taken = entries;
    entries = [];
    return taken;
  };
  let start: Start | undefined;
  let before = '';
  for await (const piece of withLineFeeds(text)) {
    if (start === undefined) {
      before += piece;
      if (!hasLine(before)) {
        if (before.length > MAX_LINE) throw unreadable(1, TOO_LONG);
        continue;
      }
      start = begin(before, columns, reading, (entry) => entries.push(entry));
    } else {
      start.read(piece);
    }
    yield take();
  }
  start ??= begin(before, columns, reading, (entry) => entries.push(entry));
  start.end();
  yield take();
}

/** Reads the lines below the first one. */
interface Start {
  read(piece: string): void;
  end(): void;
}

const TOO_LONG = `a quote that is never closed, or a line of more than ${MAX_LINE} characters`;

const SWALLOWED =
  'there are other lines of the list within the quotes of a field, so that a quote before them seems to be missing or one too many';

/**
 * Where a program has cut a list within a field, the next part begins with the rest of it. It may look like a line, with a
 * number that a note mentions.
 */
const CUT =
  'a quote ends a field that no quote begins. A program may have cut the list within a field, and what follows may not be a line of it: take the list from before it was cut. If the quote is text, write the field in quotes, and the quote twice ("")';

/** Behind a digit, a quote is more often the sign of an inch. */
const IS_INCH = /\d"\s*$/;

/** Whether the lines of a field could be lines of the list, if a quote had not made them text. */
function swallows(fields: readonly string[], delimiter: string, layout: CsvLayout): boolean {
  return fields.some((field, at) => {
    const [first = [], ...more] = field.split('\n').map((line) => line.split(delimiter));
    more.at(-1)?.push(...fields.slice(at + 1));
    return layout.isLike([...fields.slice(0, at), ...first]) && more.some((record) => layout.isLike(record));
  });
}

/** Whether the line with the names is there as a whole. */
function hasLine(text: string): boolean {
  const { from } = skip(text);
  return recordsOf(text.slice(from), ',', 1).length > 0 && /\n/.test(text.slice(from));
}

/** Where the line with the names begins: blank lines and `sep=;`, as Excel writes it, come before it. */
export function skip(text: string): { from: number; line: number; delimiter?: string } {
  let from = 0;
  let line = 1;
  let delimiter: string | undefined;
  for (;;) {
    const found = /^[^\S\n\t]*\n|^"?sep=([^\n\r"])"?\r*\n/i.exec(text.slice(from, from + 256));
    if (found === null) return { from, line, ...(delimiter !== undefined && { delimiter }) };
    if (found[1] !== undefined) delimiter = found[1];
    from += found[0].length;
    line++;
  }
}

function begin(text: string, columns: Columns, reading: CsvReading, onEntry: (entry: Entry) => void): Start {
  const { from, line, delimiter: stated } = skip(text);
  const body = text.slice(from);
  if (body.trim() === '')
    throw new BulkError('InvalidInput', 'The list is empty: its first line must name the columns.');
  const delimiter = delimiterOf(body, columns, reading.delimiter ?? stated, line);
  const layout = new CsvLayout(columns, reading, onEntry);
  const onRecord: OnRecord = (fields, at, isBare, breaks) => {
    if (breaks > 0 && swallows(fields, delimiter, layout)) throw unreadable(at, SWALLOWED);
    layout.take(fields, at, isBare);
  };
  const parser = new CsvParser(delimiter, line, onRecord, (field, at) => {
    if (!IS_INCH.test(field)) throw unreadable(at, CUT);
    reading.warnings.add('lone-quote', { line: at, sample: field });
  });
  const joined = new Joined(body.slice(0, body.indexOf('\n') + 1).trimEnd());
  const guard = (work: () => void) => {
    try {
      work();
    } catch (error) {
      if (error instanceof WrongQuote) throw unreadable(error.line, quoteAdvice(error));
      throw error;
    }
    if (parser.held > MAX_LINE) throw unreadable(parser.line, TOO_LONG);
  };
  const start: Start = {
    read: (piece) => guard(() => parser.read(joined.split(piece))),
    end: () =>
      guard(() => {
        parser.read(joined.end());
        parser.end();
        layout.end();
      }),
  };
  start.read(body);
  return start;
}

function unreadable(line: number, why: string): BulkError {
  return new BulkError('InvalidInput', `The list cannot be read from line ${line} on: ${why}.`);
}

const MISPLACED = 'a misplaced quote, or one that is never closed';

function quoteAdvice({ kind }: WrongQuote): string {
  switch (kind) {
    case 'escaped':
      return `${MISPLACED}. In CSV a quote in a field is written twice (""), not with a backslash`;
    case 'open':
      return MISPLACED;
    case 'misplaced':
      return `${MISPLACED}. A quote in a field must be written twice ("")`;
  }
}

/** The first records of a text; those that are not whole, and what follows a wrong quote, are left out. */
export function recordsOf(text: string, delimiter: string, most: number): string[][] {
  const records: string[][] = [];
  const parser = new CsvParser(delimiter, 1, (fields) => records.push(fields));
  try {
    for (let from = 0; from < text.length && records.length < most;) {
      const to = text.indexOf('\n', from) + 1 || text.length;
      parser.read(text.slice(from, to));
      from = to;
    }
    if (records.length < most) parser.end();
  } catch {
    // The reading proper says what is wrong.
  }
  return records;
}

/** The delimiter by which the first line has all columns. */
function delimiterOf(text: string, columns: Columns, stated: string | undefined, line: number): string {
  const wanted = columnNames(columns);
  const candidates = DELIMITERS.includes(stated ?? ',') ? DELIMITERS : [stated!, ...DELIMITERS];
  const tries = candidates.map((delimiter) => {
    const names = recordsOf(text, delimiter, 1)[0] ?? [];
    return { delimiter, names, missing: wanted.filter((name) => findColumn(names, name) === -1) };
  });
  const chosen = tries.find(({ delimiter, missing }) =>
    stated === undefined ? missing.length === 0 : delimiter === stated,
  );
  if (chosen?.missing.length === 0) return chosen.delimiter;
  const widest = tries.toSorted(
    (a, b) => a.missing.length - b.missing.length || b.names.length - a.names.length,
  )[0]!;
  const { names, missing, delimiter } = chosen ?? widest;
  if (names.length === 0) throw unreadable(line, MISPLACED);
  throw noColumn(
    missing[0]!,
    names,
    hintOf({ text, wanted, names, line, delimiter, other: chosen && widest }),
  );
}

/** Why the first line may not have a column that is wanted. */
function hintOf({
  text,
  wanted,
  names,
  line,
  delimiter,
  other,
}: {
  text: string;
  wanted: readonly string[];
  names: readonly string[];
  line: number;
  delimiter: string;
  other: { delimiter: string; missing: readonly string[] } | undefined;
}): string {
  if (other !== undefined && other.missing.length === 0)
    return `With the delimiter ${JSON.stringify(other.delimiter)} it has.`;
  for (const [at, record] of recordsOf(text, delimiter, LOOKED_AT).entries()) {
    if (at > 0 && wanted.every((name) => record.some((field) => field.trim() === name)))
      return `The line that names the columns must be the first one: remove what comes before ${JSON.stringify(wanted[0])}, ${at} line${at === 1 ? '' : 's'} below line ${line}.`;
  }
  if (names.length === 1 && wanted.every((name) => names[0]!.split(/\s+/).includes(name)))
    return 'Its columns are separated by spaces. Write the list as CSV.';
  return names.some(isData) ? NAMES_MISSING : '';
}

/**
 * A byte order mark in the middle of the text is where files were joined. Where the names of the columns follow it, a line
 * begins, even if the file before did not end its last line; anywhere else it is dropped.
 */
class Joined {
  readonly #header: string;
  #held = '';

  constructor(header: string) {
    this.#header = header;
  }

  split(piece: string): string {
    const text = this.#held + piece;
    this.#held = '';
    return text.includes('\ufeff') ? this.#split(text, false) : text;
  }

  end(): string {
    return this.#split(this.#held, true);
  }

  #split(text: string, isEnd: boolean): string {
    let result = '';
    let from = 0;
    for (let at = text.indexOf('\ufeff'); at !== -1; at = text.indexOf('\ufeff', from)) {
      result += text.slice(from, at);
      const follows = text.slice(at + 1, at + 1 + this.#header.length);
      if (!isEnd && follows.length < this.#header.length && this.#header.startsWith(follows)) {
        this.#held = text.slice(at);
        return result;
      }
      if (follows === this.#header && result !== '' && !result.endsWith('\n')) result += '\n';
      from = at + 1;
    }
    return result + text.slice(from);
  }
}
