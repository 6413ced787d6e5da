import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson as parse } from '../src/response/json.js';

const parseJson = (text: string) => parse(text).value;

describe('parseJson', () => {
  test.each([
    ['{"a":9007199254740993}', { a: '9007199254740993' }],
    ['{"a":1e400,"b":-0,"c":1.0,"d":12e-1,"e":2.50e1}', { a: '1e400', b: -0, c: 1, d: 1.2, e: 25 }],
    ['{"a":1.00000000000000000001}', { a: '1.00000000000000000001' }],
    [
      '{"a":-9007199254740993,"b":[18446744073709551615]}',
      { a: '-9007199254740993', b: ['18446744073709551615'] },
    ],
    ['{"a":9007199254740991}', { a: Number.MAX_SAFE_INTEGER }],
    ['{"a":"9007199254740993 \\" 9007199254740993"}', { a: '9007199254740993 " 9007199254740993' }],
    ['{"a":1.12345678901234567890,"b":1e20}', { a: 1.1234567890123457, b: '1e20' }],
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
    const isSafe = (text: string) => !/\d{15}|\d[eE]|"__proto__"/.test(text);
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

  test.each([
    ['a function', () => {}],
    ['an object', { more: {} }],
  ])('%s that somebody puts on Object.prototype is no key', (_what, extension) => {
    const prototype = Object.prototype as { extension?: unknown };
    prototype.extension = extension;
    const { hasDuplicateKeys } = parse('{"a":{"b":[1,{}]}}');
    delete prototype.extension;
    expect(hasDuplicateKeys).toBe(false);
  });

  test('a long list next to a key __proto__ is no reason to call a text wrong', () => {
    const list = Array.from({ length: 300_000 }, () => 1);
    expect(parse(`{"__proto__":1,"list":${JSON.stringify(list)}}`).value).toEqual({ list });
  });

  test.each([
    ['{"a":1,"a":1}', true],
    ['{"a":{"b":1,"\\u0062":2}}', true],
    ['[{"a":1},{"a":1}]', false],
    ['{"a":"\\"b\\":1","b":1}', false],
    ['{"a" \n :1,"a\t":2}', false],
  ])('says whether a key stands twice in an object: %s', (text, expected) => {
    if (text.includes('\t')) return expect(() => parse(text)).toThrow(SyntaxError);
    expect(parse(text).hasDuplicateKeys).toBe(expected);
  });
});
