import { BulkError } from '../errors.js';
import type { AssumedCountry } from '../numbers/index.js';
import type { LeftOutReason } from '../input/entry.js';
import type { Warning } from '../input/warnings.js';
import type { BulkTemplate } from '../request/template.js';

/** A part of the plan that becomes one request. */
export interface Chunk {
  /** Counts from 1. */
  readonly chunk: number;
  /** Where its rows are in the plan, in bytes: from the first one up to, but not including, `to`. */
  readonly from: number;
  readonly to: number;
  /** How many numbers it has. */
  readonly callees: number;
  /** SHA-256 of its rows. */
  readonly sha256: string;
}

/** How many lines are left out, by reason. */
export type LeftOutCounts = Partial<Record<LeftOutReason, number>>;

/** What a run is, as its ledger remembers it. With the ledger and the plan, anyone can go on with the run. */
export interface Job {
  /** Tells the run from every other one. The marker of a chunk begins with it if the ledger is a file. */
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
  /** How many numbers the do-not-call list had. */
  readonly doNotCallEntries?: number;
  /** How many numbers have no country code, and as which country they are read; absent if every number has one. */
  readonly assumedCountry?: AssumedCountry;
  /** What a person should have seen before anybody was called; no sample has a phone number in it. */
  readonly warnings?: readonly Warning[];
}

/** A chunk as the ledger has it before anything is sent. */
export interface PlannedChunk extends Chunk {
  /** The name of its task ends with it. */
  readonly marker: string;
}

/** Who says that a chunk has its state: the run itself, a look through the list of the service, or a person. */
export type Source = 'run' | 'settle' | 'person';

/** Who requests go to: a site, this machine, where a mock may be, or a gateway, which may lead to either site. */
export type Service = 'intl' | 'cn' | 'local' | 'other';

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

/**
 * A chunk with its state, and who says so. `callees` counts the numbers that are still to be called, or were when it was claimed
 * last; a chunk without any is never claimed.
 */
export type LedgerChunk = PlannedChunk &
  ChunkState & {
    readonly by: Source;
    /** How many times the state has changed. Tells whether the chunk is still what somebody has read. */
    readonly revision: number;
    /** Lines of the list that are in the plan of the chunk, but are not sent: their numbers have been opted out since. */
    readonly leftOut?: readonly number[];
    /** Lines whose numbers were opted out only after the chunk was claimed: they may have been called. */
    readonly tooLate?: readonly number[];
  };

/** Why, and on whose word, lines are taken off a chunk that was planned with them. */
export interface LeavingOut {
  readonly reason: Extract<LeftOutReason, 'do-not-call'>;
  readonly by: Source;
}

/** How many chunks, and how many numbers in them, have a state. Chunks that nobody is left in do not count. */
export type Counts = Readonly<Record<StateName, { readonly chunks: number; readonly callees: number }>>;

/**
 * The truth about a run, which outlives the process. Every method that changes something resolves once the change is durable,
 * and rejects with a `BulkError` if it could not be made so; then nothing may be sent any more.
 *
 * Chunks that a dead worker was sending become `unknown`, with the code `Interrupted`: at once when a ledger of one
 * process is opened again; where several work on one, as soon as it is clear that one has died.
 */
export interface Ledger {
  /** What the run is. */
  readonly job: Job;
  /**
   * Takes the next planned chunk, which is `sending` from then on; undefined if none is left. No two calls get the same, of
   * whatever process.
   */
  claim(): Promise<LedgerChunk | undefined>;
  /**
   * Says what became of a chunk, and returns it with its new state.
   *
   * @param chunk as it was claimed or read; it must have the same revision still
   * @throws BulkError `NotAllowed` if a chunk in its state cannot become that; `ChunkChanged` if it has changed meanwhile. In
   * both cases nothing has changed
   */
  record(chunk: LedgerChunk, state: ChunkState, by: Source): Promise<LedgerChunk>;
  /**
   * Takes lines off a chunk, so that they are not sent from its next claim on. A chunk that was claimed already keeps them for
   * now, and has them in `tooLate`: they are taken off if it becomes `planned` again. The revision stays.
   *
   * @returns the chunk as it is then: if it is `planned`, its `leftOut` has the lines
   * @throws BulkError `NotAllowed` if there is no such chunk
   */
  leaveOut(chunk: number, lines: readonly number[], why: LeavingOut): Promise<LedgerChunk>;
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

/**
 * Checks a change before it is made, for whatever keeps the ledger.
 *
 * @param revision that the caller has read
 * @param known the chunk as it is by now; undefined if there is none
 * @throws BulkError `NotAllowed` or `ChunkChanged`
 */
export function checkChange(
  chunk: number,
  revision: number,
  known: LedgerChunk | undefined,
  to: StateName,
  by: Source,
): asserts known is LedgerChunk {
  if (known === undefined) throw new BulkError('NotAllowed', `There is no chunk ${chunk}.`);
  if (known.revision !== revision)
    throw new BulkError('ChunkChanged', `Chunk ${chunk} has changed meanwhile; it is ${known.state} now.`);
  if (FOLLOWING[known.state][to]?.includes(by) !== true)
    throw new BulkError('NotAllowed', `Chunk ${chunk} is ${known.state}, and cannot become ${to} here.`);
}
