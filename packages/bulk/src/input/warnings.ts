import type { Refusal } from '../numbers/index.js';
import { REFUSALS, maskDigits } from '../numbers/index.js';

/** Why the text in place of a number is left out. */
type RefusedNumbers = Readonly<Record<`number-${Exclude<Refusal, 'empty'>}`, string>>;

const REFUSED_NUMBERS = Object.fromEntries(
  Object.entries(REFUSALS).map(([refusal, message]) => [`number-${refusal}`, `not a number: ${message}`]),
) as RefusedNumbers;

/**
 * What a list can have in it that a person should see before anybody is called: what each kind means, and what to do about it.
 * A kind is added here first.
 */
export const WARNINGS = {
  // The list as a whole
  'header-again': 'the names of the columns come again; those lines are left out',
  'total-row': 'a line that adds up the others; it is left out',
  'maybe-total-row': 'a line that seems to add up the others, with a number that can be called',
  'do-not-call-column': 'a column says not to call; the line is left out, and any other with its number',
  'maybe-do-not-call':
    'a column may say not to call, but the line is read like the others: remove it, or give a do-not-call list',
  'other-country':
    'a column has the country code of another country, and the number has none; it is left out: write it with + and the country code',
  'maybe-other-country':
    'a column names another country, and the number has no country code; it is read as one of numbers.country: write it with + and the country code',
  // What a workbook does not show, or does not have
  'rows-above-header': 'a row above the one that names the columns is not read',
  'hidden-row': 'the sheet hides a row, by a filter or by hand; it is read like the others',
  'struck-out':
    'the sheet strikes out a value, as people do with what no longer applies; it is read like the others',
  'merged-cells':
    'the sheet shows a value for several rows, but only the first of them has it: unmerge them, and fill the others',
  'hidden-column': 'the sheet hides a column that is read',
  'error-cell': 'a cell has an error, such as #N/A, instead of a value; it is read as an empty one',
  'formula-without-result':
    'a formula has no result in the file, because a program wrote it: open the file in the spreadsheet, and save it',
  'long-number':
    'a number of more than 15 digits: a spreadsheet keeps no more, and has made the others 0; format the column as text, and fill it again',
  'empty-cell-at-end':
    'every line ends with an empty cell that has no name: a delimiter at the end of each line, or one without quotes within a value',
  // Lines that are left out as malformed
  'fewer-columns':
    'fewer columns than the first line has: a line that was cut, or that ends at its last filled cell',
  'more-columns':
    'more columns than the first line has: a delimiter without quotes, or row names without a name',
  'not-json': 'no JSON object: each line must be one, such as {"phone":"+8613012345678"}',
  'not-a-text': 'a number to call that is neither a text nor a number',
  'wrong-item':
    'an item whose Callee or UUI is not a string, or whose Variables are not a list of { Key, Value } with strings, each key once',
  'half-character': 'half a character: the text was cut in the middle of it',
  // Lines that are left out as not-a-number
  ...REFUSED_NUMBERS,
  // Numbers
  'numbers-rewritten':
    'many texts are numbers only after something was added or removed; make sure that this is the column of the phone numbers, and that they are whole',
  // What would be said or sent, but hardly meant
  'word-for-nothing':
    'a word or an error instead of a value, such as NULL or #N/A, is sent as it is; write nothing there instead',
  'lost-characters': 'question marks instead of characters: the file was written in an encoding without them',
  masked: 'asterisks in place of characters, as programs hide names and ids',
  'lone-quote':
    'a quote ends a value that no quote begins: the sign of an inch, or the rest of a note that a program has cut, and then the number in that line may be one that the note mentions',
  'single-quotes': 'single quotes around a value are sent with it: CSV has double ones',
  'control-character': 'an invisible character is sent as it is',
  'wrong-encoding': 'characters from text that was read in the wrong encoding',
  'scientific-notation': 'scientific notation, such as 6.22202E+15: digits may be lost',
  'long-fraction': 'an amount with the digits of a binary fraction, such as 0.30000000000000004: round it',
  'decimal-id': 'an id that ends with .0, as a data frame writes a column with gaps',
  'date-id': 'an id that is a date, which a spreadsheet makes from one such as 3-1',
  'date-as-number': 'a date as a number: milliseconds, or days as a spreadsheet counts them',
  'program-date':
    'a date as programs write it, such as 2027-02-28T16:00:00.000Z, which is the next day in China: write it as people should hear it',
  'twelve-hour-times': 'no time is later than 12:59: morning and afternoon may be lost',
  backslash: 'a backslash is sent as it is: the file may be written with escapes, as databases do',
  'spreadsheet-escape': 'an escape of a spreadsheet, such as _x000D_, is sent as it is',
  markup: 'markup or a placeholder, such as &amp;, <br>, %E7%8E%8B or {{name}}, is sent as it is',
  nested: 'an object or a list instead of a text is sent as JSON',
} as const satisfies Readonly<Record<string, string>>;

