import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeValue, safeName } from '../src/errors/describe.js';
import { safeCause, safeText } from '../src/errors/redact.js';

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
  [86401, '86401'],
  [Number.NaN, 'NaN'],
  [null, 'null'],
  [undefined, 'undefined'],
  [true, 'true'],
  [{}, 'an object'],
  [12n, 'a bigint'],
])('describeValue(%s)', (value, text) => {
  expect(describeValue(value)).toBe(text);
});

test('safeName shows identifiers without digits only', () => {
  expect([safeName('IvrId'), safeName('AKID1'), safeName('13800138000'), safeName('a b')]).toEqual([
    'IvrId',
    undefined,
    undefined,
    undefined,
  ]);
});

test('safeCause keeps kind, system codes and messages of the system, and no other field', () => {
  const original = Object.assign(new TypeError('read 13800138000'), {
    code: 'ECONNRESET',
    syscall: 'read',
    data: 'x',
  });
  const cause = safeCause(original);
  expect(cause).toMatchObject({
    name: 'TypeError',
    message: 'read […]',
    code: 'ECONNRESET',
    syscall: 'read',
  });
  expect(Object.keys(cause)).toEqual(['code', 'syscall']);
  expect(cause.stack).not.toContain('13800138000');
  const withheld = 'The message is withheld, for it may hold private data.';
  expect(safeCause(new Proxy({}, { get: () => { throw new Error('x'); } })).message).toBe(withheld); // prettier-ignore
  expect(safeCause(Object.assign(new Error('x'), { message: 5, syscall: 'read' })).message).toBe('5');
  expect(safeCause('a text').message).toBe(withheld);
  expect(safeCause(new Error('my own words')).message).toBe(withheld);
  expect(
    safeCause(Object.assign(new Error('x'), { name: '138 000', code: '13800138000' })),
  ).not.toHaveProperty('code');
});
