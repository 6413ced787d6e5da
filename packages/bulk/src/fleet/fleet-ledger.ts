import type { CallRecords } from './call-records.js';
import type { Stop } from '../run/events.js';
import type { Job, Ledger, LedgerChunk, PlannedChunk, Service } from '../ledger/ledger.js';

/** A part of the plan: the rows of a chunk with what was left out before and among them, or what was left out after the last. */
export interface PlanPart {
  /** Undefined for what follows the last chunk. */
  readonly chunk: LedgerChunk | undefined;
  /** Lines of the plan. */
  readonly rows: Buffer;
}

/** Who leads: this process, another one, or none any more. */
export type Leader = 'self' | 'other' | 'nobody';

/** A ledger that many processes work on at a time. It holds the plan, too, since they share no disk. */
export interface FleetLedger extends Ledger {
  /**
   * Asks whether a chunk that was claimed is still this process's own, last thing before its request is sent: one that was
   * suspended meanwhile, or cut off, may have been taken for dead.
   *
   * @returns how long the request may take, in milliseconds, so that it has ended before others may take this process for dead;
   * undefined if the chunk is not its own any more: nothing may be sent then
   */
  confirm(chunk: LedgerChunk): Promise<number | undefined>;
  /** The rows of a chunk, as the plan has them. */
  rows(chunk: LedgerChunk): Promise<Buffer>;
  /** The whole plan in its order. */
  plan(): AsyncIterable<PlanPart>;
  /** Who has, or may have, what was sent; undefined if certainly nobody has, or if the ledger does not say. */
  service(): Promise<Service | undefined>;
  /**
   * Says who this process sends to. As long as nobody has anything of the run and no other process works on it, that is who the
   * run is sent to.
   *
   * @returns who the run is sent to; undefined if the ledger does not say
   */
  sendTo(service: Service): Promise<Service | undefined>;
  /** Stops the run for all processes: from now on nothing can be claimed. `undefined` lets it go on. */
  setStop(stop: Stop | undefined): Promise<void>;
  /** What has stopped the run for all processes. */
  stop(): Promise<Stop | undefined>;
  /**
   * Who does what only one process should do. The leader stays so until it closes the ledger or dies.
   *
   * @param mayBegin whether this process leads from now on if nobody does; it takes the place of one that has died in any case
   */
  lead(mayBegin: boolean): Promise<Leader>;
}

/** What a new ledger is made from. */
export interface NewLedger {
  readonly job: Job;
  readonly chunks: readonly PlannedChunk[];
  /**
   * The rows of each chunk in their order, and what follows the last one. They are read again from the first if the ledger
   * has to be written again, so a generator, which can be read once, will not do.
   */
  readonly rows?: Iterable<Buffer> | AsyncIterable<Buffer>;
}

/** Where the ledgers of a fleet live. */
export interface FleetLedgers {
  /** What is known of calls already, so that `fleetResults` asks only for the others. */
  readonly records: CallRecords;
  /**
   * Writes a new ledger: it is there as a whole, or not at all. One that has chunks without rows, of which nothing was sent, is
   * written again.
   *
   * @throws BulkError `NotAllowed` if there is one of this run already; `OtherRun` if another run has the same list and
   * name; `LedgerDamaged` if that one has chunks without rows, or if there are fewer rows than chunks
   */
  create(ledger: NewLedger): Promise<void>;
  /** @throws BulkError `LedgerNotFound`, or `LedgerTooNew` */
  open(run: string): Promise<FleetLedger>;
  close(): Promise<void>;
}
