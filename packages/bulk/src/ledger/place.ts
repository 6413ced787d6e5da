import { realpathSync } from 'node:fs';
import { systemCode, unusable } from '../errors.js';

/**
 * Where a ledger stands, whatever links lead to it: its lock and its plan are there, too.
 *
 * @throws BulkError `LedgerUnusable`
 */
export function placeOf(ledger: string): string {
  try {
    return realpathSync(ledger);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return ledger;
    throw unusable('The ledger', error);
  }
}
