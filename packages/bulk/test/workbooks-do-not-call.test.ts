import { describe, expect, test } from 'vitest';
import { fileOf, planOf } from './plans.js';
import type { WorkbookParts } from './workbooks.js';
import { rowOf, rowsOf, workbookOf } from './workbooks.js';

const cell = (inner: string, attributes = '') => `<c ${attributes}>${inner}</c>`;
const number = (value: number | string, style = 0) => cell(`<v>${value}</v>`, `s="${style}"`);

describe('a do-not-call list', () => {
  const list = ['+8613800000000', '+8613800000001', '+8613800000002'];
  const stopOf = (rows: string, parts?: WorkbookParts) =>
    planOf(list, { doNotCall: fileOf(workbookOf(rows, parts), {}, 500).from as AsyncIterable<Uint8Array> });

  test('one column, with or without a name; numbers as texts and as numbers; hidden rows count', async () => {
    for (const header of [rowOf(1, ['Telefon']), '']) {
      const data = header + rowOf(3, [13_800_000_000]) + rowOf(4, ['138 0000 0001'], 'hidden="1"');
      const { left, doNotCallEntries } = await stopOf(data);
      expect([left, doNotCallEntries]).toEqual([['1 do-not-call', '2 do-not-call'], 2]);
    }
  });

  test.each([
    ['an error', rowsOf([cell('<v>#N/A</v>', 't="e"')], ['13800000000']), /Line 1 of .* is not a number/],
    ['a formula without a result', rowsOf(['a'], [cell('<f>A1</f>')]), /Line 2 of .* is not a number/],
    ['a word below the first row', rowsOf(['a'], ['b']), /Line 2 of .* is not a number/],
    ['two columns', rowsOf(['phone', 'asked']), /several columns, in row 1/],
    ['another column below', rowsOf(['phone'], [undefined, '13800000000']), /several columns, in row 2/],
    ['scientific notation', rowsOf(['1.38E+10']), /Line 1 of .* is not a number/],
    ['a word for nothing in the first row', rowsOf(['N/A'], ['13800000000']), /Line 1 of .* is not a number/],
    ['a name and no number', rowsOf(['Telefon']), /is a workbook without a number/],
    ['an empty sheet', '', /is a workbook without a number/],
  ])('%s is refused', async (_what, rows, message) => {
    await expect(stopOf(rows)).rejects.toThrow(message);
  });

  test('a country code that its format shows belongs to a number', async () => {
    const { left } = await planOf(['+13105550101'], {
      doNotCall: fileOf(workbookOf(rowsOf([number(3_105_550_101, 1)]), { formats: ['"+1"0'] }), {}, 500)
        .from as AsyncIterable<Uint8Array>,
    });
    expect(left).toEqual(['1 do-not-call']);
  });

  test('several sheets are refused, also if one is hidden', async () => {
    const rows = rowsOf(['13800000000']);
    const message = /do-not-call list is a workbook with several sheets: "a", "b"\. Keep only the one/;
    for (const sheets of [
      { a: rows, b: rows },
      { a: rows, '.b': rows },
    ])
      await expect(stopOf('', { sheets })).rejects.toThrow(message);
    for (const sheets of [{ a: rows, '.b': '' }, { '.b': rows }])
      expect((await stopOf('', { sheets })).left).toEqual(['1 do-not-call']);
  });
});
