import type { CountryCode } from 'libphonenumber-js/max';
import { expect } from 'vitest';
import { NumberReader, isRefusal } from '../src/numbers/index.js';
import type { Country } from './number-forms.js';
import { COUNTRIES, internationalForms, nationalForms, noForms } from './number-forms.js';
import { seededRandom } from './support.js';

const readers = new Map<CountryCode | undefined, NumberReader>();

export function readerOf(country: CountryCode | undefined): NumberReader {
  const reader = readers.get(country) ?? new NumberReader(country, '+');
  readers.set(country, reader);
  return reader;
}

/** What the reader of a country makes of a text: the digits of the number, or why it is not one. */
export function read(country: CountryCode | undefined, text: string): string {
  const reading = readerOf(country).judge(text);
  return isRefusal(reading) ? reading : reading.number.written.slice(1);
}

/** Sees that a text was taken for what it is. Only what is wrong is told to vitest, which takes longer than to read a number. */
function isRead(home: string, text: string, reading: unknown, meant: unknown): void {
  if (reading !== meant) expect([home, text, reading]).toEqual([home, text, meant]);
}

/** Reads the example of a share of all countries in each of the homes with 00, and every third also with + and in one more form. */
export function internationalIsRead(homes: readonly Country[], share: number): void {
  const random = seededRandom(7);
  for (const { country: home } of homes) {
    for (const { code, example } of COUNTRIES.filter(() => random() < share)) {
      const digits = example.number.slice(1);
      isRead(home, `00${digits}`, read(home, `00${digits}`), digits);
      if (random() > 1 / 3) continue;
      const forms = internationalForms(digits, code);
      const form = forms[Math.floor(random() * forms.length)]!;
      for (const text of [`+${digits}`, form]) isRead(home, text, read(home, text), digits);
    }
  }
}

/** Reads the example of each of the homes as people write it there, and with the country code but without the +. */
export function ownIsRead(homes: readonly Country[]): void {
  for (const { country, example } of homes) {
    const digits = example.number.slice(1);
    const national = example.formatNational();
    const forms = [national, ...nationalForms(national.replaceAll(/\D/g, '')), ...nationalForms(digits)];
    for (const text of forms) isRead(country, text, read(country, text), digits);
  }
}

/** Sees that the example of each of the homes is refused with something more around it. */
export function nonsenseIsRefused(homes: readonly Country[]): void {
  for (const { country, example } of homes) {
    const digits = example.number.slice(1);
    const national = example.formatNational().replaceAll(/\D/g, '');
    for (const text of [...noForms(national), ...noForms(digits), ...noForms(`00${digits}`)])
      isRead(country, text, readerOf(country).read(text), undefined);
  }
}

/** Sees that what each of the homes writes is read there as the same number. */
export function writtenIsRead(homes: readonly Country[], share: number): void {
  const random = seededRandom(3);
  for (const { country } of homes) {
    for (const style of ['+', '00', 'national', 'as-given'] as const) {
      const reader = new NumberReader(country, style);
      for (const { example } of COUNTRIES.filter((one) => one.country === country || random() < share)) {
        const known = reader.read(example.formatInternational())!;
        const again = reader.read(known.written);
        isRead(
          country,
          `${known.written}, ${style}`,
          `${again?.key} ${again?.written}`,
          `${known.key} ${known.written}`,
        );
      }
    }
  }
}
