import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import {
  Metadata,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString as parse,
} from 'libphonenumber-js/max';

/** More digits than E.164 allows. */
const MAX_DIGITS = 15;

/** The number that digits with a country code make; undefined if there is no such number. */
export function internationalNumber(digits: string): PhoneNumber | undefined {
  return valid(parse(`+${digits}`, { extract: false }));
}

/** The country code of a country that the library knows, such as 86. */
export function callingCodeOf(country: string | undefined): string | undefined {
  return country !== undefined && isSupportedCountry(country) ? getCountryCallingCode(country) : undefined;
}

/** Whether a number is a mobile number for all that is known: some countries do not tell them from others. */
export function isMobile(number: PhoneNumber): boolean {
  const type = number.getType();
  return type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE';
}

/**
 * Whether no number of any country begins so. Else digits after 00 with a mistake in them could be taken for a number of another
 * country: in Hong Kong, where 008 begins a call abroad, 0086… would be one of Australia.
 */
function hasNoCountryCode(digits: string): boolean {
  return /^1[01]/.test(digits) || parse(`+${digits}`, { extract: false }) === undefined;
}

/** A number with a carrier's code before it is not taken: in China, such codes make numbers of long ids. */
function valid(found: PhoneNumber | undefined): PhoneNumber | undefined {
  const isNumber = found !== undefined && found.carrierCode === undefined && found.isValid();
  return isNumber && found.number.length <= MAX_DIGITS + 1 ? found : undefined;
}

/**
 * How numbers are written in one country. Each way is asked for on its own, since the library takes the first that fits, and
 * digits can fit several.
 */
export class NumberingPlan {
  readonly country: CountryCode;
  readonly #code: string;
  /** The code for a call abroad, as the library knows it: often a pattern for those of all carriers. */
  readonly #exitCode: RegExp;
  readonly #isOnlyExitCode: boolean;

  constructor(country: CountryCode) {
    this.country = country;
    this.#code = getCountryCallingCode(country);
    const metadata = new Metadata();
    metadata.selectNumberingPlan(country);
    const pattern = metadata.numberingPlan!.IDDPrefix();
    this.#exitCode = new RegExp(`^(?:${pattern})`);
    this.#isOnlyExitCode = /^\d{3,}$/.test(pattern);
  }

  /** Digits as a number of the country, with the prefix before its area code or without. */
  national(digits: string): PhoneNumber | undefined {
    // The library would take what begins like a call abroad for one, whatever follows.
    const text = this.#exitCode.test(digits) ? `+${this.#code}${digits}` : digits;
    const found = valid(parse(text, { extract: false, defaultCountry: this.country }));
    return found?.countryCallingCode === this.#code ? found : undefined;
  }

  /**
   * Digits that begin with the code of the country as such a number. Where the code is 1, that is how people write a national
   * number, too.
   */
  withOwnCode(digits: string): PhoneNumber | undefined {
    return this.#code !== '1' && digits.startsWith(this.#code) ? internationalNumber(digits) : undefined;
  }

  /** Digits that begin with the country's own code for a call abroad, if nothing else can be meant by it. */
  abroad(digits: string): PhoneNumber | undefined {
    const code = this.#exitCode.exec(digits)?.[0];
    if (code === undefined) return undefined;
    // A pattern such as `0` or `0[0-3]\d` also fits national numbers, and many of other countries.
    const isCertain = code.startsWith('00') ? hasNoCountryCode(digits.slice(2)) : this.#isOnlyExitCode;
    return isCertain ? internationalNumber(digits.slice(code.length)) : undefined;
  }

  /** Whether digits lack the prefix with which the number is written in the country. */
  lacksPrefix(number: PhoneNumber, digits: string): boolean {
    const written = number.formatNational().replaceAll(/\D/g, '');
    return written !== digits && written.endsWith(digits);
  }
}
