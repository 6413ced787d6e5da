import { methods } from '@tccc/outbound/internal';
import { required, someText } from '../options.js';
import { clientTable, paceTable } from '../run/options.js';
import type { FleetLedgers } from './fleet-ledger.js';

/** Where the ledgers of a fleet are. */
export const ledgersOption = methods<FleetLedgers>(
  ['create', 'open'],
  'the ledgers of a fleet, such as PostgresLedgers',
);

/** What a run has to have of its own, so that the same list is sent to another service. */
export const OWN_RUN = 'name of its own (option name, or --name)';

const { client, signal } = clientTable;

/** Every option of a process that joins runs. */
export const memberTable = { client, ...paceTable, ledgers: required(ledgersOption) };

/** Every option of a process that joins a run. */
export const joinTable = { ...memberTable, run: required(someText), signal };
