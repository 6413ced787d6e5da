import type { Stop } from '../events.js';
import type { Job, Ledger, LedgerChunk, PlannedChunk } from '../ledger/ledger.js';

/** A part of the plan: the rows of a chunk with what was left out before and among them, or what was left out after the last. */
export interface PlanPart {
  /** Undefined for what stands after the last chunk. */
  readonly chunk: LedgerChunk | undefined;
  /** Lines of the plan. */
  readonly rows: Buffer;
}

/** Who leads: this process, another one, or none any more. */
export type Leader = 'self' | 'other' | 'nobody';

/** A ledger that many processes work on at a time. It holds the plan, too, since they share no disk. */
export interface FleetLedger extends Ledger {
  /** The rows of a chunk, as the plan has them. */
  rows(chunk: LedgerChunk): Promise<Buffer>;
  /** The whole plan in its order. */
  plan(): AsyncIterable<PlanPart>;
  /** Stops the run for all processes: from now on nothing can be claimed. `undefined` lets it go on. */
  setStop(stop: Stop | undefined): Promise<void>;
  /** What has stopped the run for all processes. */
  stop(): Promise<Stop | undefined>;
  /**
   * Who does what only one process should do. Whoever leads does so until it closes the ledger or dies.
   *
   * @param mayBegin whether this process leads from now on if nobody does; it takes the place of one that has died in any case
   */
  lead(mayBegin: boolean): Promise<Leader>;
}

/** What a new ledger is made from. */
export interface NewLedger {
  readonly job: Job;
  readonly chunks: readonly PlannedChunk[];
  /** The rows of each chunk in their order, and what stands after the last one. */
  readonly rows?: Iterable<Buffer> | AsyncIterable<Buffer>;
}

/** Where the ledgers of a fleet live. */
export interface FleetLedgers {
  /**
   * Writes a new ledger: it is there as a whole, or not at all.
   *
   * @throws BulkError `NotAllowed` if there is one of this run already
   */
  create(ledger: NewLedger): Promise<void>;
  /** @throws BulkError `LedgerNotFound`, or `LedgerTooNew` */
  open(run: string): Promise<FleetLedger>;
  close(): Promise<void>;
}
