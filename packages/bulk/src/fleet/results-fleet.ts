import type { CallRecord, NumberResult } from '@tccc/outbound';
import type { OptionTable } from '@tccc/outbound/internal';
import { readBulkOptions, required, someText } from '../options.js';
import type { ResultsOptions } from '../results/results.js';
import { resultsOf, resultsTable } from '../results/results.js';
import type { ResultRow } from '../results/row.js';
import { checkService } from '../run/service.js';
import type { FleetLedgers } from './fleet-ledger.js';
import { OWN_RUN, ledgersOption } from './options.js';
import { fleetReport } from './report-fleet.js';

/** Where the results of a run come from. */
export interface FleetResultsOptions extends ResultsOptions {
  /** Where the ledger is, and the records. */
  ledgers: FleetLedgers;
  /** Id of the run. */
  run: string;
}

const TABLE = {
  ...resultsTable,
  ledgers: required(ledgersOption),
  run: required(someText),
} satisfies OptionTable<FleetResultsOptions>;

/**
 * Every line of the list of a run, once and in order, with what became of it, like `bulkResults`. Only calls without a record in
 * `ledgers.records` are asked for, and what the service says of them is stored there.
 *
 * @throws BulkError if the ledger cannot be read
 * @throws TcccError if the service cannot be asked; what was given before stays valid
 *
 * @example
 * for await (const row of fleetResults({ client, ledgers, run })) console.log(row.line, row.state);
 */
export async function* fleetResults(given: FleetResultsOptions): AsyncGenerator<ResultRow, void, undefined> {
  const options = readBulkOptions(TABLE, given);
  const { ledgers, run } = options;
  const { records } = ledgers;
  const ledger = await ledgers.open(run);
  try {
    checkService(await ledger.service(), options.client, OWN_RUN);
    const stored = new WeakSet<CallRecord>();
    const known = async (sessionId: string) => {
      const record = await records.of(sessionId);
      if (record !== undefined) stored.add(record);
      return record;
    };
    const onResults = (results: readonly NumberResult[]) =>
      records.keep(results.flatMap(({ attempts }) => attempts.filter((call) => !stored.has(call))));
    yield* resultsOf({ ...options, job: ledger.job, known, onResults }, fleetReport(ledgers, run));
  } finally {
    await ledger.close();
  }
}
