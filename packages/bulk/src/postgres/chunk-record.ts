import { bare, lateLines } from '../ledger/format.js';
import type { ChunkState, Counts, LedgerChunk, Source, StateName } from '../ledger/ledger.js';

/** A chunk as its table has it. */
export interface ChunkRecord {
  chunk: number;
  first_byte: string;
  last_byte: string;
  callees: number;
  sha256: string;
  marker: string;
  state: StateName;
  id: string | null;
  code: string | null;
  by: Source;
  revision: number;
  token: string | null;
  left_out: number[];
  opted_out: number[];
}

export function chunkOf(record: ChunkRecord): LedgerChunk {
  const { chunk, callees, sha256, marker, state, id, code, by, revision } = record;
  const { left_out: leftOut, opted_out: optedOut } = record;
  const range = { from: Number(record.first_byte), to: Number(record.last_byte) };
  const own = bare({ state, id, code } as ChunkState);
  const without = leftOut.length === 0 ? {} : { leftOut };
  const late = lateLines(optedOut, leftOut);
  return { chunk, ...range, callees, sha256, marker, ...own, by, revision, ...without, ...late };
}

/** How many chunks have a state, and how many numbers are in them. */
export interface StateRecord {
  state: StateName;
  chunks: string;
  callees: string;
}

export function countsOf(records: readonly StateRecord[]): Counts {
  const of = (name: StateName) => {
    const { chunks, callees } = records.find(({ state }) => state === name) ?? { chunks: 0, callees: 0 };
    return { chunks: Number(chunks), callees: Number(callees) };
  };
  return {
    planned: of('planned'),
    sending: of('sending'),
    accepted: of('accepted'),
    refused: of('refused'),
    unknown: of('unknown'),
  };
}
