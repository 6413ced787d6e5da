import { BulkError } from '../errors.js';
import type { Warnings } from './warnings.js';
import { isWordForNothing } from './words-for-nothing.js';

/** How values are checked. */
export interface ValueCheck {
  readonly warnings: Warnings;
  /** Whether characters for private use may be sent. */
  readonly allowPrivateUse: boolean;
}

/** Kinds of characters that a text has, as bits. */
const DIGIT = 1;
const LETTER = 2;
const BACKSLASH = 4;
const QUESTION = 8;
const UNDERSCORE = 16;
const COLON = 32;
/** Characters that JSON writes with an escape. */
const ESCAPED = 64;
/** From U+0080 to U+00FF: what UTF-8 looks like if it is read as another encoding. */
const LATIN = 128;
/** Above that, but for what `SPECIAL` has. */
const WIDE = 256;
/** Halves of characters, characters for private use, and U+FFFD. */
const SPECIAL = 512;
/** Signs of formulas, errors, markup and placeholders. */
const SIGN = 1_024;
/** Control characters, but for tabs and line breaks. */
const CONTROL = 2_048;
const ASTERISK = 4_096;

const CONTROLS = /[\0-\u0008\v\f\u000e-\u001f\u007f]/;

const KINDS = Uint16Array.from({ length: 256 }, (_, code) => {
  const char = String.fromCharCode(code);
  let kinds = 0;
  if (code < 0x20 || char === '"' || char === '\\') kinds |= ESCAPED;
  if (/\d/.test(char)) kinds |= DIGIT;
  if (/[a-z]/i.test(char)) kinds |= LETTER;
  if (char === '\\') kinds |= BACKSLASH;
  if (char === '?') kinds |= QUESTION;
  if (char === '_') kinds |= UNDERSCORE;
  if (char === ':') kinds |= COLON;
  if ('#=&<%{$'.includes(char)) kinds |= SIGN;
  if (CONTROLS.test(char)) kinds |= CONTROL;
  if (char === '*') kinds |= ASTERISK;
  return code >= 0x80 ? kinds | LATIN : kinds;
});

/** Which kinds of characters a text has. Every value of every line comes here. */
function kindsIn(text: string): number {
  let kinds = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    kinds |= code < 256 ? KINDS[code]! : code < 0xd800 ? WIDE : specialKinds(text, at, code);
  }
  return kinds;
}

/** A pair that makes a character is an ordinary one, unless it is for private use. */
function specialKinds(text: string, at: number, code: number): number {
  if (code >= 0xf900 && code !== 0xfffd) return WIDE;
  if (code >= 0xd800 && code < 0xdb80) {
    const next = text.charCodeAt(at + 1);
    return next >= 0xdc00 && next <= 0xdfff ? WIDE : SPECIAL;
  }
  if (code >= 0xdc00 && code <= 0xdfff && at > 0) {
    const before = text.charCodeAt(at - 1);
    return before >= 0xd800 && before < 0xdb80 ? WIDE : SPECIAL;
  }
  return SPECIAL;
}

/** Whether a number has more digits than a spreadsheet keeps, and 0 in place of those behind the 15th. */
export function isRounded(text: string): boolean {
  return ROUNDED.test(text);
}

const APOSTROPHE = 0x27;

/** Digits, signs and blanks are up to this one. */
const NINE = 0x39;

const LOST = /^\?+$|\?\?|[^\0-\x7f]\?|\?[^\0-\x7f\s]|\ufffd/;
const SCIENTIFIC = /^\s*[+-]?\d(?:[.,]\d+)?[eE][+-]?\d{1,3}\s*$/;
const DECIMAL = /^\d+\.0+$/;
const ESCAPE = /\\(?:[\\nrtbvZ0N"'\n]|u[0-9a-f]{4}|x[0-9a-f]{2})/i;
const FORMULA = /^=[^\s=]/;
const MARKUP =
  /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});|<\/?[a-z][^<>]*>|(?:%[89a-f][\da-f]){2}|\{\{[^{}]+\}\}|\$\{[^{}]+\}/i;
