import { describe, expect, test } from 'vitest';
import { fileOf, planOf } from './plans.js';
import type { WorkbookParts } from './workbooks.js';
import { rowOf, rowsOf, workbookOf } from './workbooks.js';

const HEADER = ['phone', 'id', 'name'] as const;
const A = '008613800000000|a|李雷';

/** A workbook that comes in pieces. */
const bookOf = (rows: string, parts?: WorkbookParts, options = {}) =>
  fileOf(workbookOf(rows, parts), options, 1_000);

const cell = (inner: string, attributes = '') => `<c ${attributes}>${inner}</c>`;
const number = (value: number | string, style = 0) => cell(`<v>${value}</v>`, `s="${style}"`);

/** What the name and the id become that a cell holds. */
async function valuesOf(cells: readonly string[], parts: WorkbookParts = {}) {
  const rows = cells.map((one, at) => rowOf(at + 2, [13_800_000_000 + at, one, one]));
  const { sent, warned } = await planOf(bookOf(rowOf(1, HEADER) + rows.join(''), parts));
  return { values: sent.map((row) => row.split('|').slice(1)), warned };
}

describe('cells', () => {
  test('texts: shared, inline, of a formula, in pieces, with a pronunciation, with escapes', async () => {
    const strings = [
      '<t>李雷</t>',
      '<r><t xml:space="preserve">Wang </t></r><r><rPr><b/></rPr><t>Lei</t></r>',
      '<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh>',
      '<t>a_x000D_\nb_x005F_x000D_</t>',
      '<t><![CDATA[<b>]]>&#x1F600;</t>',
      '<t>a_x0000_b_xD83D_c</t>',
    ];
    const shared = strings.map((_text, at) => cell(`<v>${at}</v>`, 't="s"'));
    const inline = cell('<is><r><t>138</t></r><r><t>5678</t></r></is>', 't="inlineStr"');
    const formula = cell('<f>UPPER("x")</f><v>X</v>', 't="str"');
    const { values } = await valuesOf([...shared, inline, formula, cell('<v>1</v>', 't="b"')], { strings });
    expect(values.map(([, name]) => name)).toEqual([
      '李雷',
      'Wang Lei',
      '東京',
      'a\nb_x000D_',
      '<b>😀',
      'a\ufffdb\ufffdc',
      '1385678',
      'X',
      'TRUE',
    ]);
  });

  test('numbers keep their digits, and the zeros that are shown', async () => {
    const formats = ['000000', '"C"0000', '0.00E+00', '#,##0', '000-0000-0000', '0', '# ?/?', '@'];
    const { values } = await valuesOf(
      [
        number(1, 1),
        number(3, 2),
        number(13312345678, 3),
        number(1234567, 4),
        number(13212345678, 5),
        number('6.22202123456789E15', 6),
        number(1001.5, 7),
        number(42, 8),
        number('123456789012345'),
        number('0.30000000000000004'),
        number('1.3012345678E10'),
      ],
      { formats },
    );
    expect(values).toEqual([
      ['000001', '000001'],
      ['C0003', 'C0003'],
      ['13312345678', '1.33E+10'],
      ['1234567', '1,234,567'],
      ['132-1234-5678', '132-1234-5678'],
      ['6222021234567890', '6222021234567890'],
      ['1001.5', '1001 1/2'],
      ['42', '42'],
      ['123456789012345', '123456789012345'],
      ['0.3', '0.3'],
      ['13012345678', '13012345678'],
    ]);
  });

  test('a country code that its format shows belongs to a number', async () => {
    const shown = [number(3_105_550_101, 1), number(13_800_000_000, 2), number(13_800_000_001, 3)];
    const rows = shown.map((one, at) => rowOf(at + 2, [one, one, 'x'])).join('');
    const { sent } = await planOf(
      bookOf(rowOf(1, HEADER) + rows, { formats: ['"+1 "0', '"0086"0', '"+86 "000-0000-0000'] }),
    );
    expect(sent).toEqual([
      '0013105550101|+1 3105550101|x',
      '008613800000000|008613800000000|x',
      '008613800000001|+86 138-0000-0001|x',
    ]);
  });

  test('a number of more than 15 digits is named', async () => {
    const { values, warned } = await valuesOf([number('6222021234567890'), number('999999999999999')]);
    expect(values[0]).toEqual(['6222021234567890', '6222021234567890']);
    expect(warned).toEqual(['long-number 2']);
    expect((await valuesOf([number('440301199001011000')])).warned).toEqual(['long-number 2']);
  });

  test.each([
    ['yyyy-mm-dd', 46447, '2027-03-01'],
    ['14', 46447, '2027-03-01'],
    ['22', 46447.75, '2027-03-01 18:00'],
    ['31', 46447, '2027-03-01'],
    ['[$-F800]dddd, mmmm dd, yyyy', 46447, '2027-03-01'],
    ['20', 0.645833333333333, '15:30'],
    ['yyyy"年"m"月"d"日"', 46447, '2027年3月1日'],
    ['上午/下午h"时"mm"分"', 46447.75, '下午6时00分'],
    ['[$-804]dddd', 46447, '星期一'],
    ['[h]:mm', 1.5, '36:00'],
    ['d-mmm-yy', 46447, '1-Mar-27'],
    ['¥#,##0.00', 1234.5, '¥1,234.50'],
    ['#,##0.00;[Red](#,##0.00)', -1234.5, '-1,234.50'],
    ['0.00;[Red]0.00', -5, '-5.00'],
    ['0%', 0.85, '85%'],
    ['yyyy-mm-dd', -1, '-1'],
    ['no "format', 7, '7'],
  ])('%j shows %d as %s', async (format, value, shown) => {
    const { values } = await valuesOf([number(value, 1)], { formats: [format] });
    expect(values[0]![1]).toBe(shown);
  });

  test.each([
    ['2027-03-01', '2027-03-01'],
    ['2027-03-01T00:00:00.000Z', '2027-03-01'],
    ['2027-03-01T09:30:00.000Z', '2027-03-01 09:30:00'],
    ['2027-03-01T09:30', '2027-03-01 09:30'],
    ['2027-03-01T09:30:00.250', '2027-03-01 09:30:00.250'],
    ['09:30:00', '09:30:00'],
  ])('the ISO date %s, as some programs write it, is %s', async (iso, shown) => {
    const { values } = await valuesOf([cell(`<v>${iso}</v>`, 't="d"')]);
    expect(values[0]![1]).toBe(shown);
  });

  test('days are counted from 1904 if the workbook says so; ISO dates are taken as they are', async () => {
    const iso = cell('<v>2027-03-01T00:00:00</v>', 't="d"');
    const { values } = await valuesOf([number(46447 - 1462, 1), iso], {
      formats: ['yyyy-mm-dd'],
      workbook: '<workbookPr date1904="1"/>',
    });
    expect(values.map(([, name]) => name)).toEqual(['2027-03-01', '2027-03-01']);
  });

  test('errors and formulas without a result are empty, and named', async () => {
    const { values, warned } = await valuesOf([
      cell('<f>NA()</f><v>#N/A</v>', 't="e"'),
      cell('<f>A1+1</f><v></v>'),
      cell('<f>A1+1</f>'),
      cell('<f>A1</f><v></v>', 't="str"'),
    ]);
    expect(values).toEqual([[''], [''], [''], ['']]);
    expect(warned).toEqual(['error-cell 2', 'formula-without-result 4']);
  });

  test('a 0 that nothing has calculated is named', async () => {
    const zero = cell('<f>A1*2</f><v>0</v>');
    expect((await valuesOf([zero])).warned).toEqual([]);
    const { warned } = await valuesOf([zero], { workbook: '<calcPr fullCalcOnLoad="1"/>' });
    expect(warned).toEqual(['formula-without-result 2']);
  });
});

