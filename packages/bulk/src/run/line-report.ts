import { createHash } from 'node:crypto';
import { isSystemError, unusable } from '../errors.js';
import type { Attributes, LeftOutReason } from '../input/entry.js';
import { readLedger } from '../ledger/file-ledger.js';
import type { LedgerContent } from '../ledger/format.js';
import type { LedgerChunk, StateName } from '../ledger/ledger.js';
import { readLines } from '../plan/block-file.js';
import { planPathOf } from '../plan/load.js';
import { isCalleeRow, parseRow, planDamaged } from '../plan/rows.js';

/** One line of the list, and what became of it. */
export interface ReportRow {
  /** Number of the line, or of the item, counted from 1. */
  readonly line: number;
  /** The number: as it is sent or, if the line is left out, as it was given. */
  readonly callee: string;
  readonly state: StateName | 'left-out';
  /** Of the task or campaign, if the state is `accepted`. */
  readonly id?: string;
  /** Why it is left out, or the code of what happened. */
  readonly reason?: LeftOutReason | (string & {});
  /** If it is left out as `duplicate` or `do-not-call`: the line of the list in question that had the number before. */
  readonly of?: number;
  /** The chunk that it is in. */
  readonly chunk?: number;
  /** Present if the number was opted out, but only after its chunk was claimed: it may have been called. */
  readonly optedOut?: true;
  /** What is particular to the number, if there is something; lines that are left out when the list is planned have none. */
  readonly attributes?: Attributes;
}

/**
 * Every line of the list, once and in order. Needs no lock: it can be read while a run goes on.
 *
 * @throws BulkError if the ledger or the plan cannot be read, or if the plan is not the one that the ledger was made with
 *
 * @example
 * for await (const { line, callee, state } of reportLines('run.ledger')) console.log(line, state);
 */
export async function* reportLines(ledger: string): AsyncGenerator<ReportRow> {
  const content = await readLedger(ledger);
  try {
    yield* rowsOf(planPathOf(ledger), content);
  } catch (error) {
    throw isSystemError(error) ? unusable(`The plan ${planPathOf(ledger)}`, error) : error;
  }
}

function* rowsOf(plan: string, { chunks, job }: LedgerContent): Generator<ReportRow> {
  let index = 0;
  let position = 0;
  let lines = 0;
  let hash = createHash('sha256');
  for (const rows of readLines(plan)) {
    for (const bytes of rows) {
      const known = chunks[index];
      position += bytes.length + 1;
      lines++;
      hash.update(bytes).update('\n');
      yield reportRow(bytes, known);
      if (position !== known?.to) continue;
      if (hash.digest('hex') !== known.sha256) throw planDamaged();
      index++;
      hash = createHash('sha256');
    }
  }
  if (lines !== job.lines || index !== chunks.length) throw planDamaged();
}

/** A row of the plan as the report has it; the chunk is the one that it is in, or undefined behind the last one. */
export function reportRow(bytes: Buffer, known: LedgerChunk | undefined): ReportRow {
  const row = parseRow(bytes);
  if (!isCalleeRow(row)) {
    const { line, callee, leftOut: reason, of } = row;
    return { line, callee, state: 'left-out', reason, ...(of !== undefined && { of }) };
  }
  if (known === undefined) throw planDamaged();
  const { chunk, state } = known;
  if (isAmong(known.leftOut, row[0]))
    return { line: row[0], callee: row[2], state: 'left-out', reason: 'do-not-call', chunk };
  return {
    line: row[0],
    callee: row[2],
    state,
    chunk,
    ...(known.state === 'accepted' && { id: known.id }),
    ...('code' in known && { reason: known.code }),
    ...(isAmong(known.tooLate, row[0]) && { optedOut: true }),
    ...(row[3] !== undefined && { attributes: row[3] }),
  };
}

const sets = new WeakMap<readonly number[], ReadonlySet<number>>();

/** Whether a line is among lines of its chunk, which are asked for again and again. */
function isAmong(lines: readonly number[] | undefined, line: number): boolean {
  if (lines === undefined) return false;
  let set = sets.get(lines);
  if (set === undefined) sets.set(lines, (set = new Set(lines)));
  return set.has(line);
}
