import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { inspect, inspectLines } from '../src/cli/inspect.js';
import { inspectList } from '../src/input/inspect.js';
import { fileOf, ndjson, planOf } from './plans.js';
import { rowOf, workbookOf } from './workbooks.js';
import { numberOf, temporaryFolder } from './support.js';

describe('the beginning of a list', () => {
  test.each([
    [',', 'id,phone\n1,13800000001\n'],
    [';', 'id;phone\n1;13800000001\n'],
    ['\t', 'id\tphone\n1\t13800000001\n'],
    ['|', 'id|phone\n1|13800000001\n'],
    [';', 'sep=;\nid;phone\n1;13800000001\n'],
    [';', 'id;phone\n"1,2,3,4";13800000001\n'],
    [',', 'id,phone\r\n1,13800000001\r\n'],
  ])('shows the delimiter %j of %j', async (delimiter, text) => {
    expect(await inspectList(fileOf(text))).toMatchObject({
      format: 'csv',
      encoding: 'utf-8',
      delimiter,
      names: ['id', 'phone'],
      phones: [{ name: 'phone', count: 1, of: 1, country: 'CN' }],
    });
  });

  test('shows the encoding, and the numbers with a country code', async () => {
    const text = Buffer.from('\ufeff电话,姓名\n+8613800000001,王\n+8613800000002,李\n', 'utf16le');
    expect(await inspectList(fileOf(text))).toEqual({
      format: 'csv',
      encoding: 'utf-16le',
      delimiter: ',',
      names: ['电话', '姓名'],
      rows: [['+8613800000001', '王'], ['+8613800000002', '李']], // prettier-ignore
      phones: [{ name: '电话', count: 2, of: 2 }],
    });
  });

  test('shows the fields of NDJSON', async () => {
    expect(await inspectList(ndjson('{"a":1}', '{"tel":"+8613800000001","a":{"b":2}}'))).toMatchObject({
      format: 'ndjson',
      names: ['a', 'tel'],
      rows: [['1', ''], ['{"b":2}', '+8613800000001']], // prettier-ignore
      phones: [{ name: 'tel', count: 1, of: 1 }],
    });
  });

  test('of a long list is all that is read', async () => {
    let pieces = 0;
    const from = (async function* () {
      yield Buffer.from('phone\n');
      for (; ; pieces++) yield Buffer.from(`+${numberOf(pieces)}\n`.repeat(1_000));
    })();
    expect((await inspectList({ from })).rows).toHaveLength(100);
    expect(pieces).toBeLessThan(10);
  });

  test.each([
    ['', /empty/],
    ['PK\u0003\u0004', /archive|workbook/],
  ])('%j is refused', async (text, why) => {
    await expect(inspectList(fileOf(text))).rejects.toMatchObject({
      code: 'InvalidInput',
      message: expect.stringMatching(why),
    });
  });
});

describe('the beginning of a workbook', () => {
  const list =
    rowOf(1, ['Spring list']) +
    rowOf(2, ['by marketing', undefined, '2027-03-01']) +
    rowOf(3, ['编号', '姓名', '手机号码']) +
    rowOf(5, ['C1', 'Li', '13800000001']) +
    rowOf(6, ['C2', 'Wang', 13_800_000_002], 'hidden="1"');
  const sheets = { notes: rowOf(1, ['call on weekdays']), list, '.old': list, empty: '' };

  test('shows the sheet with the numbers, the row that names the columns, and what is hidden', async () => {
    const inspected = await inspectList(fileOf(workbookOf('', { sheets })));
    expect(inspected).toEqual({
      format: 'xlsx',
      sheet: 'list',
      otherSheets: ['notes'],
      headerRow: 3,
      hidden: 1,
      names: ['编号', '姓名', '手机号码'],
      rows: [['C1', 'Li', '13800000001'], ['C2', 'Wang', '13800000002']], // prettier-ignore
      phones: [{ name: '手机号码', count: 2, of: 2, country: 'CN' }],
    });
    const lines = [...inspectLines(inspected, false)].join('\n');
    expect(lines).toContain('format xlsx, sheet "list", row 3 names the columns, 3 columns');
    expect(lines).toContain('Give --sheet "list" to plan and run.');
    expect(lines).toContain('hides 1 of the first 2 rows');
    expect(lines).not.toContain('1380000');
  });

  test('shows what columns of numbers would be called, and of others what would be read out', async () => {
    const of = (value: number, style: number) => `<c s="${style}"><v>${value}</v></c>`;
    const rows =
      rowOf(1, ['phone', 'due']) +
      rowOf(2, [of(3_105_550_101, 1), of(1234.5, 2)], '') +
      rowOf(3, [of(3_105_550_102, 1), of(2, 2)]);
    const formats = ['"+1 "0', '¥#,##0.00'];
    expect((await inspectList(fileOf(workbookOf(rows, { formats })))).rows).toEqual([
      ['+1 3105550101', '¥1,234.50'],
      ['+1 3105550102', '¥2.00'],
    ]);
  });

  test('what would be refused by the run is refused', async () => {
    const book = fileOf(workbookOf(list), { encoding: 'gbk' });
    await expect(inspectList(book)).rejects.toThrow(/Leave out "encoding"/);
    await expect(inspectList(fileOf('phone\n13800000001\n', { sheet: 'x' }))).rejects.toThrow(
      /Leave out "sheet"/,
    );
  });

  test('shows the sheet and the row that are named', async () => {
    const named = { sheet: 'Notes ', headerRow: 1 };
    expect(await inspectList(fileOf(workbookOf('', { sheets }), named))).toMatchObject({
      sheet: 'notes',
      headerRow: 1,
      names: ['call on weekdays'],
      phones: [],
      hidden: 0,
    });
  });

  test.each([
    [{ sheet: 'x' }, 'has no sheet "x"'],
    [{ sheet: 'list', headerRow: 4 }, 'row 4 has no cells'],
    [{ sheet: 'empty' }, 'its sheets have no cells'],
  ])('%j is refused', async (options, why) => {
    await expect(inspectList(fileOf(workbookOf('', { sheets }), options))).rejects.toMatchObject({
      code: 'InvalidInput',
      message: expect.stringContaining(why),
    });
  });
});

