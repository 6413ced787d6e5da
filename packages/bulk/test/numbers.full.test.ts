import fc from 'fast-check';
import type { CountryCode } from 'libphonenumber-js/max';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/metadata.max.json';
import { expect, test } from 'vitest';
import { NumberReader } from '../src/numbers/index.js';
import { cell } from '../src/cli/csv-cell.js';
import { COUNTRIES, internationalForms, isMeant, nationalForms, personReads } from './number-forms.js';
import {
  internationalIsRead,
  nonsenseIsRefused,
  ownIsRead,
  read,
  readerOf,
  writtenIsRead,
} from './number-properties.js';

const MINUTES = 60_000;

/** How many examples of each property are tried; `NUMBER_RUNS=20000` tries eight times as many. */
const RUNS = Number(process.env['NUMBER_RUNS'] ?? 2_500);

test(
  'in every country, with + and with 00, numbers of every country are read',
  { timeout: 10 * MINUTES },
  () => internationalIsRead(COUNTRIES, 1),
);
test(
  'in every country, without country code, and with it but without +, own numbers are read',
  () => ownIsRead(COUNTRIES),
  MINUTES,
);
test(
  'in every country, what a person would not take for a number is refused',
  () => nonsenseIsRefused(COUNTRIES),
  MINUTES,
);
test(
  'in every country, what is written is read as the same number, in every style',
  () => writtenIsRead(COUNTRIES, 0.07),
  10 * MINUTES,
);

test(
  'the digits of a mobile number of China with its 86 are a number of no other country but Germany',
  () => {
    const digits = Array.from({ length: 70 }, (_, index) => `86${130 + index}00000000`);
    const read = new Set(
      COUNTRIES.flatMap(({ country }) => {
        const reader = new NumberReader(country, '+');
        return digits.flatMap((text) => reader.readAll(text).map(({ written }) => written.slice(0, 5)));
      }),
    );
    expect([...read].filter((start) => !/^\+(861|4986)/.test(start))).toEqual([]);
    expect(read).toContain('+4986');
  },
  MINUTES,
);

/** The patterns of the numbers of each country, of every type that the library knows. */
const PATTERNS = COUNTRIES.flatMap(({ country, code }) => {
  const known = (metadata.countries as unknown as Record<string, unknown[]>)[country]!;
  const types = (known[11] ?? []) as ([string] | 0 | undefined)[];
  const patterns = types.flatMap((type) => (Array.isArray(type) && type[0] ? [type[0]] : []));
  return (patterns.length > 0 ? patterns : [known[2] as string]).map((pattern) => ({
    country,
    code,
    pattern,
  }));
});

const made = new Map<string, fc.Arbitrary<string>>();

/** Any text that a pattern matches. To make what draws it takes longer than many draws. */
function anyMatch(pattern: string): fc.Arbitrary<string> {
  const known = made.get(pattern) ?? fc.stringMatching(new RegExp(`^(?:${pattern})$`));
  made.set(pattern, known);
  return known;
}

/** Any number of any country and type, by its digits with the country code. */
const anyNumber = fc.constantFrom(...PATTERNS).chain(({ country, code, pattern }) =>
  anyMatch(pattern)
    .map((own) => ({ country, code, own, digits: `${code}${own}` }))
    .filter(({ digits }) => digits.length <= 15),
);
const anyHome = fc.constantFrom(...COUNTRIES.map(({ country }) => country));

const exists = (digits: string) => {
  const found = parsePhoneNumberFromString(`+${digits}`, { extract: false });
  return found?.isValid() === true && found.number === `+${digits}`;
};

test(
  'any number of any type, with + and with 00, is that number in every country',
  { timeout: 10 * MINUTES },
  () => {
    fc.assert(
      fc.property(anyNumber, anyHome, fc.nat(), ({ digits, code }, home, which) => {
        fc.pre(exists(digits));
        const forms = internationalForms(digits, code);
        const text = forms[which % forms.length]!;
        expect([home, text, read(home, text)]).toEqual([home, text, digits]);
      }),
      { numRuns: RUNS, seed: 1 },
    );
  },
);

