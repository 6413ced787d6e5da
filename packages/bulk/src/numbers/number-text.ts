import type { Refusal } from './refusals.js';

/** What was taken off a text, or changed in it, before its digits could be read. */
export type Cleanup =
  /** Blanks, hyphens, points and brackets between the digits. */
  | 'separators'
  /** Digits and signs of full width, or digits of Arabic or Persian. */
  | 'other-digits'
  /** What a spreadsheet needs to keep a number as text: `="…"`, or an apostrophe before it. */
  | 'spreadsheet-text'
  /** Invisible characters that say in which direction a text runs. */
  | 'direction-marks'
  /** `.0`, as a spreadsheet or a data frame writes a column of numbers with gaps. */
  | 'decimals'
  /** `tel:` before it. */
  | 'tel'
  /** An extension behind it. */
  | 'extension';

/** The digits of a text, before any country is asked about them. */
export interface NumberText {
  /** From 0 to 9, without the plus. */
  readonly digits: string;
  readonly hasPlus: boolean;
  /** The text in ASCII, without what is not part of the number. */
  readonly written: string;
  readonly cleanups: readonly Cleanup[];
  /** After how many digits there is a blank, a hyphen or a point. */
  readonly gaps: readonly number[];
}

/** No number is written with more characters than this, whatever is around it. */
const MAX_LENGTH = 100;

const NOTHING: readonly never[] = [];

const PLAIN = /^\+?\d{1,40}$/;

/**
 * Reads what a person would read: digits, one leading plus, and blanks, hyphens, points and brackets between groups of digits.
 * What spreadsheets and address books put around a number is taken off. Anything else is refused, since leaving out a
 * character of a text can make another number of it.
 */
export function readNumberText(given: string, dropExtension: boolean): NumberText | Refusal {
  if (PLAIN.test(given)) return plain(given);
  const cleanups: Cleanup[] = [];
  const bare = unwrap(given, cleanups);
  if (bare === '') return 'empty';
  if (bare.length > MAX_LENGTH) return 'characters';
  const ascii = toAscii(bare);
  if (ascii !== bare) cleanups.push('other-digits');
  const main = ascii.replace(EXTENSION, '$1');
  if (main !== ascii) {
    if (!dropExtension) return 'extension';
    cleanups.push('extension');
  }
  const whole = withoutDecimals(main);
  if (whole !== main) cleanups.push('decimals');
  return refusalOf(whole) ?? scan(whole, cleanups);
}

function plain(text: string): NumberText {
  const hasPlus = text.startsWith('+');
  const digits = hasPlus ? text.slice(1) : text;
  return { digits, hasPlus, written: text, cleanups: NOTHING, gaps: NOTHING };
}

