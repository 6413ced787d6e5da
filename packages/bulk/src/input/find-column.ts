import { BulkError } from '../errors.js';
import { digitsIn } from '../numbers/index.js';

/** How many names a message has, and how long each may be. */
const SHOWN = 30;
const LONGEST = 40;

/** A name as it is compared: without blanks around it, without case, and with one blank for a line break in it. */
export function folded(name: string): string {
  return name.trim().toLowerCase().replaceAll(/\s+/g, ' ');
}

/**
 * Where a column is: as it is named, else without blanks around the name, else without case.
 *
 * @returns -1 if it is not there
 * @throws BulkError if more than one could be meant
 */
export function findColumn(names: readonly string[], column: string): number {
  const forms = [(name: string) => name, (name: string) => name.trim(), folded];
  for (const form of forms) {
    const wanted = form(column);
    const found = names.flatMap((name, at) => (form(name) === wanted ? [at] : []));
    if (found.length > 1)
      throw new BulkError(
        'InvalidInput',
        `The list has more than one column "${column}". Rename one of them.`,
      );
    if (found.length === 1) return found[0]!;
  }
  return -1;
}

/** Says that a column is not there, what is there, and which one may be meant. */
export function noColumn(column: string, names: readonly string[], hint = ''): BulkError {
  if (isDrawn(names)) throw drawn(1);
  const suggestion = suggest(column, names);
  const isQuoted = suggestion !== undefined && /^'.*'$/s.test(suggestion);
  return new BulkError(
    'InvalidInput',
    [
      `The list has no column "${column}". It has: ${shownNames(names)}.`,
      suggestion === undefined ? '' : `Did you mean ${shownName(suggestion)}?`,
      isQuoted ? 'CSV has double quotes, not single ones: write the list with those.' : hint,
    ]
      .filter((part) => part !== '')
      .join(' '),
  );
}

/** Whether a line is a rule of a table that was drawn for reading. */
export function isDrawn(record: readonly string[]): boolean {
  return /^[\s|+:=\-\u2500-\u257f]*(?:[-=]{3}|[\u2500-\u257f]{3})[\s|+:=\-\u2500-\u257f]*$/.test(
    record.join('|'),
  );
}

export function drawn(line: number): BulkError {
  return new BulkError(
    'InvalidInput',
    `Line ${line} of the list is a rule: this is a table that was drawn for reading. Write it as CSV, such as with psql --csv.`,
  );
}

/** Names for a message. What looks like data is not shown: it may be a phone number. */
function shownNames(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).map(shownName).join(', ');
  return names.length > SHOWN ? `${shown} and ${names.length - SHOWN} more` : shown;
}

function shownName(name: string): string {
  if (isData(name)) return '(a number)';
  const plain = name.replaceAll(/\p{C}|[\u2028\u2029]/gu, '\ufffd');
  return `"${plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain}"`;
}

/** Digits with what is written between and around them: as many as a number has at least, and a postcode has not. */
const NUMBER = /^[\s"'=]*[+＋(]*(?:\p{Nd}[\s().-]*){7,}["']?\s*$/u;

/** Whether a text may be a number to call, and nothing else. */
export function isNumberLike(text: string): boolean {
  return NUMBER.test(text);
}

export const NAMES_MISSING =
  'The first line must name the columns; this one seems to be data. Write the list with a header.';

/** Whether a text in the place of a name is more likely a value. */
export function isData(name: string): boolean {
  return digitsIn(name) >= 5;
}

/** A name without its quotes and separators, in lower case. */
function core(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** The name that is nearest to one that is not there. */
function suggest(column: string, names: readonly string[]): string | undefined {
  const wanted = core(column);
  const near = names
    .slice(0, 1_000)
    .filter((name) => !isData(name))
    .map((name) => ({ name, distance: distanceOf(wanted, core(name).slice(0, LONGEST)) }))
    .filter(({ distance }) => distance <= Math.floor((wanted.length - 1) / 3));
  return near.sort((a, b) => a.distance - b.distance)[0]?.name;
}

/** How many letters have to change to make one text the other. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row.at(-1)!;
}
