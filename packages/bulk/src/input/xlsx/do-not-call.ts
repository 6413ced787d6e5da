import { BulkError } from '../../errors.js';
import { isWordForNothing } from '../words-for-nothing.js';
import { SpecialCell } from './cells.js';
import { openSheet } from './open.js';

/** A cell of a do-not-call list, and the row that it is in. */
export interface NumberLine {
  readonly line: number;
  readonly text: string;
}

/**
 * The numbers of a workbook that has nothing else: one column, whose first row may name it. What is hidden, rows or sheets,
 * counts like the rest.
 *
 * @throws BulkError if there are several columns or sheets: nobody could say which of them has the numbers; or if there is no
 * number
 */
export async function* readWorkbookNumbers(
  bytes: AsyncIterable<Uint8Array>,
  what: string,
): AsyncGenerator<NumberLine> {
  const advice = 'Keep only the one that has the numbers.';
  const open = await openSheet(bytes, { what, advice, withHidden: true });
  try {
    let column: number | undefined;
    let isFirst = true;
    let entries = 0;
    for await (const rows of open.rows) {
      for (const { number: line, cells } of rows) {
        const filled = [...cells.keys()].filter((at) => cells[at] !== undefined);
        column ??= filled[0];
        if (filled.length > 1 || filled[0] !== column) throw severalColumns(what, line);
        const cell = cells[column!]!;
        const text = cell instanceof SpecialCell ? cell.shownWhole : cell;
        const isName = isFirst && typeof cell === 'string' && isColumnName(text);
        isFirst = false;
        // A formula without a result hides a number: it is not a blank line.
        const isLost = cell instanceof SpecialCell && cell.kind === 'no-result';
        if (isName) continue;
        entries++;
        yield { line, text: isLost ? '(a formula without a result)' : text };
      }
    }
    if (entries === 0)
      throw new BulkError(
        'InvalidInput',
        `${what} is a workbook without a number. Give one with a number in each row, or none.`,
      );
  } finally {
    open.close();
  }
}

/** A word in place of a number that got lost names no column. */
function isColumnName(text: string): boolean {
  return !/[\d#]/.test(text) && !isWordForNothing(text) && !/^(?:true|false)$/i.test(text);
}

function severalColumns(what: string, line: number): BulkError {
  return new BulkError(
    'InvalidInput',
    `${what} has several columns, in row ${line} of its sheet at the latest. Keep only the column of the numbers.`,
  );
}
