import { methods } from '@tccc/outbound/internal';
import { required, someText } from '../options.js';
import { clientTable, paceTable } from '../run/options.js';
import type { FleetLedgers } from './fleet-ledger.js';

/** Where the ledgers of a fleet are. */
export const ledgersOption = methods<FleetLedgers>(
  ['create', 'open'],
  'the ledgers of a fleet, such as PostgresLedgers',
);

const { client, signal } = clientTable;

/** Every option of a process that joins runs. */
export const memberTable = { client, ...paceTable, ledgers: required(ledgersOption) };

/** Every option of a process that joins a run. */
export const joinTable = { ...memberTable, run: required(someText), signal };