/** What a warning is about. */
export type WarningKind = keyof typeof WARNINGS;

/** One line that a warning is about. */
export interface WarningSample {
  /** Number of the line, or of the item, counted from 1. */
  readonly line: number;
  /** The column, if it is about one. */
  readonly column?: string;
  /** The text in question, as it was given; shortened. It may have a phone number in it. */
  readonly sample?: string;
}

/** What the plan has to say about a list: one kind of trouble, how many times, and the first lines that have it. */
export interface Warning {
  readonly kind: WarningKind;
  /** What it means, in words. */
  readonly message: string;
  /** How many times it was found. */
  readonly count: number;
  /** In which columns, if it is about columns: the first twenty. */
  readonly columns?: readonly string[];
  /** The first three. */
  readonly samples: readonly WarningSample[];
}

/** How many samples are kept of each kind, and how long each may be. */
const SAMPLES = 3;
const SHOWN = 64;

/** How many columns are named. */
const COLUMNS = 20;

/** Digits from which on a text may have a phone number in it. */
const PHONE_DIGITS = 7;

/** The samples as a log or a ledger may have them: without phone numbers. */
export function withoutNumbers(warnings: readonly Warning[]): Warning[] {
  return warnings.map(({ samples, ...warning }) => ({
    ...warning,
    samples: samples.map(({ sample, ...where }) =>
      sample === undefined ? where : { ...where, sample: maskSample(warning.kind, sample) },
    ),
  }));
}

function maskSample(kind: WarningKind, sample: string): string {
  // A date is within bounds in which there is no phone number.
  if (kind === 'date-as-number' || kind === 'program-date') return sample;
  const digits = sample.match(/\p{Nd}/gu)?.length ?? 0;
  return kind.startsWith('number') || digits >= PHONE_DIGITS ? maskDigits(sample) : sample;
}

/** What was found of one kind. */
interface Found {
  count: number;
  readonly columns: string[];
  readonly samples: WarningSample[];
}

/** Collects warnings while a list is planned. Memory does not grow with the list: a count and three samples for each kind. */
export class Warnings {
  readonly #found = new Map<WarningKind, Found>();

  add(kind: WarningKind, { line, column, sample }: WarningSample): void {
    const found = this.#foundOf(kind);
    found.count++;
    if (column !== undefined && found.columns.length < COLUMNS && !found.columns.includes(column))
      found.columns.push(column);
    if (found.samples.length === SAMPLES) return;
    found.samples.push({
      line,
      ...(column !== undefined && { column }),
      ...(sample !== undefined && { sample: sample.slice(0, SHOWN) }),
    });
  }

  /** Adds what was counted elsewhere. */
  addCounted(kind: WarningKind, count: number, samples: readonly WarningSample[]): void {
    for (const sample of samples) this.add(kind, sample);
    this.#foundOf(kind).count = count;
  }

  /** What was found, in the order of the table above. */
  list(): Warning[] {
    const kinds = (Object.keys(WARNINGS) as WarningKind[]).filter((kind) => this.#found.has(kind));
    return kinds.map((kind) => {
      const { count, columns, samples } = this.#found.get(kind)!;
      return { kind, message: WARNINGS[kind], count, ...(columns.length > 0 && { columns }), samples };
    });
  }

  #foundOf(kind: WarningKind): Found {
    let found = this.#found.get(kind);
    if (found === undefined) this.#found.set(kind, (found = { count: 0, columns: [], samples: [] }));
    return found;
  }
}