test('of several columns with numbers, one that is called a phone goes first, and a fax last', async () => {
  const text =
    'Business Fax,customer,电话,Mobile\n01088888888,13800000001,,13800000002\n01088888888,13800000003,13800000004,\n01088888889,13800000005,13800000006,x\n';
  const { phones } = await inspectList(fileOf(text));
  expect(phones.map(({ name }) => name)).toEqual(['电话', 'Mobile', 'customer', 'Business Fax']);
});

describe('tccc-bulk inspect', () => {
  test('masks numbers, wherever they are, unless they may be shown', async () => {
    const inspected = await inspectList(
      fileOf('phone,note\n13800000001,call 13800000002\n,１３８００００００１２\n'),
    );
    const masked = [...inspectLines(inspected, false)].join('\n');
    expect(masked).not.toMatch(/1380000|１３８００/);
    expect(masked).toContain(
      '"phone" looks like the numbers: 1 of 1 value can be called, read as numbers of CN.',
    );
    expect([...inspectLines(inspected, true)].join('\n')).toContain('call 13800000002');
  });

  test('writes no template of a list without a header, whose first person would be taken for it', async () => {
    const folder = await temporaryFolder();
    const [list, templateOut] = [join(folder, 'list.csv'), join(folder, 'task.json')];
    await writeFile(list, 'C1,13800000001\nC2,13800000002\n');
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    try {
      expect(await inspect({ positionals: [list], values: { templateOut } })).toBe(4);
      expect(log).toHaveBeenLastCalledWith(expect.stringContaining('this one seems to be data'));
      await expect(stat(templateOut)).rejects.toThrow('ENOENT');
    } finally {
      log.mockRestore();
    }
    await expect(planOf(list, { columns: { Callee: '13800000001' } })).rejects.toThrow(
      /^The first line must name the columns/,
    );
  });

  test('writes a template to start from, and never over a file', async () => {
    const folder = await temporaryFolder();
    const [list, templateOut] = [join(folder, 'list.csv'), join(folder, 'task.json')];
    await writeFile(list, 'name,phone\nLi,13800000001\n');
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    try {
      expect(await inspect({ positionals: [list], values: { templateOut } })).toBe(0);
      expect((await stat(templateOut)).mode & 0o777).toBe(0o600);
      expect(JSON.parse(await readFile(templateOut, 'utf8'))).toEqual({
        action: 'CreateAutoCalloutTask',
        params: { SdkAppId: null, NotBefore: null, Callers: [], IvrId: null, Name: '' },
        columns: { Callee: 'phone', Variables: { name: 'name' } },
        numbers: { country: 'CN' },
      });
      await expect(inspect({ positionals: [list], values: { templateOut } })).rejects.toMatchObject({
        code: 'NotAllowed',
        message: expect.stringContaining(templateOut),
      });
    } finally {
      log.mockRestore();
    }
  });
});