test(
  'any number of any type, as its country writes it or without the +, is that number or none',
  { timeout: 10 * MINUTES },
  () => {
    fc.assert(
      fc.property(anyNumber, fc.nat(), ({ country, own, digits }, which) => {
        fc.pre(exists(digits));
        const national = parsePhoneNumberFromString(`+${digits}`)!.formatNational().replaceAll(/\D/g, '');
        // Gabon has numbers with a 0 and without it, and writes both with one.
        const forms = [own, digits, ...(country === 'GA' ? [] : [national])].flatMap(nationalForms);
        const text = forms[which % forms.length]!;
        // What begins with 00 has a country code, also where a national number can begin so.
        fc.pre(!text.normalize('NFKC').replaceAll(/\D/g, '').startsWith('00'));
        const reading = read(country, text);
        if (/^\d/.test(reading)) expect([country, text, reading]).toEqual([country, text, digits]);
      }),
      { numRuns: RUNS, seed: 2 },
    );
  },
);

test(
  'any number of any type, in every style and country, is read again as it was written, also from a report',
  { timeout: 10 * MINUTES },
  () => {
    const readers = new Map<string, NumberReader>();
    const styles = ['+', '00', 'national', 'as-given'] as const;
    fc.assert(
      fc.property(
        anyNumber,
        anyHome,
        fc.constantFrom(...styles),
        fc.boolean(),
        fc.nat(),
        (number, any, style, isHome, which) => {
          fc.pre(exists(number.digits));
          const home = isHome ? number.country : any;
          const reader = readers.get(home + style) ?? new NumberReader(home, style);
          readers.set(home + style, reader);
          const forms = internationalForms(number.digits, number.code);
          const known = reader.read(forms[which % forms.length]!)!;
          for (const text of [known.written, uncsv(cell(known.written))])
            expect([home, style, text, reader.read(text)]).toEqual([home, style, text, known]);
        },
      ),
      { numRuns: RUNS, seed: 3 },
    );
  },
);

/** A cell of a CSV file as a reader of CSV has it. */
function uncsv(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
}

/** A text with a number in it, and now and then something else, anywhere. */
const anyText = fc
  .tuple(
    anyNumber,
    fc.nat(),
    fc.array(
      fc.tuple(
        fc.nat(40),
        fc.constantFrom(
          '0',
          '1',
          '+',
          '-',
          '.',
          '.0',
          '(',
          ')',
          ' ',
          '/',
          ',',
          ';',
          'E',
          'x',
          '8',
          '\u202c',
          '\uff0b',
          "'",
        ),
      ),
      { maxLength: 3 },
    ),
  )
  .map(([{ digits, own, code, country }, which, changes]) => {
    const forms = [...internationalForms(digits, code), ...nationalForms(own), ...nationalForms(digits)];
    let text = forms[which % forms.length]!;
    for (const [at, what] of changes) {
      const place = at % (text.length + 1);
      text = text.slice(0, place) + what + text.slice(place);
    }
    return { text, country };
  });

test('whatever the text, it is read as a person reads it, or not at all', { timeout: 10 * MINUTES }, () => {
  let read = 0;
  fc.assert(
    fc.property(anyText, anyHome, fc.boolean(), ({ text, country }, any, isHome) => {
      const home: CountryCode = isHome ? country : any;
      const known = readerOf(home).read(text);
      if (known === undefined) return;
      read++;
      const meant = personReads(text);
      expect([
        home,
        text,
        meant === undefined ? 'not one number' : isMeant(String(known.key), meant, home),
      ]).toEqual([home, text, true]);
    }),
    { numRuns: 3 * RUNS, seed: 4 },
  );
  expect(read).toBeGreaterThan(RUNS / 4);
});
