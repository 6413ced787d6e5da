import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileOf, planOf } from './plans.js';

const text = fc.string({
  unit: fc.constantFrom('a', 'é', '雷', '😀', '<', '&', '"', ' ', '\n', '_x', '0', '\u2028'),
  minLength: 1,
  maxLength: 12,
});

/** What a cell may hold, and what of it is read. Whole numbers have 15 digits at most, for exceljs shows none beyond. */
const value: fc.Arbitrary<ExcelJS.CellValue> = fc.oneof(
  text,
  fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 }),
  fc
    .double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })
    .filter((number) => !Object.is(number, -0)),
  fc.boolean(),
  fc.array(text, { minLength: 1, maxLength: 4 }).map((pieces) => ({
    richText: pieces.map((piece, at) => ({ text: piece, font: { bold: at % 2 === 0 } })),
  })),
  fc.integer({ min: 1, max: 1e9 }).map((result) => ({ formula: 'A1+1', result })),
  text.map((result) => ({ formula: 'UPPER(A1)', result })),
  fc.constant({ error: '#N/A' } as ExcelJS.CellErrorValue),
  fc
    .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => new Date(Math.floor(date.getTime() / 86_400_000) * 86_400_000)),
);

/** What a person hears of a cell that exceljs has read as a whole. */
function heard(cell: ExcelJS.CellValue): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  if (typeof cell === 'number') return plain(cell);
  if (typeof cell !== 'object') return String(cell);
  if ('richText' in cell) return cell.richText.map((piece) => piece.text).join('');
  if ('result' in cell) return heard(cell.result as ExcelJS.CellValue);
  return '';
}

const plain = (number: number) =>
  Number.isInteger(number) ? String(number) : String(Number(number.toPrecision(15)));

async function writtenBy(cells: readonly ExcelJS.CellValue[], isStream: boolean, useSharedStrings: boolean) {
  if (isStream) {
    const { PassThrough } = await import('node:stream');
    const { buffer } = await import('node:stream/consumers');
    const stream = new PassThrough();
    const bytes = buffer(stream);
    const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useSharedStrings, useStyles: true });
    fill(workbook.addWorksheet('list'), cells);
    await workbook.commit();
    return bytes;
  }
  const workbook = new ExcelJS.Workbook();
  fill(workbook.addWorksheet('list'), cells);
  return Buffer.from(await workbook.xlsx.writeBuffer({ useSharedStrings } as never));
}

function fill(sheet: ExcelJS.Worksheet, cells: readonly ExcelJS.CellValue[]): void {
  sheet.addRow(['phone', 'id', 'name']);
  for (const [at, cell] of cells.entries()) {
    const row = sheet.addRow([13_800_000_000 + at, `i${at}`, cell]);
    if (cell instanceof Date) row.getCell(3).numFmt = 'yyyy-mm-dd';
  }
}

test('whatever exceljs writes, as a whole or as a stream, is read as exceljs reads it as a whole', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(value, { minLength: 1, maxLength: 12 }),
      fc.boolean(),
      fc.boolean(),
      async (cells, isStream, useSharedStrings) => {
        const bytes = await writtenBy(cells, isStream, useSharedStrings);
        const workbook = new ExcelJS.Workbook();
        await workbook.xlsx.load(bytes as never);
        const sheet = workbook.getWorksheet('list')!;
        const theirs = cells
          .map((_cell, at) => heard(sheet.getRow(at + 2).getCell(3).value))
          // Blanks alone are nothing.
          .map((text) => (text.trim() === '' ? '' : text));
        const { rows } = await planOf(fileOf(bytes, {}, 4_096));
        const ours = rows.map((row) =>
          Array.isArray(row) ? ((row[3]?.Variables?.[0]?.Value as string | undefined) ?? '') : row,
        );
        expect(ours).toEqual(theirs);
      },
    ),
    { seed: 22, numRuns: 50 },
  );
});
