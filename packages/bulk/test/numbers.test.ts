import fc from 'fast-check';
import type { CountryCode } from 'libphonenumber-js/max';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, test } from 'vitest';
import { NumberReader, REFUSALS, maskDigits, maskNumber } from '../src/numbers/index.js';
import { COUNTRIES } from './number-forms.js';
import {
  internationalIsRead,
  nonsenseIsRefused,
  ownIsRead,
  read,
  readerOf,
  writtenIsRead,
} from './number-properties.js';
import { numberOf, seededRandom } from './support.js';

/** Countries with something of their own: codes for calls abroad, lengths that vary, area codes that begin like the country's. */
const SOME = new Set([
  'AR',
  'AU',
  'BR',
  'CN',
  'DE',
  'GG',
  'HK',
  'ID',
  'IT',
  'JP',
  'KH',
  'KR',
  'RU',
  'SG',
  'TH',
  'TW',
  'US',
  'XK',
]);
const homes = COUNTRIES.filter(({ country }) => SOME.has(country));

describe('in countries that differ most; all of them take longer', () => {
  test('with + and with 00, numbers of every country are read', () => internationalIsRead(homes, 0.05));
  test('without country code, and with it but without +, own numbers are read', () => ownIsRead(homes));
  test('what a person would not take for a number is refused', () => nonsenseIsRefused(homes));
  test('what is written is read as the same number, in every style', () => writtenIsRead(homes, 0.02));
});

describe('one number, however it is written', () => {
  test.each([
    '+8613800138000',
    '0086 138-0013-8000',
    '8613800138000',
    '13800138000',
    '013800138000',
    '１３８００１３８０００',
    ' +86 138 0013 8000 ',
    'tel:+8613800138000',
    '="008613800138000"',
    "'13800138000",
    '(+86)13800138000',
    '\u202a13800138000\u202c',
    '\uff0b8613800138000',
    '13800138000.0',
    '138.0013.8000',
    '+86 (0)138 0013 8000',
    '（+86）138－0013－8000',
    '١٣٨٠٠١٣٨٠٠٠',
  ])('%s', (text) => {
    const known = { key: 8613800138000, written: '008613800138000' };
    expect(new NumberReader('CN', '00').read(text)).toEqual(known);
  });

  test.each([
    ['HK', '008613012345678', '8613012345678'],
    // Hong Kong: 001 begins a call abroad, and so does 008; but a mistake after 00 must not make a number of it.
    ['HK', '001 44 7911 123456', 'no-such-number'],
    ['HK', '0086 1380013800', 'no-such-number'],
    ['KR', '002-86-130-1234-5678', '8613012345678'],
    ['BR', '0055 1 212 555 0101', 'no-such-number'],
    ['JP', '010 86 130 1234 5678', '8613012345678'],
    ['US', '011 86 130 1234 5678', '8613012345678'],
    ['RU', '8~10', 'characters'],
    ['RU', '8 10 86 130 1234 5678', '8613012345678'],
    ['AU', '0011 86 130 1234 5678', '8613012345678'],
    // A single 0 begins a call abroad in Samoa, and a national number in most other countries.
    ['WS', '0 1 212 555 0101', 'no-such-number'],
    ['CN', '011 44 7911 123456', 'no-such-number'],
  ] as const)('in %s, %s is %s', (country, text, digits) => {
    expect(read(country, text)).toBe(digits);
  });
});

describe('the groups of a number say what its digits do not', () => {
  test.each([
    ['CN', '1-310-555-0101', 'ambiguous'],
    ['CN', '1 (310) 555-0101', 'ambiguous'],
    ['CN', '(310) 555-0101', 'ambiguous'],
    ['CN', '310.555.0101', 'ambiguous'],
    ['CN', '+1 310-555-0101', '13105550101'],
    ['CN', '131 0555 0101', '8613105550101'],
    ['CN', '13105550101', '8613105550101'],
    ['CN', '1 391 234 5678', '8613912345678'],
    ['CN', '310 5550101', '863105550101'],
    ['TR', '(212) 555-0101', '902125550101'],
    ['CN', '0851-8222222-8', 'ambiguous'],
    ['CN', '+86 851 8222222 8', 'ambiguous'],
    ['CN', '0851-82222228', '8685182222228'],
    ['CN', '0851-8222-2228', '8685182222228'],
    ['ID', '021-8312345-6', 'ambiguous'],
    ['ID', '0812-3456-789', '628123456789'],
    ['DE', '030 1234567-0', '493012345670'],
    ['AT', '+43 1 534530-12', '43153453012'],
  ] as const)('in %s, %s is %s', (country, text, digits) => {
    expect(read(country, text)).toBe(digits);
  });

  test('a mobile number of Argentina is the same phone with the 9 of calls from abroad and without', () => {
    const argentina = new NumberReader('AR', '+');
    const forms = [
      '+54 9 11 2345 6789',
      '011 15-2345-6789',
      '11 2345 6789',
      '+54 11 2345 6789',
      '5491123456789',
    ];
    expect(new Set(forms.map((text) => argentina.read(text)?.key))).toEqual(new Set([541123456789]));
    expect(argentina.read('9 11 2345 6789')?.written).toBe('+5491123456789');
  });

  test('of people who must not be called, every one that can be meant counts, and an extension makes none', () => {
    const all = (text: string) => new NumberReader('CN', '+').readAll(text).map(({ written }) => written);
    expect(all('1-310-555-0101').toSorted()).toEqual(['+13105550101', '+8613105550101']);
    expect(all('(310) 555-0101').toSorted()).toEqual(['+13105550101', '+863105550101']);
    expect(all('0851-8222222-8')).toEqual([]);
  });
});

