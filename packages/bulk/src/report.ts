import type { LeftOutReason } from './input/entry.js';
import { readLedger } from './ledger/file-ledger.js';
import type { LedgerContent } from './ledger/format.js';
import type { LedgerChunk, StateName } from './ledger/ledger.js';
import { readLines } from './plan/block-file.js';
import { planPathOf } from './plan/load.js';
import { isCalleeRow, parseRow } from './plan/rows.js';
import { BulkError } from './errors.js';

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
}

/** Every line of the list, once and in order. Needs no lock: it can be read while a run goes on. */
export async function* reportLines(ledger: string): AsyncGenerator<ReportRow> {
  yield* rowsOf(planPathOf(ledger), await readLedger(ledger));
}

function* rowsOf(plan: string, { chunks, job }: LedgerContent): Generator<ReportRow> {
  let index = 0;
  let position = 0;
  let lines = 0;
  for (const rows of readLines(plan)) {
    for (const bytes of rows) {
      while (index < chunks.length && position >= chunks[index]!.to) index++;
      position += bytes.length + 1;
      lines++;
      yield reportRow(bytes, chunks[index]);
    }
  }
  if (lines !== job.lines)
    throw new BulkError('LedgerDamaged', 'The plan beside the ledger is not complete.');
}

/** A row of the plan as the report has it; the chunk is the one that it is in, or undefined behind the last one. */
export function reportRow(bytes: Buffer, known: LedgerChunk | undefined): ReportRow {
  const row = parseRow(bytes);
  if (!isCalleeRow(row)) {
    const { line, callee, leftOut: reason, of } = row;
    return { line, callee, state: 'left-out', reason, ...(of !== undefined && { of }) };
  }
  if (known === undefined)
    throw new BulkError('LedgerDamaged', 'The plan has numbers that are in no chunk of the ledger.');
  const { chunk, state } = known;
  return {
    ...{ line: row[0], callee: row[2], state, chunk },
    ...(known.state === 'accepted' && { id: known.id }),
    ...('code' in known && { reason: known.code }),
  };
}
