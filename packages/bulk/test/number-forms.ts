import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import { getCountries, getCountryCallingCode, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/examples.mobile.json';

export interface Country {
  readonly country: CountryCode;
  readonly code: string;
  /** The mobile number that the library has as an example. */
  readonly example: PhoneNumber;
}

/** All countries of the library. */
export const COUNTRIES: readonly Country[] = getCountries().map((country) => {
  const example = getExampleNumber(country, examples)!;
  return { country, code: getCountryCallingCode(country), example };
});

/** Ways to write the same number with its country code; the digits begin with the code. */
export function internationalForms(digits: string, code: string): string[] {
  const rest = digits.slice(code.length);
  const groups = [code, ...pieces(rest)];
  return [
    `+${digits}`,
    `00${digits}`,
    `\uff0b${digits}`,
    fullWidth(`+${digits}`),
    fullWidth(`00${digits}`),
    `+${groups.join(' ')}`,
    `00${groups.join('-')}`,
    `+${groups.join('.')}`,
    `00 ${groups.join(' ')}`,
    `(+${code})${rest}`,
    `(00${code}) ${rest}`,
    `+(${code})${rest}`,
    `+ ${digits}`,
    `+${groups.join(' - ')}`,
    `="00${digits}"`,
    `="+${digits}"`,
    `'+${digits}`,
    `'00${digits}`,
    ` +${digits}\t`,
    `+${digits}\n`,
    `\u202a+${digits}\u202c`,
    `\u202d00${digits}\u202c`,
    `\u2066+${digits}\u2069`,
    `\u200e+${digits}`,
    `+${digits}.0`,
    `00${digits}.00`,
    `+${digits}.000000`,
    `tel:+${digits}`,
    `+${groups.join('\u00a0')}`,
    `+${groups.join('\u2011')}`,
    `+${groups.join('\u3000')}`,
  ];
}

/** Ways to write digits that do not say which country they belong to. */
export function nationalForms(digits: string): string[] {
  const groups = pieces(digits);
  return [
    digits,
    fullWidth(digits),
    groups.join(' '),
    groups.join('-'),
    `="${digits}"`,
    `'${digits}`,
    `\u202d${digits}\u202c`,
    `\u2068${digits}\u2069`,
    ` ${digits} `,
    `${digits}.0`,
    `${digits}.00`,
    // Shorter ones are written like amounts.
    ...(digits.length < 7 ? [] : [groups.join('.'), `${digits}.000000`]),
  ];
}

/** Texts that a person does not take for the number in them. */
export function noForms(digits: string): string[] {
  return [
    `${digits}/8`,
    `${digits}…/95`,
    `${digits},1`,
    `${digits};13912345678`,
    `${digits}/13912345678`,
    `${digits}x801`,
    `x${digits}`,
    `${digits} x801`,
    `${digits} ext. 8`,
    `${digits}转801`,
    `${digits}#8`,
    `${digits[0]}.${digits.slice(1)}E${digits.length - 1}`,
    '8.61301E+12',
    `${digits.slice(0, 3)}E+10`,
    `${digits}.5`,
    `${digits}.05`,
    `${digits}.10`,
    `-${digits}`,
    `${digits}-`,
    `${digits}.`,
    `.${digits}`,
    `${digits}+`,
    `+${digits}+86`,
    `++${digits}`,
    `+-${digits}`,
    `${digits}(1)`,
    `(${digits}`,
    `${digits})`,
    `call ${digits}`,
    `${digits} (home)`,
    `${digits}*`,
    `=${digits}`,
    `["${digits}"]`,
    `['${digits}']`,
    `{"n":${digits}}`,
    `${digits}\n${digits}`,
    `${digits},${digits}`,
    `${digits}\u202e${digits}`,
    `¥${digits}`,
    `${digits}.0.0`,
    `${digits}.0.`,
    `${digits},0`,
    `"${digits}`,
    `${digits}"`,
    `O${digits}`,
    `${digits}l`,
  ];
}

function pieces(digits: string): string[] {
  return digits.match(/.{1,4}(?=.{3}|$)|.+$/g) ?? [];
}

function fullWidth(text: string): string {
  return text.replaceAll(/[+\d]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
}

/** A text as a person reads it: with a country code or without, and the digits; undefined if it is not one number. */
export interface PersonsReading {
  isInternational: boolean;
  digits: string;
}

/**
 * What a person makes of a text, written down without a look at what the package does: a list of the forms that there are, each
 * as a whole.
 */
export function personReads(text: string): PersonsReading | undefined {
  const bare = text
    .normalize('NFKC')
    .replaceAll(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, ' ')
    .trim()
    .replace(/^'/, '')
    .replace(/^tel: */i, '')
    .replace(/^="(.*)"$/, '$1')
    .trim()
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-');
  const whole = /^([^.]*\d[^.]*)\.0+$/.exec(bare)?.[1] ?? bare;
  if (!/\d$/.test(whole)) return undefined;
  // Brackets go around what is dialled first; between groups of digits there is one sign at most.
  const flat = whole
    .replaceAll(/\( ?(\+?\d[\d -]*) ?\)/g, ' $1 ')
    .replaceAll(/ +/g, ' ')
    .trim();
  const groups = flat.replace(/^\+ ?/, '').split(/ ?[-.] ?| /);
  if (!groups.every((group) => /^\d+$/.test(group))) return undefined;
  const digits = whole.replaceAll(/\D/g, '');
  return { isInternational: whole.includes('+'), digits };
}

/**
 * Whether a number can be what a person has written: its last digits are those of the text, and before them the text has only
 * what is dialled to reach the country or the area. The digits that a country needs in between are the exception: Argentina's 9,
 * and the area code of a country that has only one.
 */
export function isMeant(
  number: string,
  { isInternational, digits }: PersonsReading,
  home?: CountryCode,
): boolean {
  const codes = COUNTRIES.map(({ code }) => code).filter((code) => number.startsWith(code));
  return codes.some((code) => {
    const own = number.slice(code.length);
    if (code === '54' && digits.endsWith(own.slice(-6))) return true;
    const before = digits.endsWith(own)
      ? digits.slice(0, -own.length)
      : own.endsWith(digits)
        ? ''
        : undefined;
    if (before === undefined) return false;
    const withCode = new RegExp(
      `^(?:${isInternational ? '' : '|00|0\\d{2,5}|810|119'})${code}(?:0|1|8|06|80)?$`,
    );
    const isHome = home !== undefined && code === getCountryCallingCode(home);
    return withCode.test(before) || (isHome && !isInternational && /^(?:0|1|8|06|80|90)?$/.test(before));
  });
}
