import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import { isSupportedCountry } from 'libphonenumber-js/max';
import type { NumberStyle } from '../request/bulk-actions.js';
import { BulkError } from '../errors.js';
import type { Template } from '../request/template.js';
import { CHINESE_MOBILE, asGerman, isAssigned, lacksPlus, notationOf } from './chinese-mobile.js';
import type { Cleanup, NumberText } from './number-text.js';
import { readNumberText } from './number-text.js';
import { NumberingPlan, internationalNumber, isMobile } from './numbering-plan.js';
import type { Notation } from './notation.js';
import type { Refusal } from './refusals.js';
import { isRefusal } from './refusals.js';

/** A number that can be called. */
export interface KnownNumber {
  /** The same for every way to write the number: see `keyOf`. */
  readonly key: number;
  /** As it is written in a request. */
  readonly written: string;
}

/**
 * What tells a phone from all others, by the digits of its E.164 form: these as an integer. There are 15 at most, so that a
 * number holds them exactly. In Argentina, the 9 of mobile numbers belongs to calls from abroad: the same phone is also
 * written without.
 */
export function keyOf(digits: string): number {
  return Number(digits.replace(/^549(?=\d{10}$)/, '54'));
}

/** A number, and what had to be done to a text to read it. */
export interface Reading {
  readonly number: KnownNumber;
  readonly notation: Notation;
  readonly cleanups: readonly Cleanup[];
}

/** How numbers are read and written, apart from their country. */
export interface NumberReaderOptions {
  /**
   * How numbers of other countries are written if the style is `national`.
   *
   * @default '00'
   */
  foreignStyle?: '+' | '00';
  /** Whether a number with an extension is read without it. @default false */
  dropExtensions?: boolean;
}

/** A reader of the numbers of a list, as its template states them. */
export function numberReaderFor({ creator, numbers }: Pick<Template, 'creator' | 'numbers'>): NumberReader {
  const { country, write, extensions } = numbers;
  const dropExtensions = extensions === 'drop';
  return new NumberReader(country, write, { foreignStyle: creator.style, dropExtensions });
}

/** What the library made of the digits. */
interface Candidate {
  readonly found: PhoneNumber;
  readonly notation: Notation;
}

/**
 * `1-310-555-0101`, and `(310) 555-0101` with or without its brackets: groups of North America. In China, nobody groups a number
 * so, but the digits make one.
 */
const AMERICAN = /^(?:\+?1[ .-]*)?\(?[2-9]\d\d\)?[ .-]+\d{3}[ .-]+\d{4}$/;
const AMERICAN_LENGTH = 10;

/** Countries where the digits behind a last hyphen are dialled with the number before them. */
const DIRECT_DIALLING = new Set(['43', '49', '352', '39']);

/** Digits that may be an extension, and those of the group before them. */
const MAX_EXTENSION = 2;
const MIN_BEFORE_EXTENSION = 6;

/** Where a national number might also begin with the country code, a mobile number with the code is this long at least. */
const LONG_MOBILE = 11;

/** A number of its own is this long at least. */
const MIN_DIGITS = 5;