/** What a program shows of a name or an id that it hides: `张*`, `6222****1234`. */
const MASKED = /\*\*|[^\0-\x7f]\*/;
/** Marks that make another id of one, though nobody sees them. */
const UNSEEN = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/;
/** What a spreadsheet makes of the id 3-1. */
const DATE_ID =
  /^(?:\d{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-\d\d|\d{1,2}月\d{1,2}日)$/i;
const ROUNDED = /^[1-9]\d{14}0{3,}$/;
/** What binary fractions add to an amount: 0.30000000000000004. */
const FRACTION = /^-?\d+\.\d*(?:0{5}|9{5})\d{1,3}$/;
const SHEET_ESCAPE = /_x[0-9a-f]{4}_/i;
const UTF8_AS_LATIN = /[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u02dc\u2013-\u2122]/;
const PRIVATE = /[\ue000-\uf8ff\u{f0000}-\u{10ffff}]/u;
const HALF = /\p{Surrogate}/u;
const TIME = /(?:^|[T\s])(\d{1,2}):\d\d(?::\d\d)?(.*)$/;
/** What JavaScript, JSON and HTTP make of a date. */
const PROGRAM_DATE =
  /^(?:\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?|[A-Z][a-z]{2},? (?:[A-Z][a-z]{2} \d\d|\d\d [A-Z][a-z]{2}) \d{4} \d\d:\d\d:\d\d GMT(?:[+-]\d{4})?(?: \(\D*\))?)$/;

/** Names of columns with a date in them. */
const DATES =
  /date|datum|data\b|fecha|due|day|time|expir|deadline|birth|since|until|when|scheduled|_at$|[a-z]At$|日|期|时间|時間|生日|날짜/i;

/** From 2000 to 2100, in milliseconds. */
const FIRST_MS = 946_684_800_000;
const LAST_MS = 4_102_444_800_000;
/** From 1954 to 2119, in days as spreadsheets count them. */
const FIRST_DAY = 20_000;
const LAST_DAY = 80_000;

/** Looks at the values of one column, or of one field: what could not be sent, and what was hardly meant. */
export class ColumnCheck {
  readonly #check: ValueCheck;
  readonly #column: string;
  readonly #isId: boolean;
  readonly #isDate: boolean;
  #times: { line: number; sample: string; twelve: boolean; isWhole: boolean; count: number } | undefined;

  /** @param names of the column, one of which may say that there is a date in it */
  constructor(
    check: ValueCheck,
    column: string,
    { isId, names = [column] }: { isId: boolean; names?: readonly string[] },
  ) {
    this.#check = check;
    this.#column = column;
    this.#isId = isId;
    this.#isDate = !isId && names.some((name) => DATES.test(name));
  }

  /**
   * The value as JSON; undefined if it cannot be sent, because it has half a character.
   *
   * @throws BulkError if there is a character for private use in it, unless that is allowed
   */
  json(text: string, line: number): string | undefined {
    const kinds = kindsIn(text);
    // Most values are a few letters, or Chinese; no Chinese word for nothing has more than two.
    if (kinds === WIDE && text.length > 2) return `"${text}"`;
    if ((kinds & SPECIAL) !== 0 && !this.#isWhole(text, line)) return undefined;
    this.#look(text, kinds, line);
    return (kinds & (ESCAPED | SPECIAL)) === 0 ? `"${text}"` : JSON.stringify(text);
  }

  /** Ends the look: some things are clear only once all values are known. */
  end(): void {
    const times = this.#times;
    if (times === undefined || !times.twelve || times.isWhole || times.count < 2) return;
    this.#warn('twelve-hour-times', times.line, times.sample);
  }

  #warn(kind: Parameters<Warnings['add']>[0], line: number, sample: string): void {
    this.#check.warnings.add(kind, { line, column: this.#column, sample });
  }

  #isWhole(text: string, line: number): boolean {
    if (HALF.test(text)) {
      this.#check.warnings.add('half-character', { line, column: this.#column });
      return false;
    }
    if (!this.#check.allowPrivateUse && PRIVATE.test(text)) throw privateUse(line, this.#column);
    return true;
  }

  #look(text: string, kinds: number, line: number): void {
    const { length } = text;
    const first = text.charCodeAt(0);
    if (isWordForNothing(text)) return this.#warn('word-for-nothing', line, text);
    if ((kinds & SIGN) !== 0) this.#lookAtSigns(text, line);
    if ((kinds & (QUESTION | SPECIAL)) !== 0 && LOST.test(text)) this.#warn('lost-characters', line, text);
    if ((kinds & LATIN) !== 0 && UTF8_AS_LATIN.test(text) && isMisread(text))
      this.#warn('wrong-encoding', line, text);
    if (first === APOSTROPHE && length > 2 && text.endsWith("'")) this.#warn('single-quotes', line, text);
    if (this.#isId && (kinds & (LATIN | WIDE)) !== 0 && UNSEEN.test(text))
      this.#warn('control-character', line, text);
    if (this.#isId && (kinds & DIGIT) !== 0 && DATE_ID.test(text)) this.#warn('date-id', line, text);
    if ((kinds & CONTROL) !== 0) this.#warn('control-character', line, text);
    if ((kinds & ASTERISK) !== 0 && MASKED.test(text)) this.#warn('masked', line, text);
    if ((kinds & BACKSLASH) !== 0 && ESCAPE.test(text)) this.#warn('backslash', line, text);
    if ((kinds & UNDERSCORE) !== 0 && SHEET_ESCAPE.test(text)) this.#warn('spreadsheet-escape', line, text);
    if ((kinds & COLON) !== 0 && !this.#isId && PROGRAM_DATE.test(text))
      this.#warn('program-date', line, text);
    if ((kinds & COLON) !== 0 && length < 32) this.#lookAtTime(text, line);
    if ((kinds & DIGIT) !== 0 && first <= NINE && length < 32) this.#lookAtNumber(text, kinds, line);
  }

  #lookAtSigns(text: string, line: number): void {
    if (FORMULA.test(text)) this.#warn('formula-without-result', line, text);
    else if (MARKUP.test(text)) this.#warn('markup', line, text);
  }

  #lookAtNumber(text: string, kinds: number, line: number): void {
    if ((kinds & LETTER) !== 0) {
      if (SCIENTIFIC.test(text)) this.#warn('scientific-notation', line, text);
      return;
    }
    if (text.length > 15) {
      if (isRounded(text)) return this.#warn('long-number', line, text);
      if (FRACTION.test(text)) return this.#warn('long-fraction', line, text);
    }
    if (this.#isId) {
      if (DECIMAL.test(text)) this.#warn('decimal-id', line, text);
      return;
    }
    const isMilliseconds = (text.length === 12 || text.length === 13) && isBetween(text, FIRST_MS, LAST_MS);
    if (isMilliseconds || (this.#isDate && isDateNumber(text))) this.#warn('date-as-number', line, text);
  }

  #lookAtTime(text: string, line: number): void {
    const found = TIME.exec(text);
    if (found === null) return;
    this.#times ??= { line, sample: text, twelve: false, isWhole: false, count: 0 };
    const hour = Number(found[1]);
    this.#times.count++;
    if (hour === 12) this.#times.twelve = true;
    if (hour > 12 || hour === 0 || /[ap]\.?m|上午|下午/i.test(text)) this.#times.isWhole = true;
  }
}

function isBetween(text: string, least: number, most: number): boolean {
  const number = Number(text);
  return Number.isFinite(number) && number >= least && number <= most;
}

/** A date as seconds, micro- or nanoseconds, or as days of a spreadsheet; asked only where a date is expected. */
function isDateNumber(text: string): boolean {
  if (/^\d{5}(?:\.\d+)?$/.test(text)) return isBetween(text, FIRST_DAY, LAST_DAY);
  const scales: Readonly<Record<number, number>> = { 9: 1e-3, 10: 1e-3, 16: 1e3, 19: 1e6 };
  const whole = /^(\d+)(?:\.\d+)?$/.exec(text)?.[1];
  const scale =
    whole === undefined
      ? undefined
      : (scales[whole.length] ?? (whole.length > 11 && whole.length < 14 ? 1 : undefined));
  return scale !== undefined && isBetween(text, FIRST_MS * scale, LAST_MS * scale);
}

/** Characters that Windows-1252 has where Latin-1 has none, from 0x80 on. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Whether a text makes sense as UTF-8 that was read as Latin-1 or Windows-1252. */
function isMisread(text: string): boolean {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0)!;
    const windows = code > 0xff ? WINDOWS.indexOf(char) : -1;
    if (code > 0xff && windows === -1) return false;
    bytes.push(code > 0xff ? 0x80 + windows : code);
  }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
    return true;
  } catch {
    return false;
  }
}

function privateUse(line: number, column: string): BulkError {
  return new BulkError(
    'InvalidInput',
    `Line ${line} of the list has a character for private use in "${column}": there is no telling how it is read out. Write the list in UTF-8 from where it was made, or allow such characters (allowPrivateUse, --allow-private-use).`,
  );
}