describe('rows', () => {
  const rows = rowsOf(HEADER, ['13800000000', 'a', '李雷']);

  test('cells and rows without their place follow each other, also with a prefix for each name', async () => {
    const bare = rows.replaceAll(/ r="\w+"/g, '');
    const prefixed = bare.replaceAll(/<(\/?)(row|c|is|t|v)\b/g, '<$1x:$2');
    for (const [data, isPrefixed] of [
      [bare, false],
      [prefixed, true],
    ] as const) {
      const sheet = `<x:worksheet xmlns:x="m"><x:sheetData>${data}</x:sheetData></x:worksheet>`;
      const parts = isPrefixed ? { 'xl/worksheets/sheet1.xml': sheet } : {};
      expect((await planOf(bookOf(data, { parts }))).sent).toEqual([A]);
    }
  });

  test('what stands right of the names is no column, and an empty row is none', async () => {
    const more = rows + rowOf(4, [undefined, undefined, undefined, '  note']) + rowOf(9, [cell('')]);
    const { sent, left } = await planOf(bookOf(more));
    expect([sent, left]).toEqual([[A], ['4 no-number']]);
  });

  test('the names are found below a title, or in the row that is named', async () => {
    const titled =
      rowOf(1, ['Spring campaign']) +
      rowOf(3, [' Phone', undefined, 'ID', 'name ']) +
      rowOf(4, ['13800000000', 'x', 'a', '李雷']);
    const found = await planOf(bookOf(titled));
    expect([found.sent, found.warned]).toEqual([[A], ['rows-above-header 1']]);
    expect((await planOf(bookOf(titled, {}, { headerRow: 3 }))).sent).toEqual([A]);
    await expect(planOf(bookOf(titled, {}, { headerRow: 1 }))).rejects.toThrow(
      /no column "phone"\. It has: "Spring campaign"\. Row 1 was given/,
    );
    await expect(planOf(bookOf(titled, {}, { headerRow: 2 }))).rejects.toThrow(
      /Row 2 of the list should name the columns/,
    );
  });

  test('if the names are nowhere, those of the row that is nearest are said, without numbers', async () => {
    await expect(
      planOf(bookOf(rowsOf(['Title'], ['tel', 'id', 'name'], ['13800000000', 'a', 'b']))),
    ).rejects.toThrow(/no column "phone"\. It has: "tel", "id", "name"\. That is row 2 of its sheet/);
    await expect(planOf(bookOf(rowsOf(['13800000000', 'a', 'b'])))).rejects.toThrow(
      /It has: \(a number\), "a", "b"/,
    );
    await expect(planOf(bookOf(''))).rejects.toThrow(/The list is empty/);
    await expect(planOf(bookOf(rowsOf(['phone', 'Phone', 'id', 'name', 'phone'])))).rejects.toThrow(
      /more than one column "phone"/,
    );
  });

  test('the names again, totals and hidden columns, as in every list', async () => {
    const data =
      rows +
      rowOf(3, HEADER) +
      rowOf(4, ['8502200410', 'Total', '']) +
      rowOf(5, [cell('<f>SUBTOTAL(109,A2:A4)</f><v>13800000009</v>'), 'b', 'c']);
    const { sent, left, warned } = await planOf(
      bookOf(data, {
        before: '<cols><col min="2" max="2" hidden="1"/><col min="3" max="3" width="0"/></cols>',
      }),
    );
    expect([sent, left]).toEqual([[A], ['3 not-a-number', '4 total-row', '5 total-row']]);
    expect(warned).toEqual(['header-again 1', 'total-row 2', 'hidden-column 2']);
  });

  test('the names of other columns below an empty row are refused', async () => {
    const other = rowOf(4, ['mobile', 'kunde', 'vorname']);
    await expect(planOf(bookOf(rows + other + rowOf(5, ['13800000001', 'b', 'c'])))).rejects.toThrow(
      /^Line 4 of the list seems to name other columns/,
    );
    expect((await planOf(bookOf(rows + other))).left).toEqual(['4 not-a-number']);
  });

  test.each([
    '<f>A2+A3</f>',
    '<f>ROUND(SUM(A2:A3),0)</f>',
    '<f>+SUM(A2:A3)</f>',
    '<f>SUMIF(A2:A3,1)</f>',
    '<f>_xlfn.AGGREGATE(9,5,A2:A3)</f>',
    '<f t="shared" si="3"/>',
  ])('a formula that adds up makes no number: %s', async (formula) => {
    const sum = '<f t="shared" ref="A3:A9" si="3">SUM(A2:A2)</f><v>13800000008</v>';
    const data =
      rows + rowOf(3, [cell(sum), 'b', 'c']) + rowOf(4, [cell(`${formula}<v>13800000009</v>`), 'b', 'c']);
    expect((await planOf(bookOf(data))).left).toEqual(['3 total-row', '4 total-row']);
  });

  test('any other formula does', async () => {
    const data =
      rows + rowOf(3, [cell('<f t="shared" si="0">B3+8600000000</f><v>13800000001</v>'), 'b', 'c']);
    expect((await planOf(bookOf(data))).sent).toEqual([A, '008613800000001|b|c']);
  });

  test('rows that the sheet hides are read and named, or left out', async () => {
    const data =
      rows +
      rowOf(3, ['13800000001', 'b', 'Han'], 'hidden="1"') +
      rowOf(4, ['13800000002', 'c', 'Li'], 'ht="0" customHeight="1"');
    const read = await planOf(bookOf(data));
    expect([read.sent.length, read.warned]).toEqual([3, ['hidden-row 2']]);
    const { sent, left } = await planOf(bookOf(data, {}, { hiddenRows: 'leave-out' }));
    expect([sent, left]).toEqual([[A], ['3 hidden-row', '4 hidden-row']]);
  });

  test('a value that the sheet shows for several rows is named, for only the first has it', async () => {
    const data = rows + rowOf(3, ['13800000001', 'b']) + rowOf(4, [undefined, 'c', 'Li']);
    const merged = (...places: string[]) => ({
      'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${data}</sheetData><mergeCells>${places
        .map((place) => `<mergeCell ref="${place}"/>`)
        .join('')}</mergeCells></worksheet>`,
    });
    const { sent, warnings } = await planOf(bookOf('', { parts: merged('A3:A4', 'B2:D3') }));
    expect(sent).toEqual([A, '008613800000001|b']);
    expect(warnings).toMatchObject([
      { kind: 'merged-cells', columns: ['phone', 'id'], samples: [{ line: 3 }, { line: 2 }] },
    ]);
    // Names, a row, and columns without a name.
    expect((await planOf(bookOf('', { parts: merged('A1:A2', 'A3:C3', 'D2:E4') }))).warned).toEqual([]);
  });

  test('what the sheet strikes out is named, if it is read', async () => {
    const styles =
      '<styleSheet><fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts><cellXfs><xf fontId="0"/><xf fontId="2"/><xf fontId="1"/></cellXfs><dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>';
    const text = (value: string, style: number) =>
      cell(`<is><t>${value}</t></is>`, `t="inlineStr" s="${style}"`);
    const data =
      rowOf(1, [...HEADER, 'note']) +
      rowOf(2, [text('13800000000', 1), text('a', 0), '李雷', text('x', 2)]) +
      rowOf(3, [number(13_800_000_001, 2), text('b', 2), 'Han']);
    const { sent, warnings } = await planOf(bookOf(data, { parts: { 'xl/styles.xml': styles } }));
    expect(sent).toEqual([A, '008613800000001|b|Han']);
    expect(warnings).toMatchObject([
      { kind: 'struck-out', count: 1, columns: ['phone'], samples: [{ line: 3 }] },
    ]);
  });

  test('10,000 texts of their own, more than are kept in memory, in order and sorted', async () => {
    const count = 10_000;
    const strings = ['phone', 'id', 'name'];
    for (let at = 0; at < count; at++) strings.push(`Customer ${at} ${'x'.repeat(60)}`);
    const shared = (at: number) => cell(`<v>${at}</v>`, 't="s"');
    const order = Array.from({ length: count }, (_, at) => (at * 7_919) % count);
    const data =
      rowOf(1, [shared(0), shared(1), shared(2)]) +
      order.map((at, row) => rowOf(row + 2, [13_800_000_000 + at, at, shared(at + 3)])).join('');
    const { sent } = await planOf(bookOf(data, { strings: strings.map((text) => `<t>${text}</t>`) }), {
      limits: { size: 1_000, bytes: 1_000_000 },
    });
    expect(sent).toHaveLength(count);
    expect(
      sent.every(
        (row, at) => row === `0086${13_800_000_000 + order[at]!}|${order[at]}|${strings[order[at]! + 3]}`,
      ),
    ).toBe(true);
  });
});

describe('sheets', () => {
  const list = rowsOf(HEADER, ['13800000000', 'a', '李雷']);
  const empty = rowOf(1, [cell('', 's="1"')]);

  test('the only one with something in it is read; of several, the one that is named', async () => {
    expect((await planOf(bookOf('', { sheets: { Sheet1: list, Sheet2: empty, Sheet3: '' } }))).sent).toEqual([
      A,
    ]);
    const sheets = { readme: rowsOf(['Read me']), 客户: list, '.old': rowsOf(['x']) };
    expect((await planOf(bookOf('', { sheets }, { sheet: ' 客户 ' }))).sent).toEqual([A]);
    await expect(planOf(bookOf('', { sheets }))).rejects.toThrow(/several sheets: "readme", "客户"\. Name/);
    await expect(planOf(bookOf('', { sheets }, { sheet: 'x' }))).rejects.toThrow(
      /no sheet "x"\. It has: "readme", "客户", "old"/,
    );
  });

  test('one of several may be UTF-16', async () => {
    const sheet = `\ufeff<worksheet><sheetData>${list}</sheetData></worksheet>`;
    const parts = { 'xl/worksheets/sheet1.xml': Buffer.from(sheet, 'utf16le') };
    expect((await planOf(bookOf('', { sheets: { a: '', b: '' }, parts }))).sent).toEqual([A]);
  });

  test('no phone number in the name of a sheet is shown', async () => {
    const sheets = { '13800000000': list, b: list };
    await expect(planOf(bookOf('', { sheets }))).rejects.toThrow(/several sheets: "…0000", "b"/);
  });
});
