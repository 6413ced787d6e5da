import type { CallRecord } from '@tccc/outbound';

/** Records of calls, of all runs: those that were pushed, and those that a process of the fleet has asked for. */
export interface CallRecords {
  /**
   * Stores records, durably once it has returned. One of a call that is there already takes its place, unless it is a late
   * repeat: it was stored before, or ended earlier. Links in them are not stored, since they expire. A record of a call that
   * has not ended is not stored either.
   *
   * @throws BulkError `LedgerUnusable`
   */
  keep(records: readonly CallRecord[]): Promise<void>;
  /**
   * The record of a call; undefined if none is stored.
   *
   * @throws BulkError `LedgerUnusable`
   */
  of(sessionId: string): Promise<CallRecord | undefined>;
}
