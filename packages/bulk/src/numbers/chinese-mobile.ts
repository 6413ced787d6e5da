import type { PhoneNumber } from 'libphonenumber-js/max';
import type { Notation } from './notation.js';
import type { NumberText } from './number-text.js';
import { internationalNumber } from './numbering-plan.js';

/** Mobile numbers of China, which the library would take 40 times as long to read. */
export const CHINESE_MOBILE = /^(0086|86)?(1[3-9]\d{9})$/;

/**
 * The one country where the 13 digits of a Chinese mobile number with its 86 also pass for a national number: area codes and
 * lengths vary in Germany.
 */
const GERMANY = '49';

const UNASKED = 0;
const VALID = 1;
const INVALID = 2;

/** What the library says of mobile numbers of China, for each prefix: no rule of it looks at the last five digits. */
const prefixes = new Uint8Array(100_000);

/** Whether a text is a mobile number with its country code, but without + or 00. */
export function lacksPlus({ digits, hasPlus }: NumberText): boolean {
  const [, code, national = ''] = CHINESE_MOBILE.exec(digits) ?? [];
  return !hasPlus && code === '86' && isAssigned(national);
}

/** Whether a mobile number without its country code exists. */
export function isAssigned(chineseMobile: string): boolean {
  const prefix = Number(chineseMobile.slice(1, 6));
  if (prefixes[prefix] === UNASKED)
    prefixes[prefix] = internationalNumber(`86${chineseMobile}`) === undefined ? INVALID : VALID;
  return prefixes[prefix] === VALID;
}

/** What the digits of such a text would be in Germany. */
export function asGerman({ digits }: NumberText): PhoneNumber | undefined {
  return internationalNumber(`${GERMANY}${digits}`);
}

/** How such a number is written, by the code before it. */
export function notationOf(code: string | undefined, hasPlus: boolean): Notation {
  if (hasPlus) return 'international';
  if (code === '0086') return 'exit-code';
  return code === '86' ? 'country-code-without-plus' : 'national';
}
