import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutboundClient } from '@tccc/outbound';
import type { PlanningOptions } from './options.js';
import { planList, prepare } from './prepare.js';
import { readLines } from '../plan/block-file.js';
import type { Plan } from '../plan/plan.js';
import type { LeftOutRow } from '../plan/rows.js';
import { isCalleeRow, parseRow } from '../plan/rows.js';

/** What a run would do. */
export interface DryRun extends Omit<Plan, 'chunks' | 'input' | 'doNotCall'> {
  /** Requests that would be sent. */
  readonly requests: number;
  /** How long that takes at least, in seconds, at the documented limit. */
  readonly seconds: number;
  /** The first lines that would be left out. */
  readonly firstLeftOut: readonly LeftOutRow[];
}

/** How many lines that are left out are shown. */
const SHOWN = 20;

/**
 * Says what a run would do, and sends nothing.
 *
 * @param options as of `runBulk`; the client only checks the template
 */
export async function dryRunBulk(
  options: PlanningOptions & { client: OutboundClient; signal?: AbortSignal },
  onLines?: (lines: number) => void,
): Promise<DryRun> {
  const prepared = prepare(options);
  const folder = await mkdtemp(join(tmpdir(), 'tccc-bulk-'));
  try {
    const path = join(folder, 'plan');
    const plan = await planList(prepared, options, {
      path,
      workFolder: join(folder, 'work'),
      ...(onLines !== undefined && { onLines }),
    });
    const { chunks, input: _input, doNotCall: _doNotCall, ...told } = plan;
    const { limit, windowMs } = prepared.template.creator.definition.rateLimit;
    const seconds = Math.ceil((chunks.length / limit) * (windowMs / 1_000));
    return { ...told, requests: chunks.length, seconds, firstLeftOut: firstLeftOut(path) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function firstLeftOut(path: string): LeftOutRow[] {
  const found: LeftOutRow[] = [];
  for (const rows of readLines(path)) {
    for (const bytes of rows) {
      const row = parseRow(bytes);
      if (!isCalleeRow(row)) found.push(row);
      if (found.length === SHOWN) return found;
    }
  }
  return found;
}
