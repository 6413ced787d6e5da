import type { Outcome } from '@tccc/outbound';
import type { KindName } from './calls.js';

/** What a call reported: an outcome of the contract, or an error that should not exist. */
export type Verdict = 'success' | Outcome | 'foreign error';

/** How a call ended. */
export interface CallRecord {
  call: number;
  /** Which service it was for. */
  world: number;
  verdict: Verdict;
  code: string;
  /** The id that a success gave, and the id of the request that gave it. */
  id?: number;
  requestId?: string;
  /** How long the call lived past its deadline, in milliseconds; negative if it ended before. */
  overrunMs: number;
  /** Only of a call with the option `settle`. */
  marked?: Marked;
}

/** What is known of a call that was marked, so that it could be looked up. */
export interface Marked {
  kind: KindName;
  marker: string;
  /** Its own name, before the marker; undefined if it has none. */
  ownName: string | undefined;
  /** Whether it was looked up and found. */
  isSettled: boolean;
  /** When it was looked for, by the monotonic clock of this process, if it was not found. */
  lookup?: { beganAtMs: number; endedAtMs: number };
  /** What a read of it by its id gave: the name, or the outcome of the failure. */
  read?: { name?: string; outcome?: Verdict };
  /** What a lookup found at the end, if the call was still unknown, or another one has the same marker. */
  foundLater?: readonly number[];
}
