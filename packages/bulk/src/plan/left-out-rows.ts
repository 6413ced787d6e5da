import { readLines } from './block-file.js';
import type { LeftOutRow } from './rows.js';
import { isCalleeRow, parseRow } from './rows.js';

/** The lines of a list that its plan leaves out, in their order. */
export function* leftOutRows(plan: string): Generator<LeftOutRow> {
  for (const rows of readLines(plan)) {
    for (const bytes of rows) {
      const row = parseRow(bytes);
      if (!isCalleeRow(row)) yield row;
    }
  }
}
