import { setImmediate } from 'node:timers/promises';
import type { Entry } from '../input/entry.js';
import type { OpenInput } from '../input/input.js';
import type { NumberReader } from '../numbers.js';
import { BlockWriter } from './block-file.js';
import type { Duplicates } from './duplicates.js';
import { calleeRow, leftOutRow } from './rows.js';

/** What the first pass needs. */
export interface SpoolOptions {
  input: OpenInput;
  numbers: NumberReader;
  duplicates: Duplicates;
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
  let lines = 0;
  try {
    for await (const entries of input.entries) {
      signal?.throwIfAborted();
      file.writeText(entries.map((entry) => rowOf(entry, options)).join(''));
      lines += entries.length;
      onLines(lines);
      await setImmediate();
    }
  } finally {
    file.close({ isDurable: false });
  }
  return lines;
}

function rowOf(entry: Entry, { numbers, duplicates, maxCost }: SpoolOptions): string {
  const { line, callee, attributes, problem } = entry;
  if (problem !== undefined) return leftOutRow(line, problem, callee);
  const known = numbers.read(callee);
  if (known === undefined)
    return leftOutRow(line, callee.trim() === '' ? 'no-number' : 'not-a-number', callee);
  const { text, cost } = calleeRow(line, known.written, attributes);
  if (cost > maxCost) return leftOutRow(line, 'too-large', callee);
  duplicates.add(known.key, line);
  return text;
}
