import { BulkError } from '../errors.js';
import type { Columns } from '../template.js';
import type { Entry } from './entry.js';
import { AttributesWriter } from './entry.js';

/** Longest line, in characters. */
const MAX_LINE = 65_536;

/** The lines of NDJSON text: one JSON object on each. A line that is none is reported. */
export async function* readNdjson(text: AsyncIterable<string>, columns: Columns): AsyncGenerator<Entry[]> {
  const writer = new AttributesWriter(Object.keys(columns.Variables ?? {}));
  let line = 0;
  let rest = '';
  for await (const piece of text) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop()!;
    if (rest.length > MAX_LINE)
      throw new BulkError('InvalidInput', `Line ${line + lines.length + 1} of the list is too long.`);
    yield lines.map((source) => readLine(source, ++line, columns, writer));
  }
  if (rest !== '') yield [readLine(rest, ++line, columns, writer)];
}

function readLine(source: string, line: number, columns: Columns, writer: AttributesWriter): Entry {
  if (source.trim() === '') return { line, callee: '', problem: 'no-number' };
  try {
    return entryOf(JSON.parse(source), line, columns, writer);
  } catch {
    return { line, callee: '', problem: 'malformed' };
  }
}

/** One object, by the names of its fields. */
function entryOf(value: unknown, line: number, columns: Columns, writer: AttributesWriter): Entry {
  if (typeof value !== 'object' || value === null) return { line, callee: '', problem: 'malformed' };
  const { Callee, UUI, Variables = {} } = columns;
  const fields = value as Record<string, unknown>;
  const given = fields[Callee] ?? undefined;
  if (given === undefined) return { line, callee: '', problem: 'no-number' };
  const callee = textOf(given);
  const uui = UUI === undefined ? '' : textOf(fields[UUI] ?? '');
  const values = Object.values(Variables).map((name) => textOf(fields[name] ?? ''));
  if (callee === undefined || uui === undefined || values.includes(undefined))
    return { line, callee: callee ?? '', problem: 'malformed' };
  return { line, callee, attributes: writer.write(uui, values as string[]) };
}

/** A text as it is, a number or a truth value as a text. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
