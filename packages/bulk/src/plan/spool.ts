import { setImmediate } from 'node:timers/promises';
import type { Entry } from '../input/entry.js';
import type { OpenInput } from '../input/input.js';
import { RunningSum } from '../input/totals.js';
import type { NumberReader, ReadingSummary } from '../numbers/index.js';
import { isRefusal } from '../numbers/index.js';
import { BlockWriter } from './block-file.js';
import type { Duplicates } from './duplicates.js';
import { BARRED } from './duplicates.js';
import { calleeRow, leftOutRow } from './rows.js';
import type { Warnings } from '../input/warnings.js';

/** What the first pass needs. */
export interface SpoolOptions {
  input: OpenInput;
  numbers: NumberReader;
  duplicates: Duplicates;
  /** Learns how the numbers are written. */
  summary: ReadingSummary;
  warnings: Warnings;
  /** Bytes that one number may take in a request. */
  maxCost: number;
  /** Hears how many lines were read. */
  onLines: (lines: number) => void;
  signal: AbortSignal | undefined;
}

/** The first pass: reads every line, judges it on its own, and writes it to a file in its order. Returns how many there are. */
export async function spool(path: string, options: SpoolOptions): Promise<number> {
  const { input, onLines, signal } = options;
  const file = new BlockWriter(path);
  const sum = new RunningSum();
  let lines = 0;
  try {
    for await (const entries of input.entries) {
      signal?.throwIfAborted();
      file.writeText(entries.map((entry) => rowOf(entry, options, sum)).join(''));
      lines += entries.length;
      onLines(lines);
      await setImmediate();
    }
  } finally {
    file.close({ isDurable: false });
  }
  return lines;
}

function rowOf(entry: Entry, options: SpoolOptions, sum: RunningSum): string {
  const { numbers, duplicates, summary, warnings, maxCost } = options;
  const { line, callee, attributes, problem, maybeTotal } = entry;
  const what = problem === 'total-row' ? sum.endGroup() : sum.add(callee);
  if (problem === 'do-not-call') for (const { key } of numbers.readEach(callee)) duplicates.add(key, BARRED);
  if (problem !== undefined) return leftOutRow(line, problem, callee);
  if (what === 'sum' || (what === 'average' && maybeTotal !== undefined)) {
    warnings.add('total-row', { line, sample: callee });
    return leftOutRow(line, 'total-row', callee);
  }
  const reading = numbers.judge(callee);
  if (reading === 'empty') return leftOutRow(line, 'no-number', callee);
  if (isRefusal(reading)) {
    warnings.add(`number-${reading}`, { line, sample: callee });
    return leftOutRow(line, 'not-a-number', callee);
  }
  const { text, cost } = calleeRow(line, reading.number.written, attributes);
  if (cost > maxCost) return leftOutRow(line, 'too-large', callee);
  if (maybeTotal !== undefined) warnings.add('maybe-total-row', { line, sample: maybeTotal });
  summary.add(line, callee, reading);
  duplicates.add(reading.number.key, line);
  return text;
}
