import type { Chunk } from '../plan/chunker.js';
import type { LeftOutCounts } from '../plan/plan.js';
import type { BulkTemplate } from '../template.js';

/** What a run is, as its ledger remembers it. Whoever has the ledger and the plan can go on with the run. */
export interface Job {
  /** Begins the marker of every chunk. */
  readonly id: string;
  /** The name that the caller gave to the run. */
  readonly name?: string;
  /** What tells the list, and the do-not-call list, from others: SHA-256. */
  readonly input: string;
  readonly doNotCall?: string;
  readonly template: BulkTemplate;
  readonly chunkSize: number;
  readonly chunkBytes: number;
  /** Lines of the list, and how many of them are sent and left out. */
  readonly lines: number;
  readonly callees: number;
  readonly leftOut: LeftOutCounts;
}

/** A chunk as the ledger has it before anything is sent. */
export interface PlannedChunk extends Chunk {
  /** The name of its task ends with it. */
  readonly marker: string;
}

/** Who says that a chunk has its state: the run itself, a look through the list of the service, or a person. */
export type Source = 'run' | 'settle' | 'person';

/** How far a chunk has come. */
export type ChunkState =
  /** Nothing was sent, or it is certain that nothing was done. */
  | { readonly state: 'planned' }
  /** It may be on its way. On disk before the first byte leaves. */
  | { readonly state: 'sending' }
  /** The service has it. `id`: of the task or the campaign, as digits. */
  | { readonly state: 'accepted'; readonly id: string }
  /** The service does not want it, and nothing that waits will change that. */
  | { readonly state: 'refused'; readonly code: string }
  /** It may have been executed. Never sent again, unless a person says so. */
  | { readonly state: 'unknown'; readonly code: string };

export type StateName = ChunkState['state'];

/** A chunk with its state, and who says so. */
export type LedgerChunk = PlannedChunk & ChunkState & { readonly by: Source };

/** How many chunks, and how many numbers in them, have a state. */
export type Counts = Readonly<Record<StateName, { readonly chunks: number; readonly callees: number }>>;

/**
 * The truth about a run, which outlives the process. Every method that changes something resolves once the change is durable,
 * and rejects with a `BulkError` if it could not be made so; then nothing may be sent any more.
 */
export interface Ledger {
  /** What the run is. */
  readonly job: Job;
  /** Takes the next planned chunk, which is `sending` from then on; undefined if none is left. No two calls get the same. */
  claim(): Promise<LedgerChunk | undefined>;
  /**
   * Says what became of a chunk.
   *
   * @throws BulkError `NotAllowed` if a chunk in its state cannot become that
   */
  record(chunk: number, state: ChunkState, by: Source): Promise<void>;
  /** How many chunks have which state. */
  counts(): Promise<Counts>;
  /** All chunks in their order, or those of one state. */
  chunks(state?: StateName): AsyncIterable<LedgerChunk>;
  /** Lets others work on it. */
  close(): Promise<void>;
}

/** What may follow what, and on whose word. Nothing follows `accepted`. */
const FOLLOWING: Readonly<Record<StateName, Partial<Record<StateName, readonly Source[]>>>> = {
  planned: { sending: ['run'] },
  sending: { planned: ['run'], accepted: ['run'], refused: ['run'], unknown: ['run'] },
  accepted: {},
  refused: { planned: ['person'] },
  unknown: { accepted: ['settle', 'person'], planned: ['person'] },
};

/** Whether a chunk may go from one state to another on somebody's word. */
export function mayFollow(from: StateName, to: StateName, by: Source): boolean {
  return FOLLOWING[from][to]?.includes(by) === true;
}
