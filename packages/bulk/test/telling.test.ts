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

describe('a column that says who must not be called is named, with its lines', () => {
  test.each([
    ['DoNotCall', 'true', 'false'],
    ['Do Not Call', '1', '0'],
    ['DNC', 'Y', 'N'],
    ['HasOptedOutOfCalls', 'true', ''],
    ['phone_opt_out', '2026-11-01', 'NULL'],
    ['是否黑名单', '是', '否'],
    ['免打扰', '已开启', '-'],
    ['是否拨打', '否', '是'],
    ['Opt-in', 'no', 'yes'],
    ['callAllowed', 'false', ''],
  ])('%s', async (column, barred, open) => {
    for (const list of listsWith(column, barred, open)) {
      const { sent, warnings } = await planOf(list);
      expect([sent, warnings.map(({ kind, count, columns }) => [kind, count, columns])]).toEqual([
        both,
        [['do-not-call-column', 1, [column]]],
      ]);
    }
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

  test('below all numbers it is a footer, and with anything else in its line it is none', async () => {
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
