import { BulkError } from '../../errors.js';

/** Says that a workbook cannot be read to its end. What the libraries say of it is withheld: it may have cells in it. */
export function damaged(what: string, why: string): BulkError {
  return new BulkError(
    'InvalidInput',
    `${what} is a workbook (.xlsx) that is damaged or was cut: ${why}. Copy it again from where it was made, or open it in the spreadsheet and save it again.`,
  );
}
