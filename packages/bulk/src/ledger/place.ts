import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { systemCode, unusable } from '../errors.js';

/**
 * Where a ledger is, whatever links lead to it: its plan is there, too.
 *
 * @throws BulkError `LedgerUnusable`
 */
export function placeOf(ledger: string): string {
  try {
    return realpathSync(ledger);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw unusable(`The ledger ${ledger}`, error);
  }
  // The links of the folder count also before there is a ledger in it.
  try {
    return join(realpathSync(dirname(ledger)), basename(ledger));
  } catch {
    return ledger;
  }
}
