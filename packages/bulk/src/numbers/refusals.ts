/** Why a text is not a number that can be called. */
export type Refusal =
  /** There is nothing in it. */
  | 'empty'
  /** It has characters that no number is written with, or has them where they do not belong. */
  | 'characters'
  /** Such as `8.61301E+12`. */
  | 'scientific-notation'
  /** More than one number. */
  | 'several-numbers'
  /** An amount with decimals or thousands, or a date. */
  | 'amount-or-date'
  /** A number with an extension, which the service cannot dial. */
  | 'extension'
  /** Two numbers can be meant, such as if the country code is there twice. */
  | 'ambiguous'
  /** No country code, and it is a number of another country only with one. */
  | 'no-country-code'
  /** There is no such number in its country. */
  | 'no-such-number';

/** What is wrong, and what to do about it. */
export const REFUSALS: Readonly<Record<Refusal, string>> = {
  empty: 'there is no number',
  characters:
    'it has characters that numbers do not have, or has them in the wrong place; give digits, with one + before them if the country code is there',
  'scientific-notation':
    'a spreadsheet wrote it in scientific notation, which loses digits; format the column as text in the file that still has them, and export it again',
  'several-numbers': 'there is more than one number; give each its own line',
  'amount-or-date': 'it reads as an amount or a date; check which column has the phone numbers',
  extension:
    'it has an extension, which the service cannot dial; to call the number without it, set numbers.extensions to "drop" in the template',
  ambiguous: 'it could mean two numbers; write it with one + and the country code once',
  'no-country-code':
    'it has no country code, and is a number only with a + before it; write it with + and the country code, or state the country of the list as numbers.country in the template',
  'no-such-number': 'there is no such number in its country: digits are missing, too many, or wrong',
};

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'string';
}
