import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { expect, test } from 'vitest';
import { NumberReader, maskNumber } from '../src/numbers.js';
import { numberOf, seededRandom } from './support.js';

test.each([
  ...[
    '+8613800138000',
    '0086 138-0013-8000',
    '8613800138000',
    '13800138000',
    '013800138000',
    '１３８００１３８０００',
  ],
  ...[' +86 138 0013 8000 ', 'tel:+8613800138000'],
])('%s is the same number', (text) => {
  expect(new NumberReader('CN', '00').read(text)).toEqual({ key: 8613800138000, written: '008613800138000' });
});

test.each([
  ...[
    '',
    'abc',
    '95588',
    '12345',
    '1380013800',
    '138001380000',
    'call 13800138000 now',
    '+86 138 0013 8000 ext. 8',
  ],
  ...['9'.repeat(1_000), '+999123456789', '15400000000'],
])('%s is no number that can be called', (text) => {
  expect(new NumberReader('CN', '00').read(text)).toBeUndefined();
});

test('without a country, only numbers with a country code are known', () => {
  const reader = new NumberReader(undefined, '+');
  expect(reader.read('13800138000')).toBeUndefined();
  expect(reader.read('8613800138000')).toBeUndefined();
  for (const text of ['+8613800138000', '008613800138000'])
    expect(reader.read(text)?.written).toBe('+8613800138000');
  expect(reader.read('0065 6123 4567')?.written).toBe('+6561234567');
});

test('a number of another country is not taken for a Chinese one', () => {
  expect(new NumberReader('US', '+').read('13800138000')).toBeUndefined();
  expect(new NumberReader('US', '+').read('(212) 555-0123')?.written).toBe('+12125550123');
});

test.each([
  ['+', '+8613800138000'],
  ['00', '008613800138000'],
  ['national', '13800138000'],
  ['as-given', '0086 13800138000'],
] as const)('written as %s', (style, written) => {
  expect(new NumberReader('CN', style).read(' 0086 13800138000 ')?.written).toBe(written);
});

test('the way around the library decides as the library does', () => {
  const reader = new NumberReader('CN', '+');
  const random = seededRandom(1);
  for (let index = 0; index < 20_000; index++) {
    const text = `1${3 + Math.floor(random() * 7)}${String(Math.floor(random() * 1e9)).padStart(9, '0')}`;
    const expected = parsePhoneNumberFromString(text, 'CN')?.isValid() === true ? `+86${text}` : undefined;
    expect([text, reader.read(text)?.written]).toEqual([text, expected]);
  }
});

test('a mask hides all but four digits', () => {
  expect(maskNumber(numberOf(1))).toBe('•••••••••0001');
  expect(maskNumber('12345')).toBe('•••••');
  expect(maskNumber('nobody\u001b[2J')).toBe('••••••\ufffd[2J');
});
