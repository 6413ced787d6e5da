import { describe, expect, test } from 'vitest';
import type { WarningKind } from '../src/input/warnings.js';
import { WARNINGS, Warnings, withoutNumbers } from '../src/input/warnings.js';
import { warningLines } from '../src/cli/warnings.js';
import { readTemplate } from '../src/request/template.js';
import { common, runAll, setUp, template } from './support.js';
import { fileOf, planOf } from './plans.js';

/** The kinds of warnings about one value. */
async function kindsOf(value: string, { column = 'name', id = 'a' } = {}): Promise<string[]> {
  const columns = { Callee: 'phone', UUI: 'id', Variables: { [column]: column } };
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const { warnings } = await planOf(
    fileOf(`phone,id,${column}\n+8613800000000,${quoted(id)},${quoted(value)}\n`, {}, 10_000),
    { columns },
  );
  return warnings.map(({ kind }) => kind);
}

describe('what is hardly meant is said, with its line', () => {
  test.each<[WarningKind, string[]]>([
    [
      'word-for-nothing',
      [
        'NULL',
        'null',
        '\\N',
        'NaN',
        'nan',
        'NaT',
        'None',
        'NA',
        '<NA>',
        'undef',
        'undefined',
        '#N/A',
        '#DIV/0!',
        '#REF!',
        '#VALUE!',
        '#NAME?',
        '#WERT!',
        '#NV',
        '########',
        'Err:502',
        '[object Object]',
        '{"richText":[{"text":"x"}]}',
        '1.#QNAN',
        '(null)',
        ' NULL ',
        'NaN   ',
        '#ЗНАЧ!',
        '#Н/Д',
        '#YOK',
        '#GETTING_DATA',
        "b'Han'",
        "Timestamp('2027-03-01')",
        '#¡VALOR!',
        '#¿NOMBRE?',
        '暂无',
        '——',
        'unknown',
      ],
    ],
    ['single-quotes', ["'Li'", "'Li Lei, Han'", "'O''Neil'"]],
    ['masked', ['张*', '李**', '6222****1234']],
    ['control-character', ['Li\u001a', 'L\u0007i', 'Li\vLei', 'L\u007fi']],
    ['lost-characters', ['??', '王?', '?', 'J?rgen ??', '\ufffd']],
    ['wrong-encoding', ['çŽ‹', 'ç\u008e\u008bé\u009b·', 'MÃ¼ller']],
    ['backslash', ['call after 6\\nask', 'call after 6\\\nask', 'C:\\\\new', 'Li \\"Lei\\"', '\\u738b']],
    ['spreadsheet-escape', ['a_x000D_b']],
    ['scientific-notation', ['6.22202E+15', '1e+05', '1,5E3']],
    ['date-as-number', ['1803859200000']],
    [
      'program-date',
      [
        'Mon Mar 01 2027 00:00:00 GMT+0800 (China Standard Time)',
        'Mon, 01 Mar 2027 00:00:00 GMT',
        '2027-02-28T16:00:00.000Z',
        '2027-03-01T09:30+08:00',
      ],
    ],
    ['formula-without-result', ['=A1', '=VLOOKUP(A2,B:C,2,0)', '=HYPERLINK("x","Han")', '=+1+2']],
    [
      'markup',
      ['&#29579;', 'Han &amp; Co', '<b>Han</b>', 'a<br>b', '&nbsp;', '%E7%8E%8B', 'Dear {{name}}', '${name}'],
    ],
    ['long-number', ['440301199001011000', '6222021234567890000']],
    ['long-fraction', ['0.30000000000000004', '1234.5600000000001', '-12.299999999999999']],
  ])('%s', async (kind, values) => {
    for (const value of values) expect(await kindsOf(value), value).toContain(kind);
  });

  test.each([
    ['46447', 'due'],
    ['46447.75', '到期日'],
    ['1803859200', 'created_at'],
    ['1803859200000000', 'lastCallTime'],
  ])('%s is a date in the column %s, and not in another', async (value, column) => {
    expect(await kindsOf(value, { column })).toEqual(['date-as-number']);
    expect(await kindsOf(value, { column: 'amount' })).toEqual([]);
  });

  test('what a date is called may be its column or its variable', async () => {
    for (const [key, column] of [
      ['v1', 'due date'],
      ['due', 'd1'],
    ] as const) {
      const columns = { Callee: 'phone', Variables: { [key]: column } };
      const lists = [
        fileOf(`phone,${column}\n13800000000,46447\n`),
        fileOf(`{"phone":"13800000000","${column}":46447}\n`, { format: 'ndjson' }),
      ];
      for (const list of lists)
        expect((await planOf(list, { columns })).warned).toEqual(['date-as-number 1']);
    }
  });

  test.each([
    ['1.0E+15', 'scientific-notation'],
    ['1001.0', 'decimal-id'],
    ['1-Mar', 'date-id'],
    ['Sep-02', 'date-id'],
    ['3月1日', 'date-id'],
    ['u\u00ad1', 'control-character'],
    ['NULL', 'word-for-nothing'],
    ['440301199001011000', 'long-number'],
    ['2027-02-28T16:00:00.000Z', undefined],
  ])('the id %s', async (id, kind) => {
    expect(await kindsOf('x', { id })).toEqual(kind === undefined ? [] : [kind]);
  });

  test.each([
    '李雷',
    'O’Neil',
    'Nancy',
    'Null & Co',
    'Danone',
    'Naïve',
    'Müller',
    'Ça va?',
    'São Paulo',
    'really?',
    'Inès',
    '1234.50',
    '13:45',
    'Mon Mar 01 2027',
    '2027-03-01 13:30',
    '6222021234567890',
    '0.123456789012345',
    'a=b',
    'a < b',
    'A&B',
    '#1',
    '# 5',
    'A/B',
    'a_b',
    '100%',
    '5*3',
    'a * b',
    '{a}',
    'US$5',
    'Li\tLei\nHan',
    'O\u200bNeil',
    '无双',
    "'t Hart",
    "Jess'",
    '-',
    '😀',
    'Dee',
    'Eva',
    'E5',
    '£5',
    '½',
  ])('%s is nothing to warn about', async (value) => {
    expect(await kindsOf(value)).toEqual([]);
  });

  test('times that are never later than 12:59', async () => {
    const list = (...times: string[]) =>
      planOf(fileOf(`phone,id,name\n${times.map((time, at) => `1380000000${at},a,${time}\n`).join('')}`));
    expect((await list('2027-03-01 12:00:00', '2027-03-01 03:30:00')).warned).toEqual([
      'twelve-hour-times 1',
    ]);
    expect((await list('2027-03-01 12:00:00', '2027-03-01 15:30:00')).warned).toEqual([]);
    expect((await list('12:00 PM', '3:30 PM')).warned).toEqual([]);
    expect((await list('9:00', '10:30')).warned).toEqual([]);
  });

  test('a line that adds up the others is left out; what may be a name is only said', async () => {
    const text =
      'name,phone,id\nAnn,13800000000,a\nTotal,13800000001,b\n合计：,13800000002,c\n,13800000003,Grand Total\nSum,13800000004,d\nTotalis,13800000005,e\nTotal,13800000006\n';
    const { left, warned } = await planOf(fileOf(text));
    expect(left).toEqual(['3 total-row', '4 total-row', '5 total-row', '8 total-row']);
    expect(warned).toEqual(['total-row 4', 'maybe-total-row 1']);
  });

  test.each([
    ['behind the number of its row', 'i,phone,id,name\n0,13800000000,,Han\n1,13800000001,,Total\n', 'csv'],
    ['with blanks between its letters', 'name,phone,id\nHan,13800000000,\n合　计 ：,13800000001,\n', 'csv'],
    [
      'in an object with the number of its row',
      '{"i":"0","phone":13800000000,"id":"","name":"Han"}\n{"i":"1","phone":13800000001,"name":"Total"}\n',
      'ndjson',
    ],
  ] as const)('a word for it %s', async (_where, text, format) => {
    const { sent, warned } = await planOf(fileOf(text, { format }));
    expect([sent, warned]).toEqual([['008613800000000||Han'], ['total-row 1']]);
  });

  test('a number that is the sum of those above it is left out, whatever its line is called', async () => {
    const american = readTemplate({ ...template, columns: { Callee: 'phone' }, numbers: { country: 'US' } });
    const numbers = ['2125550101', '2125550102', '2125550103', '2125550104', '8502200410', '2125550105'];
    const csv = fileOf(`name,phone\n${numbers.map((number) => `,${number}.0\n`).join('')}`);
    for (const input of [numbers, csv]) {
      const { sent, left, warned } = await planOf(input, { template: american });
      expect(sent).toHaveLength(5);
      expect(left).toEqual([expect.stringMatching(/^[56] total-row$/)]);
      expect(warned).toContain('total-row 1');
    }
    expect((await planOf(['2125550101', '2125550101'], { template: american })).left).toEqual([
      '2 duplicate',
    ]);
  });

  test('the sums of groups, as a spreadsheet writes subtotals, are left out: by their number, or by their word', async () => {
    const american = readTemplate({
      ...template,
      columns: { Callee: 'phone', Variables: { name: 'city' } },
      numbers: { country: 'US' },
    });
    const group = (city: string, ...numbers: number[]) => [
      ...numbers.map((number) => `${city},${number}`),
      `${city} Total,${numbers.reduce((sum, number) => sum + number)}`,
    ];
    const lists = [
      // Each sum of four numbers of New York is a number of Florida.
      [
        ...group('A', 2125550101, 2125550102, 2125550103, 2125550104),
        ...group('B', 2125550105, 2125550106, 2125550107, 2125550108),
      ],
      ['Total,9', ...group('B', 2125550105, 2125550106, 2125550107, 2125550108)],
    ];
    for (const list of lists) {
      const { sent, left } = await planOf(fileOf(`city,phone\n${list.join('\n')}\n`), { template: american });
      expect([sent.length, left.map((row) => row.split(' ')[1])]).toEqual([
        list.length - 2,
        ['total-row', 'total-row'],
      ]);
    }
  });

  test.each(['北京 汇总', 'New York Total', 'Berlin Ergebnis', '北京 计数'])(
    '%s may be one of a group, and is named if its number can be called',
    async (label) => {
      const { warned } = await planOf(fileOf(`name,phone,id\na,13800000000,\n${label},13800000009,\n`));
      expect(warned).toEqual(['maybe-total-row 1']);
    },
  );

  test.each(['Zhang Min', 'Li Max', 'Total Energies', 'Sub Rosa', 'General Al'])(
    '%s is a name',
    async (name) => {
      const { sent, warned } = await planOf(fileOf(`name,phone,id\na,13800000000,\n${name},13800000009,\n`));
      expect([sent.length, warned]).toEqual([2, []]);
    },
  );

  test.each(['平均值', 'Average'])('%s is left out if its number is the average, else said', async (word) => {
    const list = (number: string) =>
      fileOf(`name,phone,id\na,13800000000,\nb,13800000003,\n${word},${number},\n`);
    const average = await planOf(list('13800000002'));
    expect([average.left, average.warned]).toEqual([['4 total-row'], ['total-row 1']]);
    const other = await planOf(list('13800000009'));
    expect([other.left, other.warned]).toEqual([[], ['maybe-total-row 1']]);
    // Two of three lines with the same distance are no table.
    expect((await planOf(['13800000000', '13800000002', '13800000001'])).left).toEqual([]);
  });

  test('what may be a name is said of an object, too', async () => {
    const { sent, warned } = await planOf(
      fileOf('{"name":"Sum","id":"","phone":"13800000000"}', { format: 'ndjson' }),
    );
    expect([sent.length, warned]).toEqual([1, ['maybe-total-row 1']]);
  });

  test('a line of another width says how many columns it has', async () => {
    const { warnings } = await planOf(fileOf('phone,id,name\n13800000000,a\n13800000001,a,b,c\n'));
    expect(warnings.map(({ kind, samples }) => [kind, samples])).toEqual([
      ['fewer-columns', [{ line: 2, sample: '2 columns, not 3' }]],
      ['more-columns', [{ line: 3, sample: '4 columns, not 3' }]],
    ]);
  });
});

