import { Readable } from 'node:stream';
import type { ParseResult } from 'papaparse';
import Papa from 'papaparse';
import { BulkError } from '../errors.js';
import type { Columns } from '../template.js';
import type { Entry } from './entry.js';
import { AttributesWriter } from './entry.js';

/** Longest line, in characters: one lost quote must not take the rest of the file for its field. */
const MAX_LINE = 65_536;

/** Options of a CSV file. */
export interface CsvOptions {
  /** @default ',' */
  delimiter?: string;
}

/**
 * The lines of CSV text, whose first line names the columns. A line with another number of columns is reported. A quote that
 * is never closed ends the reading: nobody can tell where the lines after it begin.
 *
 * @throws BulkError that names the line
 */
export async function* readCsv(
  text: AsyncIterable<string>,
  columns: Columns,
  { delimiter = ',' }: CsvOptions = {},
): AsyncGenerator<Entry[]> {
  const lines = new LineCounter();
  let layout: Layout | undefined;
  try {
    for await (const { data, errors } of recordsOf(text, delimiter)) {
      const entries: Entry[] = [];
      for (const record of errors.length === 0 ? data : data.slice(0, errors[0]!.row)) {
        const line = lines.next(record);
        if (layout === undefined) layout = new Layout(record, columns);
        else entries.push(layout.entryOf(record, line));
      }
      if (errors.length > 0) throw unreadable(lines, 'a quote at a wrong place, or one that is never closed');
      yield entries;
    }
  } catch (error) {
    if (!(error instanceof LineTooLong)) throw error;
    throw unreadable(lines, `a quote that is never closed, or a line of more than ${MAX_LINE} characters`);
  }
  if (layout === undefined)
    throw new BulkError('InvalidInput', 'The list is empty: its first line must name the columns.');
}

function unreadable({ line }: LineCounter, why: string): BulkError {
  return new BulkError('InvalidInput', `The list cannot be read from line ${line} on: ${why}.`);
}

/** What the parser makes of each piece of text. */
async function* recordsOf(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<ParseResult> {
  const parsed: ParseResult[] = [];
  let end: { error?: unknown } | undefined;
  let wake = () => {};
  const source = Readable.from(evenOf(text));
  /** Characters that the parser was given. */
  let given = 0;
  source.on('data', (piece: string) => (given += piece.length));
  Papa.parse(source, {
    delimiter,
    newline: '\n',
    chunk: (results) => {
      // One piece at a time, whatever the pace of whoever takes them.
      source.pause();
      parsed.push(results);
      wake();
    },
    complete: () => {
      end ??= {};
      wake();
    },
    error: (error: unknown) => {
      end = { error };
      wake();
    },
  });
  try {
    for (;;) {
      const results = parsed.shift();
      if (results !== undefined) {
        if (given - results.meta.cursor > MAX_LINE) throw new LineTooLong();
        yield results;
        source.resume();
      } else if (end === undefined) {
        await new Promise<void>((resolve) => (wake = resolve));
      } else if (end.error !== undefined) {
        throw end.error;
      } else {
        return;
      }
    }
  } finally {
    source.destroy();
  }
}

/** The text with line breaks of one kind, so that a file may mix them. */
async function* evenOf(text: AsyncIterable<string>): AsyncGenerator<string> {
  let held = '';
  for await (const piece of text) {
    const whole = held + piece;
    held = whole.endsWith('\r') ? '\r' : '';
    const even = whole.slice(0, whole.length - held.length).replaceAll('\r\n', '\n');
    if (even !== '') yield even;
  }
  if (held !== '') yield held;
}

/** Too much is left of a line that has not ended. */
class LineTooLong extends Error {}

/** Numbers of lines. A field in quotes may have line breaks in it, so there may be fewer records than lines. */
class LineCounter {
  /** Line at which the next record begins. */
  line = 1;

  next(record: readonly string[]): number {
    const { line } = this;
    this.line++;
    for (const field of record) {
      for (let at = field.indexOf('\n'); at !== -1; at = field.indexOf('\n', at + 1)) this.line++;
    }
    return line;
  }
}

/** Where each column stands. */
class Layout {
  readonly #width: number;
  readonly #callee: number;
  readonly #uui: number | undefined;
  readonly #variables: readonly number[];
  readonly #attributes: AttributesWriter;

  constructor(header: readonly string[], { Callee, UUI, Variables = {} }: Columns) {
    const names = header.map((name) => name.trim());
    const find = (column: string) => {
      const at = names.indexOf(column);
      if (at !== -1 && at !== names.lastIndexOf(column))
        throw new BulkError('InvalidInput', `The list has more than one column "${column}".`);
      if (at !== -1) return at;
      throw new BulkError(
        'InvalidInput',
        `The list has no column "${column}"; its first line has ${header.length} columns.`,
      );
    };
    this.#width = header.length;
    this.#callee = find(Callee);
    this.#uui = UUI === undefined ? undefined : find(UUI);
    this.#variables = Object.values(Variables).map(find);
    this.#attributes = new AttributesWriter(Object.keys(Variables));
  }

  entryOf(record: readonly string[], line: number): Entry {
    const callee = record[this.#callee] ?? '';
    if (record.length !== this.#width) {
      const isBlank = record.length === 1 && record[0]!.trim() === '';
      return { line, callee, problem: isBlank ? 'no-number' : 'malformed' };
    }
    const uui = this.#uui === undefined ? undefined : record[this.#uui];
    const values = this.#variables.map((at) => record[at]!);
    return { line, callee, attributes: this.#attributes.write(uui, values) };
  }
}
