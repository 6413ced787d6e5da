import { isSystemError, unusable } from '../errors.js';
import { readLines } from './block-file.js';
import type { LeftOutRow } from './rows.js';
import { isCalleeRow, parseRow } from './rows.js';

/**
 * The lines of a list that its plan leaves out, in their order.
 *
 * @throws BulkError if the plan cannot be read
 */
export function* leftOutRows(plan: string): Generator<LeftOutRow> {
  try {
    for (const rows of readLines(plan)) {
      for (const bytes of rows) {
        const row = parseRow(bytes);
        if (!isCalleeRow(row)) yield row;
      }
    }
  } catch (error) {
    throw isSystemError(error) ? unusable(`The plan ${plan}`, error) : error;
  }
}
