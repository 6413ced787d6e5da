import { maskNumber } from '../numbers/index.js';
import type { LeftOutRow } from '../plan/rows.js';
import { cell } from './csv-cell.js';
import { writeOut } from './output.js';

const COLUMNS = ['line', 'callee', 'reason', 'of'] as const;

/** Writes every line that is left out to a file that only the owner may read, as a whole or not at all. */
export function writeLeftOut(path: string, isWhole: boolean): (rows: Iterable<LeftOutRow>) => Promise<void> {
  return (rows) => writeOut(csvOf(rows, isWhole), path);
}

async function* csvOf(rows: Iterable<LeftOutRow>, isWhole: boolean): AsyncGenerator<string> {
  yield `${COLUMNS.join(',')}\n`;
  for (const { line, callee, leftOut, of = '' } of rows)
    yield `${[line, isWhole ? callee : maskNumber(callee), leftOut, of].map(cell).join(',')}\n`;
}
