import type { ValidatorFault } from '@tccc/outbound';
import { worstWindow } from './rate-window.js';

/** What became of one request. */
export interface JournalEntry {
  /** Counts from 1. */
  sequence: number;
  /** When the whole request had been read, in milliseconds of the mock's monotonic clock. */
  receivedAtMs: number;
  /** Value of X-TC-Action; empty where there was none. */
  action: string;
  /** Who signed it; empty where that is not known. */
  secretId: string;
  /** `OK`, or the error code of the response. */
  code: string;
  requestId: string;
  /** Id of what the request created. */
  createdId?: number;
  /** The fault that struck; `code` is then what the service would have answered without it. */
  fault?: string;
  /** Body as parsed; absent where it was not JSON. */
  params?: unknown;
  /** Every fault of the parameters, where the response could name only the first. */
  faults?: readonly ValidatorFault[];
  /** Where the signature did not match: what the mock computed it from. */
  canonicalRequest?: string;
  stringToSign?: string;
}

/** How many entries are kept; times of arrival are kept for all. */
const MAX_ENTRIES = 100_000;

/** Everything that the mock was asked, in order. */
export class Journal {
  #entries: JournalEntry[] = [];
  #arrivals: number[] = [];

  /** The entries, oldest first; the latest 100,000. */
  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** How many requests arrived in all. */
  get size(): number {
    return this.#arrivals.length;
  }

  record(entry: Omit<JournalEntry, 'sequence'>): void {
    this.#arrivals.push(entry.receivedAtMs);
    this.#entries.push({ sequence: this.#arrivals.length, ...entry });
    if (this.#entries.length > 2 * MAX_ENTRIES) this.#entries = this.#entries.slice(-MAX_ENTRIES);
  }

  /** The most requests that arrived within any window of this length, in milliseconds. */
  worstWindow(windowMs: number): number {
    return worstWindow(this.#arrivals, windowMs);
  }

  clear(): void {
    this.#entries = [];
    this.#arrivals = [];
  }
}
