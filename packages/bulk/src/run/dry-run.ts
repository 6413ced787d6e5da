import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../clock.js';
import { systemClock } from '../clock.js';
import type { Plan } from '../plan/plan.js';
import type { Forecast, OnLeftOut } from './forecast.js';
import { forecast } from './forecast.js';
import type { PrepareOptions } from './prepare.js';
import { planList, prepare } from './prepare.js';

/** What a run would do. */
export interface DryRun extends Omit<Plan, 'chunks' | 'input' | 'doNotCall'>, Forecast {}

/** Options of a dry run: those of `runBulk` that plan. The client only checks the template. */
export interface DryRunOptions extends PrepareOptions {
  /** Is given every line that would be left out, in the order of the list. */
  onLeftOut?: OnLeftOut;
  /** Source of time; for tests. */
  clock?: Clock;
}

/**
 * Says what a run would do, and sends nothing.
 *
 * @example
 * const { leftOut, warnings } = await dryRunBulk({ client, input: 'list.csv', template });
 */
export async function dryRunBulk(options: DryRunOptions, onLines?: (lines: number) => void): Promise<DryRun> {
  const { clock = systemClock, onLeftOut } = options;
  const prepared = prepare(options);
  const folder = await mkdtemp(join(tmpdir(), 'tccc-bulk-'));
  try {
    const path = join(folder, 'plan');
    const workFolder = join(folder, 'work');
    const plan = await planList(prepared, options, {
      ...{ path, workFolder },
      ...(onLines !== undefined && { onLines }),
    });
    const { chunks, input: _input, doNotCall: _doNotCall, ...told } = plan;
    return { ...told, ...(await forecast(chunks.length, prepared.template, path, { clock, onLeftOut })) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
