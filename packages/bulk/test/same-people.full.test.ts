import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isCalleeRow } from '../src/plan/rows.js';
import { fileOf, planOf } from './plans.js';
import { rowOf, workbookOf } from './workbooks.js';

const mobile = fc.nat(40).map((index) => `138000000${String(index).padStart(2, '0')}`);
const written = fc
  .tuple(mobile, fc.constantFrom('', '+86', '0086', '86', '0', "'", ' ', 'tel:'))
  .map(([number, before]) => before + number);
const noNumber = fc.constantFrom('', ' ', 'abc', '1.38E+10', '13800000000;13800000001', '#N/A', '张三');
const row = fc.record({
  phone: fc.oneof({ weight: 4, arbitrary: written }, { weight: 1, arbitrary: noNumber }),
  id: fc.constantFrom('', '007', 'C1', 'a b'),
  name: fc.constantFrom('', '王', 'Li, "Bo"', '=1+1', 'a;b|c', 'line\nbreak', 'Max'),
  'Do not call': fc.constantFrom('', '', '', 'yes', 'no', '否'),
});
type Row = Readonly<Record<'phone' | 'id' | 'name' | 'Do not call', string>>;

const NAMES = ['Do not call', 'name', 'phone', 'id'] as const;

function csvOf(rows: readonly Row[], delimiter: string, end: string): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = [NAMES, ...rows.map((one) => NAMES.map((name) => one[name]))];
  return lines.map((fields) => fields.map(quoted).join(delimiter) + end).join('');
}

/** The same rows in each form of a list. */
function formsOf(rows: readonly Row[]): Buffer[] {
  const sheet = rows.map((one, at) =>
    rowOf(
      at + 2,
      NAMES.map((name) => (one[name] === '' ? undefined : one[name])),
    ),
  );
  return [
    Buffer.from(csvOf(rows, ',', '\n')),
    Buffer.from(csvOf(rows, ';', '\r\n')),
    Buffer.from(`\ufeff${csvOf(rows, '\t', '\r\n')}`, 'utf16le'),
    Buffer.from(rows.map((one) => `${JSON.stringify(one)}\n`).join('')),
    workbookOf(rowOf(1, NAMES) + sheet.join('')),
  ];
}

test('every form of a list calls the same people, and says of each row what becomes of it', async () => {
  const lists = fc.array(row, { minLength: 1, maxLength: 30 });
  const cut = fc.integer({ min: 1, max: 90 });
  const property = fc.asyncProperty(lists, cut, async (given, size) => {
    // A row without any cell is no row of a sheet.
    const rows = given.map((one) => ({ ...one, id: one.id === '' ? 'x' : one.id }));
    const plans = await Promise.all(
      formsOf(rows).map((bytes) => planOf(fileOf(bytes, {}, size), { doNotCall: ['+8613800000007'] })),
    );
    const [first, ...others] = plans.map(({ rows: planned, sent }) => ({
      sent,
      reasons: planned.map((one) => (isCalleeRow(one) ? 'sent' : one.leftOut)),
    }));
    expect(first!.reasons).toHaveLength(rows.length);
    for (const other of others) expect(other).toEqual(first);
    for (const { rows: planned } of plans) {
      const lines = planned.map((one) => (isCalleeRow(one) ? one[0] : one.line));
      expect(lines).toEqual([...new Set(lines)].toSorted((one, other) => one - other));
    }
  });
  await fc.assert(property, { numRuns: 20, seed: 11 });
});
