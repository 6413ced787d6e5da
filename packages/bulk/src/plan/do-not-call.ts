import { createHash } from 'node:crypto';
import { BulkError } from '../errors.js';
import { guarded } from '../input/callees.js';
import { isArchive, openSource } from '../input/source.js';
import type { TextSource } from '../input/text.js';
import { kindOf, named, textOf } from '../input/text.js';
import type { NumberLine } from '../input/xlsx/do-not-call.js';
import type { NumberReader } from '../numbers/index.js';
import { REFUSALS, isRefusal } from '../numbers/index.js';
import type { Duplicates } from './duplicates.js';

/**
 * Numbers that must not be called: the path of a text file with one number on each line, or of a workbook (`.xlsx`) with
 * one column, a stream of its bytes, or the numbers.
 */
export type DoNotCall = string | Iterable<string> | AsyncIterable<string> | AsyncIterable<Uint8Array>;

/** A do-not-call list that was read. */
export interface DoNotCallList {
  /** What tells the list from another. */
  readonly digest: string;
  /** How many numbers it has; some may be there more than once. */
  readonly entries: number;
}

/**
 * Notes the numbers of a do-not-call list. Nothing in it is passed over: blank lines, and lines that begin with # and a
 * space, are comments; every other line is a number. One that is not is refused: nobody could say who must not be called.
 * An entry without a country code counts as every number that it can be, even one of another country whose + got lost: it
 * is better to call one person too few.
 *
 * @returns undefined if there is no list
 * @throws BulkError that names the line, and why it is not a number
 */
export async function readDoNotCall(
  list: DoNotCall | undefined,
  numbers: NumberReader,
  duplicates: Pick<Duplicates, 'add'>,
  signal?: AbortSignal,
): Promise<DoNotCallList | undefined> {
  if (list === undefined) return undefined;
  const hash = createHash('sha256');
  let line = 0;
  let entries = 0;
  for await (const item of linesOf(list, signal)) {
    const text = typeof item === 'string' ? item : item.text;
    line = typeof item === 'string' ? line + 1 : item.line;
    hash.update(`${text}\n`);
    const entry = text.trim();
    if (isComment(entry)) continue;
    const all = numbers.isOfAnyCountry(entry) ? [] : numbers.readAll(entry);
    if (all.length === 0) throw notANumber(entry, line, numbers);
    entries++;
    for (const { key } of all) duplicates.add(key, -line);
  }
  if (line > 0 && entries === 0)
    throw new BulkError(
      'InvalidInput',
      'The do-not-call list has lines, but no number. Give a list with a number on each line, or none.',
    );
  return { digest: hash.digest('hex'), entries };
}

/** What tells a do-not-call list from another. */
export async function digestDoNotCall(
  list: DoNotCall | undefined,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (list === undefined) return undefined;
  const hash = createHash('sha256');
  for await (const item of linesOf(list, signal))
    hash.update(`${typeof item === 'string' ? item : item.text}\n`);
  return hash.digest('hex');
}

/** A spreadsheet writes #N/A, #REF! or ###### in place of what may be a number: only # and a blank make a comment. */
function isComment(entry: string): boolean {
  return entry === '' || entry === '#' || /^#\s/.test(entry);
}

/** Says why a line is no number, as far as that can be told without showing it. */
function notANumber(entry: string, line: number, numbers: NumberReader): BulkError {
  const why = () => {
    if (entry.startsWith('"') || entry.startsWith("'"))
      return 'It is in quotes: write the numbers without them.';
    if (entry.startsWith('#'))
      return 'It begins with #, but a comment is # and a space; #N/A and #### are what a spreadsheet shows instead of a value.';
    if (/[,;\t|]/.test(entry)) return 'It has several columns: write the column of the numbers alone.';
    if (!/\d/.test(entry) && line === 1)
      return 'It seems to name a column: write the numbers alone, or # and a space before it.';
    if (/^[{[]/.test(entry)) return 'It seems to be JSON: write each number on its own line.';
    const judged = numbers.judge(entry);
    return isRefusal(judged)
      ? `Why: ${REFUSALS[judged]}.`
      : 'Write one number on each line, and nothing else.';
  };
  return new BulkError(
    'InvalidInput',
    `Line ${line} of the do-not-call list is not a number that can be called. ${why()}`,
  );
}

const WHAT = 'The do-not-call list';

/** The lines of a file, with their numbers if those are not one after the other, or the items of a program. */
async function* linesOf(list: DoNotCall, signal?: AbortSignal): AsyncGenerator<string | NumberLine> {
  if (typeof list === 'string') return yield* fileLines(list, signal);
  if (typeof list !== 'object' || list === null || list instanceof Map || ArrayBuffer.isView(list))
    throw notAList(list);
  if (!(Symbol.asyncIterator in list) && !(Symbol.iterator in list)) throw notAList(list);
  const items = guarded(list as AsyncIterable<unknown>, WHAT);
  const isText = (list as { readableObjectMode?: unknown }).readableObjectMode === false;
  const first = await items.next();
  if (first.done === true) return;
  if (isText || first.value instanceof Uint8Array)
    return yield* fileLines(resumed(first.value, items) as AsyncGenerator<Uint8Array>);
  for await (const item of resumed(first.value, items)) {
    if (typeof item !== 'string') throw notAList(item);
    if (LINE_END.test(item.trim())) yield* item.trim().split(LINE_END);
    else yield item;
  }
}

/** The lines of a text, or the rows of a workbook. */
async function* fileLines(from: TextSource, signal?: AbortSignal): AsyncGenerator<string | NumberLine> {
  const what = named(WHAT, from);
  const source = await openSource(from, what, signal);
  if (!isArchive(source))
    return yield* textLines(textOf(source.bytes, { what, encoding: undefined, canName: false }));
  const { readWorkbookNumbers } = await import('../input/xlsx/do-not-call.js');
  yield* readWorkbookNumbers(source.bytes, what);
}

async function* resumed(first: unknown, rest: AsyncGenerator<unknown>): AsyncGenerator<unknown> {
  yield first;
  yield* rest;
}

function notAList(value: unknown): BulkError {
  return new BulkError(
    'InvalidInput',
    `The do-not-call list must be the path of a file, a stream of its bytes, or numbers as texts. There is ${kindOf(value)}.`,
  );
}

/** Whatever any program ends a line with: also the CR of old Macintoshes, NEL, LS and PS; and where files were joined. */
const LINE_END = /\r\n|[\n\v\f\r\x85\u2028\u2029\ufeff]/;

/** Longest number, in characters; a longer line is read to its end only to know whether it is a comment. */
const LONGEST = 1_024;

/** The lines of a text. Of a comment and of a blank line, the beginning is enough, however long it is. */
async function* textLines(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of text) {
    const whole = rest + piece;
    // A CR at the end may be the first half of a CRLF.
    const ends = whole.endsWith('\r') ? whole.length - 1 : whole.length;
    const lines = whole.slice(0, ends).split(LINE_END);
    rest = lines.pop()! + whole.slice(ends);
    yield* lines;
    if (rest.length > LONGEST) rest = shortened(rest);
  }
  if (rest !== '') yield* rest.split(LINE_END).filter((line, at) => at === 0 || line !== '');
}

/** A long line whose end has not come yet: a comment or blank stays one, anything else stays what cannot be read. */
function shortened(line: string): string {
  const start = line.trimStart();
  if (start === '') return ' ';
  const end = line.endsWith('\r') ? '\r' : '';
  return `${start.slice(0, LONGEST)}${end}`;
}
