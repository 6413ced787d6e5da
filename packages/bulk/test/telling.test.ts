import { describe, expect, test } from 'vitest';
import { tellingOf } from '../src/input/telling.js';
import { readTemplate } from '../src/request/template.js';
import { fileOf, planOf } from './plans.js';
import { template } from './support.js';
import { rowOf, rowsOf, workbookOf } from './workbooks.js';

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
    ['不可拨打', '是', '否'],
    ['不允许外呼', '是', ''],
    ['禁止外呼', '1', '0'],
    ['请勿打扰', '√', '×'],
    ['No call consent', 'Yes', 'No'],
    ['Not OK to call', 'x', ''],
    ["Don't call", 'TRUE', 'FALSE'],
    ['DNCFlag', 'v', ''],
    ['DoNotContact', 'WAHR', 'FALSCH'],
    ['Do not allow Phone Calls', 'Do Not Allow', 'Allow'],
    ['DoNotCall', 'checked', 'unchecked'],
    ['Blocklist', 'DNC.', 'N'],
    ['可否拨打', '不可以', '可以'],
    ['是否同意外呼', '拒绝', '是的'],
    ['Consent to call', 'withdrawn', 'y'],
    ['OK to call', 'Do not call', 'ok'],
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
    ['是否拨打', '否（投诉）', '是'],
    ['No call', 'Y', ''],
    ['拒绝营销', '1', '0'],
    ['Remarks', `${'They were asked twice. '.repeat(8)}Don't call.`, 'calls back'],
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
    'country club',
    'code',
    'area code',
    'May calls',
    'Never called',
    '智能外呼',
    '未接来电',
    '不接听次数',
    '可联系电话',
    '可拨打时间段',
    '是否联系',
    '特别联系人',
  ])('%s is another column', (name) => expect(tellingOf(name)).toBeUndefined());
});

test.each([`${A}/138 0000 0001`, `(+86)${A}、${B}`, `Li ${A}, Wang +86 138-0000-0001`, `${A}转8\n${B}`])(
  'every number of who must not be called is left out: %j',
  async (callees) => {
    const rows = [{ phone: callees, DoNotCall: 'yes' }, { phone: A }, { phone: B }, { phone: '13800000002' }];
    const text = rows.map((row) => JSON.stringify({ id: '', name: '', ...row })).join('\n');
    const { sent, left } = await planOf(fileOf(text, { format: 'ndjson' }));
    expect([sent, left]).toEqual([['008613800000002|'], ['1 do-not-call', '2 do-not-call', '3 do-not-call']]);
  },
);

test('without a country, a number that lost its + is one of who must not be called', async () => {
  const text = `phone,DoNotCall\n86${A},yes\n+86${A},\n+86${B},\n`;
  const columns = { Callee: 'phone' };
  const { left } = await planOf(fileOf(text), {
    template: readTemplate({ ...template, columns, numbers: {} }),
  });
  expect(left).toEqual(['2 do-not-call', '3 do-not-call']);
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

  test.each([
    ['Country', 'United States', 'China'],
    ['mailing_country', 'US', 'CN'],
    ['国家/地区', '美国', '中国'],
    ['所在国家', '香港', '中国大陆'],
    ['country code', 'GB', 'CN'],
    ['Country/Region', 'Hong Kong SAR China', 'Atlantis'],
  ])('%s names another country than that of its number', async (column, other, own) => {
    for (const list of listsWith(column, other, own)) {
      const { sent, warned } = await planOf(list);
      expect([sent, warned]).toEqual([both, ['maybe-other-country 1']]);
    }
  });

  test('where countries differ, or a number has its code, a country says nothing', async () => {
    const text = `phone,id,name,home country,work country\n${A},a,x,US,CN\n+86${B},b,y,US,US\n`;
    const { sent, warned } = await planOf(fileOf(text));
    expect([sent, warned]).toEqual([both, []]);
  });

  test('a number with its code, a code in letters, and two such columns say nothing', async () => {
    const text = `phone,id,name,country code\n+86${A},a,x,44\n0086${B},b,y,44\n`;
    expect((await planOf(fileOf(text))).sent).toEqual(both);
    for (const list of listsWith('country code', 'GB', 'GB')) expect((await planOf(list)).sent).toEqual(both);
    const two = `phone,id,name,home country code,work country code\n${A},a,x,44,86\n${B},b,y,86,44\n`;
    expect((await planOf(fileOf(two))).sent).toEqual(both);
  });
});

describe('a sheet whose column says who must not be called', () => {
  const names = ['phone', 'id', 'name', 'Do not call'];
  const listOf = (...rows: string[]) => fileOf(workbookOf(rowOf(1, names) + rows.join('')), {}, 1_000);

  test('is heard in hidden rows, also if they are left out', async () => {
    const list = listOf(
      rowOf(2, [`+86${A}`, 'a', 'x', 'yes'], 'hidden="1"'),
      rowOf(3, [A, 'a', 'x']),
      rowOf(4, [B, 'b', 'y']),
      rowOf(5, ['13800000002', 'c', 'z'], 'hidden="1"'),
    );
    const { sent, left } = await planOf({ ...list, hiddenRows: 'leave-out' });
    expect([sent, left]).toEqual([both.slice(1), ['2 do-not-call', '3 do-not-call', '5 hidden-row']]);
  });

  test('a formula without a result, and a value for several rows, are named', async () => {
    const rows =
      rowOf(2, [A, 'a', 'x', '<c><f>VLOOKUP(A2,stop!A:B,2,0)</f></c>']) + rowOf(3, [B, 'b', 'y', 'no']);
    expect((await planOf(listOf(rows))).warned).toEqual(['formula-without-result 1']);
    const merged = '</sheetData><mergeCells><mergeCell ref="D2:D3"/></mergeCells><sheetData>';
    const yes = rowOf(2, [A, 'a', 'x', 'yes']) + rowOf(3, [B, 'b', 'y']) + merged;
    expect((await planOf(listOf(yes))).warned).toEqual(['do-not-call-column 1', 'merged-cells 1']);
  });
});
