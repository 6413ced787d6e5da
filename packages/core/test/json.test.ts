import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson as parse } from '../src/response/json.js';

const parseJson = (text: string) => parse(text).value;

describe('parseJson', () => {
  test.each([
    ['{"a":9007199254740993}', { a: 9007199254740993n }],
    [
      '{"a":-9007199254740993,"b":[18446744073709551615]}',
      { a: -9007199254740993n, b: [18446744073709551615n] },
    ],
    ['{"a":9007199254740991}', { a: Number.MAX_SAFE_INTEGER }],
    ['{"a":"9007199254740993 \\" 9007199254740993"}', { a: '9007199254740993 " 9007199254740993' }],
    ['{"a":1.12345678901234567890,"b":1e20}', { a: 1.1234567890123457, b: 1e20 }],
    [
      '{"\\u0001int:12":"\\u0001int:x","n":1234567890123456}',
      { '\u0001int:12': '\u0001int:x', n: 1234567890123456 },
    ],
  ])('%s', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  test.each([
    '',
    '{',
    '[1,',
    '01234567890123456789',
    '{"a":12345678901234567890',
    '+12345678901234567',
    'NaN',
  ])('refuses %j', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });

  test('is JSON.parse for every JSON text without unsafe integers', () => {
    const isSafe = (text: string) => !/\d{16}/.test(text);
    fc.assert(
      fc.property(fc.json().filter(isSafe), (text) => {
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test('keeps every integer exact', () => {
    const integers = fc.array(
      fc.oneof(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), fc.maxSafeInteger()),
    );
    fc.assert(
      fc.property(integers, fc.string(), (values, text) => {
        const parsed = parseJson(`{"s":${JSON.stringify(text)},"n":[${values.join(',')}]}`) as {
          s: string;
          n: unknown[];
        };
        expect(parsed.s).toBe(text);
        expect(parsed.n.map(String)).toEqual(values.map((value) => String(BigInt(value))));
      }),
    );
  });
});
