import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { BulkError, unusable } from '../errors.js';
import type { Chunk, LedgerChunk } from '../ledger/ledger.js';
import { placeOf } from '../ledger/place.js';
import type { CalleeRow } from './rows.js';
import { isCalleeRow, parseRow } from './rows.js';

/** Where the plan of a ledger is. */
export function planPathOf(ledger: string): string {
  return `${placeOf(ledger)}.plan`;
}

/** A chunk, and the lines of it that are not sent. */
type PartialChunk = Chunk & Pick<LedgerChunk, 'leftOut'>;

/**
 * The numbers of a chunk, from the plan.
 *
 * @throws BulkError `LedgerDamaged` if the plan is not the one that the ledger was made with
 */
export async function loadChunk(path: string, chunk: PartialChunk): Promise<CalleeRow[]> {
  return calleesIn(await readPart(path, chunk.from, chunk.to), chunk);
}

/**
 * The numbers in the rows of a chunk.
 *
 * @throws BulkError `LedgerDamaged` if they are not those that the ledger was made with
 */
export function calleesIn(bytes: Buffer, chunk: PartialChunk): CalleeRow[] {
  if (createHash('sha256').update(bytes).digest('hex') !== chunk.sha256)
    throw new BulkError(
      'LedgerDamaged',
      `The plan of chunk ${chunk.chunk} is not the one of the ledger: it was changed.`,
    );
  const leftOut = new Set(chunk.leftOut);
  return [...linesIn(bytes)]
    .map(parseRow)
    .filter(isCalleeRow)
    .filter(([line]) => !leftOut.has(line));
}

/** The lines of a part of a plan, without their line breaks. */
export function* linesIn(bytes: Buffer): Generator<Buffer> {
  for (let from = 0, to = bytes.indexOf(10); to !== -1; from = to + 1, to = bytes.indexOf(10, from))
    yield bytes.subarray(from, to);
}

/** A part of the plan, from one byte up to, but not including, another. */
export async function readPart(path: string, from: number, to: number): Promise<Buffer> {
  try {
    const file = await open(path, 'r');
    try {
      const bytes = Buffer.alloc(to - from);
      await file.read(bytes, 0, bytes.length, from);
      return bytes;
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unusable(`The plan ${path}`, error);
  }
}
