import type { AnyTcccError, Clock } from '@tccc/core';
import type { AnyListDefinition, Caller } from '../listing.js';
import type { CreationDefinition } from './creation.js';
import type { Sent } from './sent.js';

/** What to look for, and for how long. */
export interface Search {
  readonly creation: Omit<CreationDefinition, 'types'>;
  readonly list: AnyListDefinition;
  readonly sent: Sent;
  readonly marker: string;
  readonly withinMs: number;
  /** Each ends the lookups. */
  readonly signals: readonly AbortSignal[];
  /** Why there is something to look for; undefined if only a lookup was asked for. */
  readonly cause?: AnyTcccError;
}

/** What a lookup needs of its client. */
export interface Seer {
  readonly call: Caller;
  readonly clock: Clock;
  /** The same for all clients that see the same lists. */
  view(list: AnyListDefinition): Promise<string>;
}

/** How far a lookup has come. */
export interface Progress {
  /** How many times the list was looked through. */
  readonly lookups: number;
  readonly elapsedMs: number;
  /** What the latest look failed with. */
  readonly failure: unknown;
  /** What has been seen whose name ends with the marker. */
  readonly ids: readonly number[];
}
