import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { BulkError, isBulkError, systemCode } from '../errors.js';
import { decode } from '../input/text.js';
import type { NumberReader } from '../numbers.js';
import type { Duplicates } from './duplicates.js';

/** Numbers that must not be called: the path of a text file with one number on each line, or the numbers. */
export type DoNotCall = string | Iterable<string> | AsyncIterable<string>;

/**
 * Notes the numbers of a do-not-call list. An entry that is no number is refused: nobody could say who must not be called.
 * Empty lines, and lines that begin with #, are comments.
 *
 * @returns what tells the list from another
 * @throws BulkError that names the line
 */
export async function readDoNotCall(
  list: DoNotCall | undefined,
  numbers: NumberReader,
  duplicates: Pick<Duplicates, 'add'>,
): Promise<string | undefined> {
  if (list === undefined) return undefined;
  const hash = createHash('sha256');
  let line = 0;
  for await (const text of typeof list === 'string' ? linesOf(list) : list) {
    line++;
    hash.update(`${text}\n`);
    if (text.trim() === '' || text.startsWith('#')) continue;
    const known = numbers.read(text.trim());
    if (known === undefined)
      throw new BulkError(
        'InvalidInput',
        `Line ${line} of the do-not-call list is not a number that can be called.`,
      );
    duplicates.add(known.key, -line);
  }
  return hash.digest('hex');
}

/** What tells a do-not-call list from another. */
export async function digestDoNotCall(list: DoNotCall | undefined): Promise<string | undefined> {
  if (list === undefined) return undefined;
  const hash = createHash('sha256');
  for await (const text of typeof list === 'string' ? linesOf(list) : list) hash.update(`${text}\n`);
  return hash.digest('hex');
}

/** Longest line, in characters. What is longer is no number, and need not be read to its end. */
const MAX_LINE = 65_536;

async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const piece of decode(createReadStream(path), 'utf-8', createHash('sha256'))) {
      const lines = (rest + piece).split(/\r?\n/);
      rest = lines.pop()!;
      yield* lines;
      if (rest.length > MAX_LINE) break;
    }
  } catch (error) {
    const why = isBulkError(error) ? 'it is not utf-8' : systemCode(error);
    throw new BulkError('InvalidInput', `The do-not-call list cannot be read: ${why}.`, error);
  }
  if (rest !== '') yield rest;
}
