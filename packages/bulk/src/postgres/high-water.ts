import type { Counts, LedgerChunk } from '../ledger/ledger.js';
import type { Stop } from '../run/events.js';

/** What stops the run for all if its database has lost something. */
export const FALLEN_BEHIND: Stop = {
  reason: 'refused',
  code: 'LedgerDamaged',
  message:
    'The database has lost changes of the ledger that it had confirmed, as after a fail-over to a replica that lagged. Chunks that are planned may have been sent: nothing more is sent. Look for their markers in the console of the service before you let the run go on.',
};

/**
 * How far a ledger has come, as far as this process has seen. A database that is behind that has lost what it had confirmed: a
 * replica that lagged has taken the place of the primary, or a backup was restored.
 */
export class HighWater {
  readonly #revisions = new Map<number, number>();
  #accepted = 0;

  /** Takes note of a change that the database has confirmed. */
  see({ chunk, revision }: LedgerChunk): void {
    this.#revisions.set(chunk, revision);
  }

  /** Whether a new change of a chunk has a place that an earlier one had already. */
  hasHad({ chunk, revision }: LedgerChunk): boolean {
    return revision <= (this.#revisions.get(chunk) ?? 0);
  }

  /** How many chunks were accepted; it never falls, whatever happens to the run. */
  get accepted(): number {
    return this.#accepted;
  }

  count({ accepted }: Counts): void {
    this.#accepted = Math.max(this.#accepted, accepted.chunks);
  }
}
