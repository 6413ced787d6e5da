import { readLedger } from '../ledger/file-ledger.js';
import type { LedgerChunk, Job, StateName } from '../ledger/ledger.js';

/** States in the order in which they are shown. */
export const ENDS = ['accepted', 'refused', 'unknown'] as const satisfies StateName[];

/** When a request ended, and how. */
export interface End {
  readonly state: (typeof ENDS)[number];
  readonly atMs: number;
  /** From the line before its first byte to the line after its response; undefined if another process said how it ended. */
  readonly tookMs?: number;
}

/** What a ledger says of a run, with the times at which it was said. */
export interface Timeline {
  readonly job: Job;
  readonly chunks: readonly LedgerChunk[];
  readonly ends: readonly End[];
}

/**
 * Reads a ledger with its times.
 *
 * @throws BulkError if the ledger cannot be read
 */
export async function readTimeline(ledger: string): Promise<Timeline> {
  const ends: End[] = [];
  const begun = new Map<number, number>();
  const { job, chunks } = await readLedger(ledger, ({ chunk, state, by, at }) => {
    const atMs = Date.parse(at);
    if (state === 'sending') begun.set(chunk, atMs);
    if (state !== 'accepted' && state !== 'refused' && state !== 'unknown') return;
    const from = by === 'run' ? begun.get(chunk) : undefined;
    begun.delete(chunk);
    ends.push({ state, atMs, ...(from !== undefined && { tookMs: Math.max(0, atMs - from) }) });
  });
  return { job, chunks, ends };
}

/** How many requests ended how in each of equal parts of a time. */
export function perPart(ends: readonly End[], parts: number) {
  const times = ends.map(({ atMs }) => atMs);
  const fromMs = times.reduce((least, time) => Math.min(least, time), Infinity);
  const toMs = times.reduce((most, time) => Math.max(most, time), -Infinity);
  const lengthMs = Math.max(1, toMs - fromMs + 1) / parts;
  const counts = Array.from({ length: parts }, () => ({ accepted: 0, refused: 0, unknown: 0 }));
  for (const { state, atMs } of ends)
    counts[Math.min(parts - 1, Math.floor((atMs - fromMs) / lengthMs))]![state]++;
  return { fromMs, toMs, lengthMs, counts };
}

/** Upper ends of the parts in which durations are counted, in milliseconds; the last part has none. */
const STEPS = [50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000] as const;

/** How many requests took how long. */
export function durations(ends: readonly End[]): { text: string; count: number }[] {
  const counts = Array.from({ length: STEPS.length + 1 }, () => 0);
  for (const { tookMs } of ends) {
    if (tookMs === undefined) continue;
    const at = STEPS.findIndex((step) => tookMs < step);
    counts[at === -1 ? STEPS.length : at]!++;
  }
  const name = (ms: number) => (ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`);
  return counts.map((count, at) => ({
    text: at === STEPS.length ? `${name(STEPS.at(-1)!)} or more` : `under ${name(STEPS[at]!)}`,
    count,
  }));
}
