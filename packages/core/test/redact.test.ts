import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeValue, safeName } from '../src/errors/describe.js';
import { safeText } from '../src/errors/redact.js';
import { safeCause } from '../src/errors/safe-cause.js';

describe('safeText', () => {
  test.each([
    ['SkillGroupId 255 does not exist', 'SkillGroupId 255 does not exist'],
    ['callee 13800138000 is wrong', 'callee […] is wrong'],
    ['+86 138-0013-8000!', '[…]!'],
    ['(0755) 8601 3388', '([…]'],
    ['wait 30 s, then 45', 'wait 30 s, then 45'],
    ['number １３８００１３８０００', 'number […]'],
    ['138,0013,8000', '[…]'],
    ['138:0013:8000', '[…]'],
    ['138\u20110013\u20148000', '[…]'],
    ['号码一三八零零一三八零零零。', '号码[…]。'],
    ['key AKIDz8krbsJ5yKBZ is bad', 'key […] is bad'],
    ['token ' + 'a'.repeat(60), 'token […]'],
    ['a\r\nb\u202Ec\u0000', 'a b c '],
    ['number 138     0013     8000', 'number […]     […]     […]'],
    ['1 x 3 x 8 x 0 x 0 x 1 x 3', '[…] x […] x […] x […] x […] x […] x […]'],
    ['号码壹叁捌零零壹叁', '号码[…]'],
    ['一千三百八十亿零一', '[…]'],
    ['被叫号码 13800138000 无效', '被叫号码 […] 无效'],
  ])('%j', (text, safe) => {
    expect(safeText(text)).toBe(safe);
  });

  test('never lets five digits through, however they are grouped', () => {
    const digits = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom('', ' ', '-', '.', ') ', ',', '\u2011', '/ ')),
      { minLength: 5 },
    );
    fc.assert(
      fc.property(fc.string(), digits, fc.string(), (before, pairs, after) => {
        const number = pairs.map(([digit, separator]) => `${digit}${separator}`).join('');
        const safe = safeText(`${before} ${number} ${after}`);
        expect(safe.replace(/[\s\-.)(]/g, '')).not.toMatch(/\d{5}/);
      }),
    );
  });

  test('is bounded', () => {
    expect(safeText('word '.repeat(10_000)).length).toBe(300);
  });
});

test.each([
  ['', 'an empty string'],
  ['x', 'a string of 1 character'],
  [[1], 'an array of 1 item'],
  [[], 'an empty array'],
  [13800138000, 'an integer of 11 digits'],
  [123456.5, 'a number with a fraction'],
  [86401, 'an integer of 5 digits'],
  [Number.NaN, 'NaN'],
  [null, 'null'],
  [undefined, 'undefined'],
  [true, 'true'],
  [{}, 'an object'],
  [12n, 'a bigint'],
])('describeValue(%s)', (value, text) => {
  expect(describeValue(value)).toBe(text);
});

test('short numbers are shown only in places for plain numbers', () => {
  expect(describeValue(86401, 'number')).toBe('86401');
  expect(describeValue(13800138000, 'number')).toBe('an integer of 11 digits');
});

test('safeName shows identifiers without digits only', () => {
  expect([safeName('IvrId'), safeName('AKID1'), safeName('13800138000'), safeName('a b')]).toEqual([
    'IvrId',
    undefined,
    undefined,
    undefined,
  ]);
});

test('safeCause keeps the name and the codes of the system, and no other field', () => {
  const original = Object.assign(new TypeError('read 13800138000'), {
    code: 'ECONNRESET',
    syscall: 'read',
    data: 'x',
  });
  const cause = safeCause(original);
  expect(cause).toMatchObject({
    name: 'TypeError',
    message: 'ECONNRESET (read)',
    code: 'ECONNRESET',
    syscall: 'read',
  });
  expect(Object.keys(cause)).toEqual(['code', 'syscall']);
  expect(cause.stack).not.toContain('13800138000');
});

test.each(['EAI_AGAIN', 'ENOTFOUND', 'UND_ERR_SOCKET', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'])(
  'safeCause shows %s',
  (code) => expect(safeCause(Object.assign(new Error('x'), { code })).message).toBe(code),
);

test.each<[string, unknown]>([
  ['a proxy that throws', new Proxy({}, { get: () => { throw new Error('x'); } })], // prettier-ignore
  ['a text', 'a text'],
  ['an error of somebody', new Error('my own words')],
  ['a syscall alone', Object.assign(new Error('secret words'), { syscall: 'read' })],
  ['a code that is none', Object.assign(new Error('x'), { name: '138 000', code: '13800138000' })],
  ['a code with letters of its own', Object.assign(new Error('x'), { code: 'mySecretKey' })],
  ['a code that carries a secret', Object.assign(new Error('x'), { code: 'ERR_TOPSECRETKEY' })],
])('safeCause withholds the message of %s', (_name, error) => {
  const cause = safeCause(error, ['topsecretkey']);
  expect(cause.message).toBe('The message is withheld because it may hold private data.');
  expect(Object.keys(cause)).toEqual([]);
});
