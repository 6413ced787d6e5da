import { isSettleError } from '@tccc/outbound';
import { isBulkError } from '../errors.js';
import type { BulkEvent } from './events.js';
import { chunkEvent } from './events.js';
import type { Ledger, LedgerChunk } from '../ledger/ledger.js';
import type { Sender } from './send.js';

/** What settling needs. */
export interface SettleOptions {
  ledger: Ledger;
  sender: Sender;
  /** How long each chunk is looked for, in milliseconds; at least one look is taken. */
  withinMs: number;
  /** With 1, chunks are looked for one by one; else all together, since one reading of the list serves them all. */
  concurrency: number;
  signal: AbortSignal;
  emit: (event: BulkEvent) => void;
}

/**
 * Looks for every chunk of unknown outcome in the list of the service. What is found is accepted; what is not found stays
 * unknown, since a list may lag, and a task may have another name by now.
 */
export async function settleUnknown(options: SettleOptions): Promise<void> {
  const { ledger, concurrency } = options;
  const unknown: LedgerChunk[] = [];
  for await (const chunk of ledger.chunks('unknown')) unknown.push(chunk);
  const work = async () => {
    for (let chunk = unknown.shift(); chunk !== undefined; chunk = unknown.shift())
      await settleOne(chunk, options);
  };
  const atATime = concurrency === 1 ? 1 : unknown.length;
  const ends = await Promise.allSettled(Array.from({ length: atATime }, work));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function settleOne(chunk: LedgerChunk, options: SettleOptions): Promise<void> {
  const { ledger, sender, withinMs, signal, emit } = options;
  if (signal.aborted) return;
  let id: string;
  try {
    id = await sender.find(chunk.marker, withinMs, signal);
  } catch (error) {
    if (!isSettleError(error)) throw error;
    return emit({ type: 'not-settled', chunk: chunk.chunk, code: error.code });
  }
  let settled: LedgerChunk;
  try {
    settled = await ledger.record(chunk, { state: 'accepted', id }, 'settle');
  } catch (error) {
    // Somebody else has settled or resolved it meanwhile.
    if (isBulkError(error) && error.code === 'ChunkChanged') return;
    throw error;
  }
  emit(chunkEvent(settled, await ledger.counts()));
}
