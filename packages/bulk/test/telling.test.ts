import { describe, expect, test } from 'vitest';
import { tellingOf } from '../src/input/telling.js';
import { fileOf, planOf } from './plans.js';
import { rowsOf, workbookOf } from './workbooks.js';

const [A, B] = ['13800000000', '13800000001'];
const both = [`0086${A}|a|x`, `0086${B}|b|y`];

/** The same list in each form: a column more, and its value in two lines. */
function listsWith(column: string, first: string, second: string) {
  const rows = [
    ['phone', 'id', 'name', column],
    [A, 'a', 'x', first],
    [B, 'b', 'y', second],
  ];
  const [names, ...more] = rows;
  const objects = more.map((row) =>
    JSON.stringify(Object.fromEntries(row.map((value, at) => [names![at], value]))),
  );
  return [
    fileOf(rows.map((row) => row.join(',')).join('\n')),
    fileOf(objects.join('\n'), { format: 'ndjson' }),
    fileOf(workbookOf(rowsOf(...rows)), {}, 1_000),
  ];
}

describe('a column that says who must not be called', () => {
  test.each([
    ['DoNotCall', 'true', 'false'],
    ['Do Not Call', '1', '0'],
    ['DNC', 'Y', 'N'],
    ['HasOptedOutOfCalls', 'true', ''],
    ['phone_opt_out', 'yes', 'NULL'],
    ['是否黑名单', '是', '否'],
    ['免打扰', '✓', '-'],
    ['是否拨打', '否', '是'],
    ['Phone opt-in', 'no', 'yes'],
    ['callAllowed', 'false', ''],
  ])('by %s, the line is left out', async (column, barred, open) => {
    for (const list of listsWith(column, barred, open)) {
      const { sent, left, warnings } = await planOf(list);
      expect([sent, left, warnings]).toMatchObject([
        both.slice(1),
        [expect.stringMatching(/^[12] do-not-call$/)],
        [{ kind: 'do-not-call-column', count: 1, columns: [column] }],
      ]);
    }
  });

  test.each([
    ['opt_out', 'true', 'false'],
    ['Opt-in', 'no', 'yes'],
    ['DoNotCall', '2026-11-01', ''],
    ['黑名单', '投诉', '否'],
    ['状态', '已退订', '正常'],
    ['Remarks', 'Do not call!', 'calls back'],
    ['备注', '不要打电话', 'VIP'],
    ['lead_status', 'DNC', 'New'],
  ])('by %s, it may be meant, so that the line is named', async (column, barred, open) => {
    for (const list of listsWith(column, barred, open)) {
      const { sent, warnings } = await planOf(list);
      expect([sent, warnings]).toMatchObject([both, [{ kind: 'maybe-do-not-call', count: 1 }]]);
    }
  });

  test('any other line with the number is left out as well, before it and behind it', async () => {
    const text = `phone,id,name,DoNotCall\n${B},a,x,\n+86 ${A},b,y,0\n${A},c,z,1\n${A},d,w,0\n`;
    const { sent, rows } = await planOf(fileOf(text), { doNotCall: ['13800000009'] });
    expect(sent).toEqual([`0086${B}|a|x`]);
    expect(rows.slice(1)).toEqual([
      { line: 3, leftOut: 'do-not-call', callee: `0086${A}` },
      { line: 4, leftOut: 'do-not-call', callee: A },
      { line: 5, leftOut: 'do-not-call', callee: `0086${A}` },
    ]);
  });

  test.each([
    'HasOptedOutOfEmail',
    'sms opt out',
    '短信退订',
    'call time',
    'blackberry',
    '拨打时间',
    'country',
    'code',
    'area code',
  ])('%s is another column', (name) => expect(tellingOf(name)).toBeUndefined());
});

describe('a title of people who must not be called', () => {
  const list = (title: string, more = `${B},b,y\n`) => fileOf(`phone,id,name\n${A},a,x\n\n${title}\n${more}`);

  test.each(['Do not call,,', '黑名单：,,', ',,"DNC list"', '请勿拨打'])(
    '%s refuses the list',
    async (title) => {
      await expect(planOf(list(title))).rejects.toThrow(
        /^Line 4 of the list seems to say that the people below/,
      );
    },
  );

  test('it refuses a sheet', async () => {
    const rows = rowsOf(['phone', 'id', 'name'], [A, 'a', 'x'], ['退订'], [B, 'b', 'y']);
    await expect(planOf(fileOf(workbookOf(rows), {}, 1_000))).rejects.toThrow(
      /^Line 3 of the list seems to say/,
    );
  });

  test('below all numbers it is a footer, but not with anything else in its line', async () => {
    expect((await planOf(list('Do not call before 9,,', ''))).sent).toEqual(both.slice(0, 1));
    expect((await planOf(list('do not call,,z'))).sent).toEqual(both);
  });
});

describe('a column with the country code', () => {
  test.each([
    ['country code', '44', '86'],
    ['Phone Country Code', '+44', '+86'],
    ['dialing_code', '0044', ' 86 '],
    ['国家代码', '44.0', '86.0'],
    ['国际区号', '44', ''],
  ])('%s: a number of another country without its code is left out', async (column, other, own) => {
    for (const list of listsWith(column, other, own)) {
      const { sent, left, warned } = await planOf(list);
      expect([sent, left, warned]).toEqual([
        both.slice(1),
        [expect.stringMatching(/^[12] not-a-number$/)],
        ['other-country 1'],
      ]);
    }
  });

  test('a number with its code, a code in letters, and two such columns say nothing', async () => {
    const text = `phone,id,name,country code\n+86${A},a,x,44\n0086${B},b,y,44\n`;
    expect((await planOf(fileOf(text))).sent).toEqual(both);
    for (const list of listsWith('country code', 'GB', 'GB')) expect((await planOf(list)).sent).toEqual(both);
    const two = `phone,id,name,home country code,work country code\n${A},a,x,44,86\n${B},b,y,86,44\n`;
    expect((await planOf(fileOf(two))).sent).toEqual(both);
  });
});