/** What may be a number within a text, and how much of the text is looked through. */
const SOME_NUMBER = /[+＋(（]*\p{Nd}[\p{Nd} \u00a0\u3000().（）-]{3,30}\p{Nd}/gu;
const MAX_TEXT = 1_000;

/** Reads numbers as a person would, and asks libphonenumber which of them exist. */
export class NumberReader {
  readonly #plan: NumberingPlan | undefined;
  readonly #style: NumberStyle;
  readonly #foreignStyle: '+' | '00';
  readonly #dropExtensions: boolean;

  /**
   * @param country two letters, such as CN: what a number without country code belongs to. Without it, such numbers are not
   * known
   * @throws BulkError if the library does not know the country
   */
  constructor(country: string | undefined, style: NumberStyle, options: NumberReaderOptions = {}) {
    if (country !== undefined && !isSupportedCountry(country)) {
      throw new BulkError('InvalidTemplate', '"numbers.country" must be two letters, such as CN.');
    }
    this.#plan = country === undefined ? undefined : new NumberingPlan(country);
    this.#style = style;
    this.#foreignStyle = options.foreignStyle ?? '00';
    this.#dropExtensions = options.dropExtensions ?? false;
  }

  /** The number that a text means; undefined if it does not mean one that can be called. */
  read(text: string): KnownNumber | undefined {
    const reading = this.judge(text);
    return isRefusal(reading) ? undefined : reading.number;
  }

  /** The number that a text means and how it is written there, or why it is not a number that can be called. */
  judge(given: string): Reading | Refusal {
    const text = readNumberText(given, this.#dropExtensions);
    if (isRefusal(text)) return text;
    if (this.#american(text) !== undefined) return 'ambiguous';
    return this.#readChineseMobile(text) ?? this.#ask(text);
  }

  /**
   * Every number that a text can mean, for a list of people who must not be called: without a country code, it can also
   * be a number of another country, whose + got lost. Empty if it cannot mean any.
   */
  readAll(given: string): KnownNumber[] {
    const text = readNumberText(given, this.#dropExtensions);
    if (isRefusal(text) || this.#hasSeveral(text)) return [];
    const { digits, hasPlus } = text;
    if (this.#hasExtension(text)) return [];
    const more = hasPlus
      ? []
      : [withLostPlus(digits), this.#plan?.abroad(digits), this.#american(text), this.#german(text)];
    const found = [...this.#candidates(text).map((candidate) => candidate.found), ...more];
    const all = found.flatMap((number) =>
      number === undefined ? [] : [number, withinDoubled(number) ?? number],
    );
    return distinct(all).map((number) => this.#known(number, text));
  }

  /**
   * Whether a text could be a number of any country: it has no country code, and no country is known. A mobile number of China
   * that only lacks its + could not.
   */
  isOfAnyCountry(given: string): boolean {
    if (this.#plan !== undefined || this.judge(given) !== 'no-country-code') return false;
    const text = readNumberText(given, this.#dropExtensions);
    return isRefusal(text) || !lacksPlus(text);
  }

  /** What `readAll` gives, or else that of every number within a text, such as two of one person, or one with a name. */
  readEach(given: string): KnownNumber[] {
    const all = this.readAll(given);
    if (all.length > 0) return all;
    return (given.slice(0, MAX_TEXT).match(SOME_NUMBER) ?? []).flatMap((part) => this.readAll(part));
  }

  #readChineseMobile({ digits, hasPlus, written, cleanups }: NumberText): Reading | undefined {
    const match = CHINESE_MOBILE.exec(digits);
    if (match === null) return undefined;
    const [, code, national = ''] = match;
    const isFull = code === '0086' ? !hasPlus : code === '86' && hasPlus;
    // Without + or 00, it depends on the country what the digits mean.
    if (!isFull && (hasPlus || this.#plan?.country !== 'CN')) return undefined;
    if (!isAssigned(national)) return undefined;
    const number = {
      key: Number(`86${national}`),
      written: this.#write(written, `86${national}`, 'CN', () => national),
    };
    return { number, notation: notationOf(code, hasPlus), cleanups };
  }

  #ask(text: NumberText): Reading | Refusal {
    const candidates = this.#candidates(text);
    const chosen = choose(candidates, text);
    if (chosen === undefined) return candidates.length > 0 ? 'ambiguous' : this.#whyNone(text);
    if (this.#hasSeveral(text)) return 'several-numbers';
    const { found, notation } = chosen;
    if (withinDoubled(found) !== undefined || this.#hasExtension(text)) return 'ambiguous';
    return { number: this.#known(found, text), notation, cleanups: text.cleanups };
  }

  /** The numbers that the digits can be: none, one, or several. */
  #candidates({ digits, hasPlus }: NumberText): Candidate[] {
    const plan = this.#plan;
    const candidate = (found: PhoneNumber | undefined, notation: Notation): Candidate[] =>
      found === undefined ? [] : [{ found, notation }];
    if (hasPlus) return candidate(internationalNumber(digits), 'international');
    if (digits.startsWith('00')) {
      // The documented form of the service, and so read alike in every country, also where calls abroad begin otherwise.
      const found = internationalNumber(digits.slice(2)) ?? plan?.abroad(digits);
      return candidate(found, 'exit-code');
    }
    if (plan === undefined) return [];
    const national = plan.national(digits);
    return [
      ...candidate(plan.withOwnCode(digits), 'country-code-without-plus'),
      ...candidate(plan.abroad(digits), 'exit-code'),
      ...candidate(
        national,
        national !== undefined && plan.lacksPrefix(national, digits) ? 'national-without-prefix' : 'national',
      ),
    ];
  }

  #whyNone({ digits, hasPlus }: NumberText): Refusal {
    const isForeign = !hasPlus && internationalNumber(digits) !== undefined;
    return isForeign || (this.#plan === undefined && !hasPlus && !digits.startsWith('00'))
      ? 'no-country-code'
      : 'no-such-number';
  }

  /** Two short numbers with a blank or a hyphen between them could be taken for a long one. */
  #hasSeveral({ digits, hasPlus, gaps }: NumberText): boolean {
    return gaps.some((at) => {
      const [first, second] = [digits.slice(0, at), digits.slice(at)];
      if (first.length < MIN_DIGITS || second.length < MIN_DIGITS) return false;
      if (!second.startsWith('0') && first.length !== second.length) return false;
      const isNumber = (part: string, withPlus: boolean) =>
        this.#candidates({ digits: part, hasPlus: withPlus, written: part, cleanups: [], gaps: [] }).length >
        0;
      return isNumber(second, false) && isNumber(first, hasPlus);
    });
  }

  /** A number of North America, by its groups, if the digits make one of China as well. */
  #american({ digits, hasPlus, written, gaps }: NumberText): PhoneNumber | undefined {
    if (hasPlus || gaps.length === 0 || this.#plan?.country !== 'CN' || !AMERICAN.test(written))
      return undefined;
    return internationalNumber(`1${digits.slice(-AMERICAN_LENGTH)}`);
  }

  /** What a mobile number of China would be in Germany, if it is not known where it belongs. */
  #german(text: NumberText): PhoneNumber | undefined {
    return this.#plan === undefined && lacksPlus(text) ? asGerman(text) : undefined;
  }

  /**
   * Whether the last one or two digits may be an extension: where lengths vary, they make another number of the one before them,
   * as in `0851-8222222-8`. No number is written in groups of six digits and one.
   */
  #hasExtension({ digits, hasPlus, gaps }: NumberText): boolean {
    const last = gaps.at(-1) ?? 0;
    const before = gaps.at(-2) ?? 0;
    if (digits.length - last > MAX_EXTENSION || last - before < MIN_BEFORE_EXTENSION) return false;
    const head = digits.slice(0, last);
    return this.#candidates({ digits: head, hasPlus, written: head, cleanups: [], gaps: [] }).some(
      ({ found }) => !DIRECT_DIALLING.has(found.countryCallingCode),
    );
  }

  #known(found: PhoneNumber, { written }: NumberText): KnownNumber {
    const digits = found.number.slice(1);
    const national = () => found.formatNational().replaceAll(/\D/g, '');
    return { key: keyOf(digits), written: this.#write(written, digits, found.country, national) };
  }

  #write(text: string, digits: string, country: CountryCode | undefined, national: () => string): string {
    if (this.#style === 'as-given') return text;
    const isOwn = this.#style === 'national' && country !== undefined && country === this.#plan?.country;
    const own = isOwn ? national() : '';
    // Some numbers are another one, or none, once they are written without country code.
    if (own !== '' && this.#readsAs(own, digits)) return own;
    const style = this.#style === 'national' ? this.#foreignStyle : this.#style;
    return `${style}${digits}`;
  }

  #readsAs(national: string, digits: string): boolean {
    if (CHINESE_MOBILE.test(national) && this.#plan?.country === 'CN') return true;
    const text = { digits: national, hasPlus: false, written: national, cleanups: [], gaps: [] };
    return choose(this.#candidates(text), text)?.found.number === `+${digits}`;
  }
}

/** The number that a person would take the digits for; undefined if there is none, or if it could be more than one. */
function choose(candidates: readonly Candidate[], { digits }: NumberText): Candidate | undefined {
  const [first] = candidates;
  if (first === undefined || candidates.every(({ found }) => found.number === first.found.number))
    return first;
  if (candidates.length > 2 || first.notation !== 'country-code-without-plus') return undefined;
  // Where area codes and lengths vary, such as in Germany and Indonesia, a whole mobile number with the country code also
  // passes for a national number of unheard-of length, without its prefix.
  const [, second] = candidates;
  const isWhole = digits.length >= LONG_MOBILE && isMobile(first.found) && !isMobile(second!.found);
  return isWhole ? first : undefined;
}

/**
 * Digits whose + got lost. They are all of the number: in 1 13012345678, the library takes the first digit for a country
 * code, and the second for what is dialled before an area code, but it may be the number of a row.
 */
function withLostPlus(digits: string): PhoneNumber | undefined {
  const found = internationalNumber(digits);
  return found?.number === `+${digits}` ? found : undefined;
}

/**
 * The number within a number whose country code was put there twice, such as `+49 49151…` or `0 49151…`. Where lengths vary, that
 * passes for a national number of unheard-of length as well.
 */
function withinDoubled(found: PhoneNumber): PhoneNumber | undefined {
  const { nationalNumber, countryCallingCode } = found;
  if (nationalNumber.length < LONG_MOBILE || !nationalNumber.startsWith(countryCallingCode)) return undefined;
  const inner = internationalNumber(nationalNumber);
  return inner !== undefined && isMobile(inner) && !isMobile(found) ? inner : undefined;
}

function distinct(numbers: readonly PhoneNumber[]): PhoneNumber[] {
  return numbers.filter((one, index) => numbers.findIndex((other) => other.number === one.number) === index);
}