describe('not a number, and never another one', () => {
  test.each([
    '',
    '.',
    '+',
    'abc',
    '95588',
    '12345',
    '1380013800',
    '138001380000',
    'call 13800138000 now',
    '+86 138 0013 8000 ext. 8',
    '+999123456789',
    '15400000000',
    `${' '.repeat(99)}1 2`,
    '138\u202e00138000',
    '13800138000 13900139000',
    '1213113800138000',
  ])('%s', (text) => {
    expect(new NumberReader('CN', '00').read(text)).toBeUndefined();
  });

  test.each([
    ['8.61301E+12', 'scientific-notation'],
    ['1.3012345678E10', 'scientific-notation'],
    ['13012345678;13912345678', 'several-numbers'],
    ['13412345678/13512345678', 'several-numbers'],
    ['13412345678、13512345678', 'several-numbers'],
    ['13012345678,1', 'characters'],
    ['138001(38)000', 'characters'],
    ['138(-0)0138000', 'characters'],
    ['+86 10 8888 8888 转 801', 'extension'],
    ['1234567.89', 'amount-or-date'],
    ['13012345678. 0', 'amount-or-date'],
    ['13012345678.0 0', 'amount-or-date'],
    ['1.234.567', 'amount-or-date'],
    ['2026-11-28', 'amount-or-date'],
    ['28.11.2026', 'amount-or-date'],
    ['85251234567', 'no-country-code'],
    ['1301234567', 'no-such-number'],
    [' \u202a\u202c ', 'empty'],
  ])('%s: %s', (text, why) => {
    expect(read('CN', text)).toBe(why);
    expect(REFUSALS[why as keyof typeof REFUSALS]).not.toBe('');
  });

  test('the number of a row before it is no part of it', () => {
    for (const text of ['5. 15123456789', '12. 015123456789', '1. +4915123456789'])
      expect([text, read('DE', text)]).toEqual([text, 'characters']);
    for (const text of ['1. 13012345678', '1 13012345678', '1-13012345678', '1.13012345678'])
      expect([text, readerOf('CN').readAll(text)]).toEqual([text, []]);
    expect(read('DE', '01. 51 23 45 67 89')).toMatch(/^49/);
  });

  test('three decimals are no group of a number', () => {
    expect(read('DE', '15123456.789')).toBe('amount-or-date');
    expect(read('DE', '0151.23456.789')).toBe('4915123456789');
  });

  test('two short numbers in one cell are not a long one', () => {
    for (const between of [' ', '-', ' - ', '.', '/'])
      expect(read('DE', `642703${between}642704`)).toBe('several-numbers');
    expect(read('DE', '030 123456-123')).toBe('4930123456123');
    expect(read('DE', '06427 036427')).toBe('496427036427');
  });

  test('where two numbers can be meant, neither is called', () => {
    // +49 32 2216933 without the +, or 04932 2216933 whose 0 a spreadsheet has taken off.
    expect(read('DE', '49322216933')).toBe('ambiguous');
    expect(read('DE', '049322216933')).toBe('4949322216933');
    expect(read('DE', '+49322216933')).toBe('49322216933');
  });

  test.each([
    ['DE', ['+494915123456789', '04915123456789', '(0)49 151 23456789', '0049 4915123456789']],
    ['ID', ['+6262812345678', '062812345678', '6262812345678']],
    ['XK', ['+38338343201234', '038343201234']],
  ] as const)('a country code that is there twice is no part of the number: %s', (country, texts) => {
    for (const text of texts) {
      expect([text, read(country, text)]).toEqual([text, 'ambiguous']);
      // A number on the do-not-call list is not called in either case.
      expect(readerOf(country).readAll(text)).toHaveLength(2);
    }
    // Area codes that begin like the country code.
    expect(read('DE', '0491 5123456')).toBe('494915123456');
    expect(read('ID', '0628 20345')).toBe('6262820345');
  });

  test('a number of another country is not taken for one of this country', () => {
    expect(read('US', '13800138000')).toBe('no-such-number');
    expect(read('US', '(212) 555-0123')).toBe('12125550123');
    for (const plus of ['+', '\uff0b']) expect(read('CN', `${plus}13105550101`)).toBe('13105550101');
  });
});

