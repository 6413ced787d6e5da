import { randomBytes } from 'node:crypto';
import type { Job, PlannedChunk } from '../ledger/ledger.js';
import { digestOf } from '../request/template.js';
import type { Template } from '../request/template.js';
import type { ChunkLimits } from './chunker.js';
import type { Plan } from './plan.js';
import { markerOf } from './plan.js';
import { withoutNumbers } from '../input/warnings.js';

/** What a plan was made with. */
export interface Planned {
  readonly name: string | undefined;
  readonly plan: Plan;
  readonly template: Template;
  readonly limits: ChunkLimits;
}

/**
 * What a ledger is made of: the run, and its chunks with their markers. The markers are random, so that nobody finds in the
 * list of the service what was sent from another ledger.
 *
 * @param id of the run, if many processes find it by its id
 */
export function jobOf(
  { name, plan, template, limits }: Planned,
  id?: string,
): { job: Job; chunks: PlannedChunk[] } {
  const ledgerId = randomBytes(4).toString('hex');
  const { input, lines, callees, leftOut, doNotCall, doNotCallEntries, numbers, warnings } = plan;
  const { assumedCountry } = numbers;
  const job: Job = {
    id: id ?? ledgerId,
    input,
    template: template.given,
    lines,
    callees,
    leftOut,
    ...(name !== undefined && { name }),
    ...(doNotCall !== undefined && { doNotCall }),
    ...(doNotCallEntries !== undefined && { doNotCallEntries }),
    ...(assumedCountry !== undefined && { assumedCountry }),
    ...(warnings.length > 0 && { warnings: withoutNumbers(warnings) }),
    chunkSize: limits.size,
    chunkBytes: limits.bytes,
  };
  return { job, chunks: plan.chunks.map((chunk) => ({ ...chunk, marker: markerOf(ledgerId, chunk) })) };
}

/**
 * Names what a plan sends, by what is in it: the template and the rows of every chunk. Id and markers, which each ledger
 * makes itself, do not count, and neither does how far it has come.
 */
export function planDigestOf({ template, name }: Job, chunks: readonly PlannedChunk[]): string {
  return digestOf([name ?? null, template, chunks.map(({ sha256 }) => sha256)]).slice(0, 16);
}
