import type { Job, Ledger, LedgerChunk } from '../ledger/ledger.js';
import type { OptOutResult } from '../ledger/format.js';
import { keyOf, numberReaderFor } from '../numbers/index.js';
import type { DoNotCall } from '../plan/do-not-call.js';
import { readDoNotCall } from '../plan/do-not-call.js';
import { calleesIn } from '../plan/load.js';
import type { Template } from '../request/template.js';
import { readTemplate } from '../request/template.js';
import { NumberSet } from './number-set.js';

/** Changes of a ledger that are made at a time. */
const AT_A_TIME = 256;

/** A chunk and its rows, as the plan has them; without a chunk, rows of lines that are left out anyway. */
export interface Part {
  readonly chunk: LedgerChunk | undefined;
  readonly rows: Buffer;
}

/**
 * The numbers of a list of opt-outs, read like those of the run.
 *
 * @throws BulkError that names the line, if one cannot be read
 */
export async function readOptOuts(list: DoNotCall, job: Job): Promise<NumberSet> {
  const keys: number[] = [];
  await readDoNotCall(list, numberReaderFor(readTemplate(job.template)), { add: (key) => keys.push(key) });
  return new NumberSet(keys);
}

/**
 * Takes numbers off the chunks of a run that may still be sent. What was claimed already keeps them, unless it becomes `planned`
 * again; the ledger knows of them then, too.
 *
 * @param parts the whole plan
 * @throws BulkError if the plan or the ledger cannot be used
 */
export async function leaveOut(
  ledger: Ledger,
  parts: AsyncIterable<Part>,
  numbers: NumberSet,
): Promise<OptOutResult> {
  const keyFor = keysOf(readTemplate(ledger.job.template));
  const result = { numbers: numbers.size, leftOut: 0, late: 0 };
  const change = async (chunk: LedgerChunk, lines: readonly number[]) => {
    // Also if it was sent already: nobody who has opted out should be on the next list.
    const now = await ledger.leaveOut(chunk.chunk, lines, { reason: 'do-not-call', by: 'person' });
    const off = new Set(now.leftOut);
    const leftOut = lines.filter((line) => off.has(line)).length;
    result.leftOut += leftOut;
    result.late += lines.length - leftOut;
  };
  let changes: Promise<void>[] = [];
  for await (const { chunk, rows } of parts) {
    if (chunk === undefined) continue;
    const lines = calleesIn(rows, { ...chunk, leftOut: [] })
      .filter(([, , callee]) => numbers.has(keyFor(callee)))
      .map(([line]) => line);
    if (lines.length > 0) changes.push(change(chunk, lines));
    if (changes.length < AT_A_TIME) continue;
    await Promise.all(changes);
    changes = [];
  }
  await Promise.all(changes);
  return result;
}

/**
 * Tells the key of a number of the plan. Mostly its digits are there with a sign of the country code before them; as they
 * were given, there can be other digits as well, such as the code for calls abroad of the country, or the 0 of an area
 * code.
 */
function keysOf(template: Template): (written: string) => number {
  const reader = numberReaderFor(template);
  const isAsGiven = template.numbers.write === 'as-given';
  return (written) => {
    const digits = isAsGiven ? undefined : /^(?:\+|00)([1-9]\d{5,14})$/.exec(written)?.[1];
    return digits === undefined ? (reader.read(written)?.key ?? 0) : keyOf(digits);
  };
}
