import { join } from 'node:path';
import type { OutboundClient } from '@tccc/outbound';
import type { OptionTable } from '@tccc/outbound/internal';
import { func } from '@tccc/outbound/internal';
import type { Plan } from '../plan/plan.js';
import { inTemporaryFolder } from '../plan/temporary-folder.js';
import type { Forecast, OnLeftOut } from './forecast.js';
import { forecast } from './forecast.js';
import type { PlanningOptions, SendingOptions } from './options.js';
import { readBulkOptions, someText } from '../options.js';
import { planningTable, sendingTable } from './options.js';
import { planList, prepare } from './prepare.js';

/** What a run would do. */
export interface DryRun extends Omit<Plan, 'chunks' | 'input' | 'doNotCall'>, Forecast {}

/** Options of a dry run: those of `runBulk`. The client only checks the template; what is for sending alone changes nothing. */
export interface DryRunOptions extends PlanningOptions, Partial<SendingOptions> {
  client: OutboundClient;
  /** Is given every line that would be left out, in the order of the list. */
  onLeftOut?: OnLeftOut;
}

/** Every option of a dry run. */
export const dryRunTable = {
  ...planningTable,
  ...sendingTable,
  ledger: someText,
  onLeftOut: func<OnLeftOut | undefined>(undefined),
} satisfies OptionTable<DryRunOptions>;

/**
 * Says what a run would do, and sends nothing.
 *
 * @example
 * const { leftOut, warnings } = await dryRunBulk({ client, input: 'list.csv', template });
 * @throws BulkError that says what is wrong with an option, the template, the list or the do-not-call list
 */
export async function dryRunBulk(given: DryRunOptions, onLines?: (lines: number) => void): Promise<DryRun> {
  const options = readBulkOptions(dryRunTable, given);
  const { onLeftOut } = options;
  const prepared = prepare(options);
  return inTemporaryFolder(async (folder) => {
    const path = join(folder, 'plan');
    const workFolder = join(folder, 'work');
    const plan = await planList(prepared, options, {
      path,
      workFolder,
      ...(onLines !== undefined && { onLines }),
    });
    const { chunks, input: _input, doNotCall: _doNotCall, ...told } = plan;
    return {
      ...told,
      ...(await forecast(chunks.length, prepared.template, path, { clock: options.clock, onLeftOut })),
    };
  });
}
