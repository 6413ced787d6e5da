import type { OptOutResult } from '../ledger/format.js';
import { bare } from '../ledger/format.js';
import type { ChunkState, Counts, Job, LedgerChunk, LeftOutCounts, Source } from '../ledger/ledger.js';
import type { AssumedCountry } from '../numbers/index.js';
import type { Warning } from '../input/warnings.js';

/** Why a run ended before everything was sent. */
export type StopReason =
  /** The service refuses, or the request cannot be made, and waiting does not help. */
  | 'refused'
  /** `NotAfter` or `EndTime` has passed: nobody would be called any more. */
  | 'window-passed'
  /** The list has no number that can be called. */
  | 'nothing-to-send'
  /** Too many failures in a row. */
  | 'too-many-failures'
  /** The caller stopped it. */
  | 'stopped'
  /** Something is left to be sent, and nobody was asked to send it now: the report is one of settling. */
  | 'unsent';

/** What stopped a run. */
export interface Stop {
  readonly reason: StopReason;
  /** Code of the error, if there was one. */
  readonly code?: string;
  readonly message: string;
}

/** What happens while a run goes on. */
export type BulkEvent =
  /** Another process had the ledger, and cannot be asked whether it lives. It is watched for so long at most. */
  | { readonly type: 'watching'; readonly waitMs: number }
  /** The list is read. */
  | { readonly type: 'planning'; readonly lines: number }
  /** What is to be sent is clear, and on disk. */
  | {
      readonly type: 'planned';
      readonly lines: number;
      readonly callees: number;
      readonly chunks: number;
      readonly leftOut: LeftOutCounts;
      /** How many numbers the do-not-call list had. */
      readonly doNotCallEntries?: number;
      /** How many numbers have no country code, and as which country they are read; absent if every number has one. */
      readonly assumedCountry?: AssumedCountry;
      /** What a person should see before anybody is called; no sample has a phone number in it. */
      readonly warnings: readonly Warning[];
      /** As the ledger has it: an earlier process may have sent a part. */
      readonly counts: Counts;
    }
  /** A list of opt-outs was applied: how many numbers it has, are left out from now on, and were claimed before it came. */
  | ({ readonly type: 'opted-out' } & OptOutResult)
  /** A chunk has another state. */
  | {
      readonly type: 'chunk';
      readonly chunk: number;
      readonly callees: number;
      readonly state: ChunkState;
      readonly by: Source;
      readonly counts: Counts;
    }
  /**
   * Nothing can be sent for the moment: the service takes no more, or cannot be reached. The next request is tried after
   * `waitMs`; if every further one fails, too, the run stops after about `givesUpInMs`.
   */
  | { readonly type: 'paused'; readonly code: string; readonly waitMs: number; readonly givesUpInMs: number }
  /**
   * A chunk of unknown outcome stays so: the list of the service does not have it (`NotFound`), could not be read
   * (`NoLookup`), or has it more than once (`FoundTwice`), which needs a person at once.
   */
  | { readonly type: 'not-settled'; readonly chunk: number; readonly code: string }
  | ({ readonly type: 'stopped' } & Stop);

/** Says what a run is to send, and how far it has come. */
export function plannedEvent(job: Job, counts: Counts): Extract<BulkEvent, { type: 'planned' }> {
  const chunks = Object.values(counts).reduce((sum, count) => sum + count.chunks, 0);
  return { type: 'planned', ...toldOf(job, counts), callees: calleeCount(counts), chunks, counts };
}

/** How many numbers all chunks have. */
export function calleeCount(counts: Counts): number {
  return Object.values(counts).reduce((sum, { callees }) => sum + callees, 0);
}

/** What was found while the list was read, and who was left out since. */
export function toldOf(job: Job, counts: Counts) {
  const { lines, doNotCallEntries, assumedCountry, warnings = [] } = job;
  return {
    lines,
    leftOut: leftOutOf(job, counts),
    warnings,
    ...(doNotCallEntries !== undefined && { doNotCallEntries }),
    ...(assumedCountry !== undefined && { assumedCountry }),
  };
}

/** How many lines are left out: of the plan, and those whose numbers have been opted out since. */
function leftOutOf({ callees, leftOut }: Job, counts: Counts): LeftOutCounts {
  const optedOut = callees - calleeCount(counts);
  if (optedOut === 0) return leftOut;
  return { ...leftOut, 'do-not-call': (leftOut['do-not-call'] ?? 0) + optedOut };
}

/** Says what a chunk is now. */
export function chunkEvent(known: LedgerChunk, counts: Counts): BulkEvent {
  const { chunk, callees, by } = known;
  return { type: 'chunk', chunk, callees, state: bare(known), by, counts };
}

/** What a run has come to. */
export interface BulkReport {
  /** Id of the job; begins every marker. */
  readonly job: string;
  /** `finished`: everything was sent. */
  readonly outcome: 'finished' | 'stopped';
  /** Present if the outcome is `stopped`. */
  readonly stop?: Stop;
  readonly lines: number;
  readonly leftOut: LeftOutCounts;
  /** How many numbers the do-not-call list had. */
  readonly doNotCallEntries?: number;
  /** How many numbers have no country code, and as which country they are read; absent if every number has one. */
  readonly assumedCountry?: AssumedCountry;
  /** What the list had in it that a person should have seen. */
  readonly warnings: readonly Warning[];
  readonly counts: Counts;
}

/** Someone who reads the events. */
interface Reader {
  readonly events: BulkEvent[];
  wake: () => void;
}

/**
 * Events on their way to their readers, each of whom gets all from the time on when it came. Nothing is kept before there
 * is one.
 */
export class EventQueue implements AsyncIterable<BulkEvent> {
  readonly #readers = new Set<Reader>();
  #end: { error?: unknown } | undefined;

  push(event: BulkEvent): void {
    for (const reader of this.#readers) {
      reader.events.push(event);
      reader.wake();
    }
  }

  end(error?: unknown): void {
    this.#end = error === undefined ? {} : { error };
    for (const { wake } of this.#readers) wake();
  }

  async *#read(reader: Reader): AsyncGenerator<BulkEvent> {
    try {
      for (;;) {
        const event = reader.events.shift();
        if (event !== undefined) yield event;
        else if (this.#end === undefined) await new Promise<void>((resolve) => (reader.wake = resolve));
        else if (this.#end.error !== undefined) throw this.#end.error;
        else return;
      }
    } finally {
      this.#readers.delete(reader);
    }
  }

  [Symbol.asyncIterator](): AsyncGenerator<BulkEvent> {
    const reader: Reader = { events: [], wake: () => {} };
    this.#readers.add(reader);
    return this.#read(reader);
  }
}