/** Blanks and invisible characters, some of which say in which direction a text runs. */
const EDGES =
  /^[\s\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+|[\s\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+$/g;
/** A text without what nobody sees around it. */
export function withoutEdges(text: string): string {
  return text.replace(EDGES, '');
}

const DIRECTION_MARK = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** Takes off what programs put around a number. */
function unwrap(given: string, cleanups: Cleanup[]): string {
  const trimmed = given.trim();
  // Only the edges of a text that may be a number are looked at more closely.
  if (trimmed.length > 2 * MAX_LENGTH) return trimmed;
  let text = withoutEdges(trimmed);
  if (DIRECTION_MARK.test(trimmed) && !DIRECTION_MARK.test(text)) cleanups.push('direction-marks');
  const inner = text.replace(/^'/, '').replace(/^="([^"]*)"$/, '$1');
  if (inner !== text) cleanups.push('spreadsheet-text');
  text = withoutEdges(inner);
  if (!/^tel:/i.test(text)) return text;
  cleanups.push('tel');
  return text.slice(4).trimStart();
}

const BLANK = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g;
const HYPHEN = /[\u2010-\u2015\u2212\u30fc\uff0d]/g;
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff]/g;
const OTHER_DIGIT = /[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g;
const FULL_WIDTH_SIGN = /[\uff08\uff09\uff0b\uff0e]/g;

/** The same text in ASCII, as far as numbers are written with it. */
function toAscii(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  return text
    .replace(INVISIBLE, '')
    .replace(BLANK, ' ')
    .replace(HYPHEN, '-')
    .replace(OTHER_DIGIT, (digit) => String(digit.charCodeAt(0) & 0x0f))
    .replace(FULL_WIDTH_SIGN, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
}

/** `ext. 8`, `x8`, `#8`, `;ext=8`, and the same in Chinese. */
const EXTENSION = /^(.*\d) *(?:;ext=|,? *ext(?:ension)?[.:]?|x|#|转|轉|分机|分機) *\d{1,7}$/i;

/**
 * Takes off the decimals of a whole number. Only one point, and only zeros after it: `01.23.45.67.00` has groups, and so may
 * `555.0000`, whose first part is too short for a number.
 */
function withoutDecimals(text: string): string {
  const [whole = '', decimals = '', ...more] = text.split('.');
  if (more.length > 0) return text;
  const isWhole = /^0{1,2}$/.test(decimals) || (/^0{3,}$/.test(decimals) && /^\+?\d{6,}$/.test(whole));
  return isWhole ? whole : text;
}

const SCIENTIFIC = /^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i;

/** Two numbers or more, with something between them. */
const SEVERAL = /\d{4,}[\d)]* *(?:[,;/|&、，；／]|\r?\n|或|和|or) *[+(]*\d{2,}/i;

const YEAR = '(?:19|20)\\d\\d';
const DAY_OR_MONTH = '(?:0?[1-9]|[12]\\d|3[01])';
const DATE = new RegExp(
  `^(?:${YEAR}([-.])${DAY_OR_MONTH}\\1${DAY_OR_MONTH}|${DAY_OR_MONTH}([-.])${DAY_OR_MONTH}\\2${YEAR})$`,
);

/**
 * `1234.56`, `1234. 5`, `1.5`, `1234567.891` and `1.234.567`: neither a point with one or two digits behind it, or three behind
 * many, nor thousands are groups of a number.
 */
const AMOUNT = /^[^.]*\. *\d ?\d?$|\. *\d$|^[1-9]\d?(?:\.\d{3})+$|^[1-9]\d{6,}\.\d{3}$/;

/** `5. 0123456789` is the fifth of a list, also if 50123456789 is a number. */
const ENUMERATED = /^[1-9]\d{0,3}\. /;

/** What a text is, if a person would not take it for one number. */
function refusalOf(text: string): Refusal | undefined {
  if (SCIENTIFIC.test(text)) return 'scientific-notation';
  if (SEVERAL.test(text)) return 'several-numbers';
  if (ENUMERATED.test(text)) return 'characters';
  return DATE.test(text) || AMOUNT.test(text) ? 'amount-or-date' : undefined;
}

/** A bracket has a country code or an area code in it, so it does not open after more digits than `00852`. */
const MAX_BEFORE_BRACKET = 5;

/** Reads a text character by character. */
function scan(text: string, cleanups: Cleanup[]): NumberText | Refusal {
  let digits = '';
  let hasPlus = false;
  let bracket: number | undefined;
  /** Whether a hyphen or a point follows the last digit. */
  let isJoined = false;
  const gaps: number[] = [];
  for (const character of text) {
    if (character >= '0' && character <= '9') {
      digits += character;
      isJoined = false;
    } else if (character === '+' && digits === '' && !hasPlus) {
      hasPlus = true;
    } else if (character === ' ') {
      if (digits !== '' && gaps.at(-1) !== digits.length) gaps.push(digits.length);
    } else if (isSign(character, bracket !== undefined) && digits.length > (bracket ?? 0) && !isJoined) {
      isJoined = true;
      if (gaps.at(-1) !== digits.length) gaps.push(digits.length);
    } else if (character === '(' && bracket === undefined && digits.length <= MAX_BEFORE_BRACKET) {
      bracket = digits.length;
    } else if (character === ')' && bracket !== undefined && digits.length > bracket && !isJoined) {
      bracket = undefined;
    } else {
      return 'characters';
    }
  }
  if (bracket !== undefined || !/\d$/.test(text)) return 'characters';
  if (text.length > digits.length + (hasPlus ? 1 : 0)) cleanups.push('separators');
  return { digits, hasPlus, written: text, cleanups, gaps };
}

/** Whether a character may join two groups: a hyphen or, outside brackets, a point. */
function isSign(character: string, isInBracket: boolean): boolean {
  return character === '-' || (character === '.' && !isInBracket);
}