test('without a country, only numbers with a country code are known', () => {
  for (const text of ['13800138000', '8613800138000']) expect(read(undefined, text)).toBe('no-country-code');
  for (const text of ['+8613800138000', '008613800138000'])
    expect(read(undefined, text)).toBe('8613800138000');
  expect(read(undefined, '0065 6123 4567')).toBe('6561234567');
});

test('an extension is dropped only if the template says so', () => {
  const reader = new NumberReader('CN', '00', { dropExtensions: true });
  for (const extension of [' ext. 801', 'x801', '转801', '-分机 801', ';ext=801', ', ext 801', '#801']) {
    const text = `010-88888888${extension}`;
    const expected = extension.startsWith('-') ? undefined : '00861088888888';
    expect([text, reader.read(text)?.written]).toEqual([text, expected]);
    expect(read('CN', text)).toBe(extension.startsWith('-') ? 'characters' : 'extension');
  }
  for (const text of ['x801', '13012345678;13912345678']) expect(reader.read(text)).toBeUndefined();
});

describe('how a number is written', () => {
  test.each([
    ['+', '+8613800138000'],
    ['00', '008613800138000'],
    ['national', '13800138000'],
    ['as-given', '0086 13800138000'],
  ] as const)('as %s', (style, written) => {
    expect(new NumberReader('CN', style).read(' 0086 13800138000 ')?.written).toBe(written);
  });

  test('as-given is without what is not part of the number', () => {
    const reader = new NumberReader('CN', 'as-given');
    for (const [text, written] of [
      ['="0086138 0013 8000"', '0086138 0013 8000'],
      ['13800138000.0', '13800138000'],
      ['\u202d＋86－13800138000\u202c', '+86-13800138000'],
    ])
      expect(reader.read(text!)?.written).toBe(written);
  });

  test('national is for the numbers of that country alone', () => {
    const reader = new NumberReader('CN', 'national');
    expect(reader.read('020 7946 0958')).toEqual({ key: 862079460958, written: '02079460958' });
    expect(reader.read('+44 20 7946 0958')).toEqual({ key: 442079460958, written: '00442079460958' });
    const campaign = new NumberReader('CN', 'national', { foreignStyle: '+' });
    expect(campaign.read('+44 20 7946 0958')?.written).toBe('+442079460958');
    expect(new NumberReader('US', 'national').read('+8613800138000')?.written).toBe('008613800138000');
    expect(new NumberReader(undefined, 'national').read('+8613800138000')?.written).toBe('008613800138000');
    // Without its country code, this number of Italy could also be one of Venice with it.
    expect(new NumberReader('IT', 'national').read('+39390411116')?.written).toBe('0039390411116');
  });
});

test('for a list of people not to call, a text counts as every number that it can be', () => {
  const keys = (country: CountryCode, text: string) =>
    readerOf(country)
      .readAll(text)
      .map(({ key }) => key);
  expect(keys('CN', '13105550101')).toEqual([8613105550101, 13105550101]);
  expect(keys('CN', '8613112345678')).toEqual([8613112345678]);
  expect(keys('CN', '85251234567.0')).toEqual([85251234567]);
  expect(keys('DE', '4915123456789').toSorted()).toEqual([4915123456789, 494915123456789]);
  expect(keys('DE', '49322216933')).toEqual([49322216933, 4949322216933]);
  for (const text of ['', '#N/A', '8.61301E+12', '13012345678;13912345678', 'everybody', '########'])
    expect(keys('CN', text)).toEqual([]);
});

test('the way around the library decides as the library does', () => {
  const reader = new NumberReader('CN', '+');
  const random = seededRandom(1);
  for (let index = 0; index < 2_000; index++) {
    const text = `1${3 + Math.floor(random() * 7)}${String(Math.floor(random() * 1e9)).padStart(9, '0')}`;
    const expected = parsePhoneNumberFromString(text, 'CN')?.isValid() === true ? `+86${text}` : undefined;
    expect([text, reader.read(text)?.written]).toEqual([text, expected]);
  }
});

test('no text takes long, and none throws', () => {
  const characters = [...'0123456789+-. ()/;,xE=\'"\u202a\uff0b\uff10٠転轉#'];
  const text = fc.array(fc.constantFrom(...characters), { maxLength: 200 }).map((all) => all.join(''));
  fc.assert(
    fc.property(text, (any) => void readerOf('DE').judge(any)),
    { numRuns: 2_000, seed: 1 },
  );
  for (const part of ['1', '1-', '1 ', '(1)', '1.', ' ', '\u202a', '1,', '1x', '+'])
    readerOf('DE').judge(part.repeat(60_000));
});

test('a mask hides all but four digits', () => {
  expect(maskNumber(numberOf(1))).toBe('•••••••••0001');
  expect(maskNumber('12345')).toBe('•••••');
  expect(maskNumber('nobody\u001b[2J')).toBe('••••••\ufffd[2J');
  expect(maskDigits('+86 138-0013-8000.0')).toBe('+•• •••-••••-•000.0');
  expect(maskDigits('１３８００１３８０００')).toBe('•••••••８０００');
  expect(maskDigits('123456')).toBe('••••••');
});
