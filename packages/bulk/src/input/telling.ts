import { callingCodeOf } from '../numbers/index.js';
import { callingCodeNamed } from './country-names.js';
import { isWordForNothing } from './words-for-nothing.js';
import type { Warnings } from './warnings.js';
import {
  COUNTED,
  COUNTRY,
  COUNTRY_CODE,
  DENIED,
  GRANTED,
  IS_ALLOWED,
  IS_BARRED,
  MAY,
  MAYBE_BARRED,
  MAY_NOT,
  MEASURED,
  NO,
  NOTE,
  NOT_OF_CALLS,
  OF_CALLS,
  OPTED_IN,
  OPTED_OUT,
  WORTH_A_LOOK,
  YES,
  plainOf,
  wordsOf,
} from './telling-words.js';

/** What a column says of the number in its line, whether or not the template names the column. */
export interface Telling {
  readonly of:
    /** That nobody may call, if its value agrees. */
    | 'barred'
    /** That somebody may call, unless its value denies it. */
    | 'allowed'
    /** What became of somebody, or a note: it may say that nobody may call. */
    | 'note'
    /** The country code that is not in the number. */
    | 'country-code'
    /** Where somebody lives. */
    | 'country';
  /** Whether it is about calls, and not perhaps about letters. */
  readonly isOfCalls: boolean;
}

/** Whether a value says nothing of its number for certain. */
export function isSilent({ of }: Telling, value: string): boolean {
  return of !== 'country-code' && (value === '' || (of === 'note' && !WORTH_A_LOOK.test(value)));
}

/** How much of a note is looked through, in characters. */
const LOOKED_AT = 256;

/** Whether a text says that somebody must not be called. */
export function saysBarred(text: string): boolean {
  const words = plainOf(text.slice(0, LOOKED_AT));
  return IS_BARRED.test(words) || OPTED_OUT.test(words);
}

/** What a column says by its name; undefined if it is nothing of the kind. */
export function tellingOf(name: string): Telling | undefined {
  const words = wordsOf(name);
  if (COUNTRY.test(words)) return { of: 'country', isOfCalls: false };
  if (NOT_OF_CALLS.test(words) || COUNTED.test(words)) return undefined;
  const isOfCalls = OF_CALLS.test(words);
  if (IS_BARRED.test(words)) return { of: 'barred', isOfCalls: true };
  if (OPTED_OUT.test(words)) return { of: 'barred', isOfCalls };
  if (MAYBE_BARRED.test(words)) return { of: 'barred', isOfCalls: false };
  const isAnswer = !MEASURED.test(words);
  if (isAnswer && IS_ALLOWED.test(words)) return { of: 'allowed', isOfCalls: true };
  if (isAnswer && OPTED_IN.test(words)) return { of: 'allowed', isOfCalls };
  if (COUNTRY_CODE.test(words)) return { of: 'country-code', isOfCalls };
  return NOTE.test(words) ? { of: 'note', isOfCalls } : undefined;
}

/** Whether a value means that nobody may call: what is neither yes nor no, such as a date, may mean it. */
function barredBy({ of, isOfCalls }: Telling, value: string): 'certain' | 'maybe' | undefined {
  if (of === 'note') return value !== '' && saysBarred(value) ? 'maybe' : undefined;
  if (of === 'country-code' || of === 'country' || /^\s*-?\s*$/.test(value) || isWordForNothing(value))
    return undefined;
  const text = value.trim().replace(/[.!。！]+$/, '');
  const isYes = YES.test(text);
  const isNo = NO.test(text);
  const denies = of === 'barred' ? isNo : isYes || GRANTED.test(text);
  if (denies || MAY.test(text)) return undefined;
  const agrees = of === 'barred' ? isYes : isNo || DENIED.test(text);
  return isOfCalls && (agrees || MAY_NOT.test(wordsOf(text))) ? 'certain' : 'maybe';
}

/** Whether a number has its country code, as far as that shows. */
const WITH_CODE = /^[\s'"=(（]*(?:[+＋]|00)/;

/** What such a column has in one line. */
export interface Told {
  readonly name: string;
  readonly telling: Telling;
  readonly value: string;
}

/** Hears what the other columns say of each number. */
export class TellingWatch {
  readonly #warnings: Warnings;
  readonly #code: string | undefined;

  /** @param country of the numbers without a country code */
  constructor({ warnings, country }: { warnings: Warnings; country?: string | undefined }) {
    this.#warnings = warnings;
    this.#code = callingCodeOf(country);
  }

  /** Names what a person should know of a number. Returns why it must not be called, if that is certain. */
  problemOf(told: readonly Told[], callee: string, line: number): 'do-not-call' | 'not-a-number' | undefined {
    let isBarred = false;
    for (const { name, telling, value } of told) {
      const barred = barredBy(telling, value);
      if (barred === undefined) continue;
      isBarred ||= barred === 'certain';
      const kind = barred === 'certain' ? 'do-not-call-column' : 'maybe-do-not-call';
      this.#warnings.add(kind, { line, column: name, sample: value });
    }
    if (isBarred) return 'do-not-call';
    if (this.#code === undefined || WITH_CODE.test(callee)) return undefined;
    const codes = told.filter(({ telling }) => telling.of === 'country-code');
    // Of several, nobody knows which one belongs to the number.
    const [code] = codes.length > 1 ? [] : codes;
    if (code !== undefined && this.#isOther(code.value)) {
      this.#warnings.add('other-country', { line, column: code.name, sample: code.value });
      return 'not-a-number';
    }
    if (codes.every(({ value }) => !/\d/.test(value))) this.#nameOtherCountry(told, line);
    return undefined;
  }

  /** Says where somebody lives if their number would be read as one of another country. */
  #nameOtherCountry(told: readonly Told[], line: number): void {
    const named = told
      .filter(({ telling }) => telling.of === 'country' || telling.of === 'country-code')
      .map((one) => ({ ...one, code: callingCodeNamed(one.value) }))
      .filter(({ code }) => code !== undefined);
    const [first] = named;
    if (first !== undefined && named.every(({ code }) => code === first.code) && first.code !== this.#code)
      this.#warnings.add('maybe-other-country', { line, column: first.name, sample: first.value });
  }

  #isOther(value: string): boolean {
    const code = /^\s*\+?0{0,2}([1-9]\d{0,3})(?:\.0)?\s*$/.exec(value)?.[1];
    return code !== undefined && code !== this.#code;
  }
}
