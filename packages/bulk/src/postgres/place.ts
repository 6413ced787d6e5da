import type { Clock } from '../clock.js';
import type { Database } from './database.js';

/** Where a ledger is. */
export interface Place {
  readonly database: Database;
  readonly schema: string;
  readonly leaseMs: number;
  readonly clock: Clock;
}
