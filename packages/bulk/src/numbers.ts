import type { CountryCode } from 'libphonenumber-js/max';
import { isSupportedCountry, parsePhoneNumberFromString as parsePhoneNumber } from 'libphonenumber-js/max';
import type { NumberStyle } from './creators.js';
import { BulkError } from './errors.js';

/** A number that can be called. */
export interface KnownNumber {
  /**
   * The same for every way to write the number: the digits of its E.164 form as an integer. There are 15 at most, so a
   * number holds them exactly.
   */
  readonly key: number;
  /** As it is written in a request. */
  readonly written: string;
}

/** More digits than E.164 allows. */
const MAX_DIGITS = 15;

/** The common forms of a Chinese mobile number, which the library would take 40 times as long to read. */
const CHINESE_MOBILE = /^(?:(\+86)|(0086)|86)?(1[3-9]\d{9})$/;

const UNASKED = 0;
const VALID = 1;
const INVALID = 2;

/**
 * Reads numbers as libphonenumber does. For mobile numbers of China it asks the library once for each prefix of six digits:
 * no rule of the library looks at the last five.
 */
export class NumberReader {
  readonly #country: CountryCode | undefined;
  readonly #style: NumberStyle;
  readonly #prefixes = new Uint8Array(100_000);

  /**
   * @param country two letters, such as CN: what a number without country code belongs to. Without it, such numbers are not
   * known
   * @throws BulkError if the library does not know the country
   */
  constructor(country: string | undefined, style: NumberStyle) {
    if (country !== undefined && !isSupportedCountry(country)) {
      throw new BulkError('InvalidTemplate', '"numbers.country" must be two letters, such as CN.');
    }
    this.#country = country;
    this.#style = style;
  }

  /** The number that a text stands for; undefined if it stands for none that can be called. */
  read(text: string): KnownNumber | undefined {
    const given = text.trim().replace(/^tel:/i, '');
    return this.#readChineseMobile(given) ?? this.#ask(given);
  }

  #readChineseMobile(text: string): KnownNumber | undefined {
    const match = CHINESE_MOBILE.exec(text);
    if (match === null) return undefined;
    const [, plus, zeros, national] = match;
    // What 00 and a number without + mean depends on the country.
    const isChinese = plus !== undefined || this.#country === 'CN';
    if (!isChinese && !(zeros !== undefined && this.#country === undefined)) return undefined;
    const prefix = Number(national!.slice(1, 6));
    if (this.#prefixes[prefix] === UNASKED) {
      this.#prefixes[prefix] = parsePhoneNumber(`+86${national}`)?.isValid() === true ? VALID : INVALID;
    }
    if (this.#prefixes[prefix] === INVALID) return undefined;
    return { key: Number(`86${national}`), written: this.#write(text, `86${national}`, () => national!) };
  }

  #ask(text: string): KnownNumber | undefined {
    // A longer text is none, and would take the library long.
    if (text.length > 64) return undefined;
    const international = this.#country === undefined ? text.replace(/^00/, '+') : text;
    const options = { extract: false, ...(this.#country && { defaultCountry: this.#country }) };
    const found = parsePhoneNumber(international, options);
    if (found === undefined || found.ext !== undefined || !found.isValid()) return undefined;
    const digits = found.number.slice(1);
    if (digits.length > MAX_DIGITS) return undefined;
    const national = () => found.formatNational().replaceAll(/\D/g, '');
    return { key: Number(digits), written: this.#write(text, digits, national) };
  }

  #write(text: string, digits: string, national: () => string): string {
    switch (this.#style) {
      case '+':
        return `+${digits}`;
      case '00':
        return `00${digits}`;
      case 'national':
        return national();
      case 'as-given':
        return text;
    }
  }
}

/** A number of which the last four digits may be seen by the person at the terminal. */
export function maskNumber(text: string): string {
  const shown = shownText(text.slice(-4));
  return text.length <= 6 ? '•'.repeat(text.length) : '•'.repeat(text.length - 4) + shown;
}

/** A text of a list as a terminal may show it: control characters would move its cursor, or do worse. */
export function shownText(text: string): string {
  return text.replaceAll(/\p{C}|[\u2028\u2029]/gu, '\ufffd');
}