test('three samples of each kind are kept, and the columns', () => {
  const warnings = new Warnings();
  for (let line = 1; line <= 1_000; line++)
    warnings.add('word-for-nothing', { line, column: `c${line}`, sample: 'x'.repeat(100) });
  const [warning, ...more] = warnings.list();
  expect(more).toEqual([]);
  expect(warning).toMatchObject({
    kind: 'word-for-nothing',
    message: WARNINGS['word-for-nothing'],
    count: 1_000,
  });
  expect([
    warning!.samples.map(({ line }) => line),
    warning!.samples[0]!.sample?.length,
    warning!.columns?.length,
  ]).toEqual([[1, 2, 3], 64, 20]);
});

test('the event, the report and the ledger have them, without phone numbers', async () => {
  const { client, ledger, clock } = await setUp();
  const input = [
    { Callee: '13800000000', Variables: [{ Key: 'note', Value: 'NULL' }] },
    { Callee: '13800000001', Variables: [{ Key: 'note', Value: 'call 13900000000 ??' }] },
  ];
  for (let run = 0; run < 2; run++) {
    const { events, report } = await runAll({
      ...common,
      client,
      ledger,
      clock,
      input,
      doNotCall: ['13800000009'],
    });
    const planned = events.find(({ type }) => type === 'planned');
    for (const told of [planned, report]) {
      expect(told).toMatchObject({
        doNotCallEntries: 1,
        warnings: [{ kind: 'word-for-nothing', count: 1, columns: ['note'] }, { kind: 'lost-characters' }],
      });
      expect(JSON.stringify(told)).not.toContain('13900000000');
    }
  }
});

test('a person sees kind, count, columns and lines', () => {
  const warnings = new Warnings();
  warnings.add('word-for-nothing', { line: 7, column: 'na\u001bme', sample: 'NULL' });
  warnings.add('lost-characters', { line: 8, column: 'name', sample: '?? 13900000000' });
  const shown = [...warningLines(withoutNumbers(warnings.list()), false)];
  expect(shown).toEqual([
    expect.stringMatching(/^warning: once: a word .* \(na\ufffdme\)$/),
    '  line 7, na\ufffdme: NULL',
    expect.stringMatching(/^warning: once: question marks/),
    '  line 8, name: ?? •••••••0000',
  ]);
});
