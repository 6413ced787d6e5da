import type { Clock } from '@tccc/core';
import { checkKnownOptions, checkNumber, checkSignal, invalidOption } from '@tccc/core/internal';
import type { ActionDefinition } from '@tccc/core';
import type { AnyListDefinition, Caller } from '../listing.js';
import type { CallRecord } from './call-record.js';
import type { RecordReaders } from './record-reader.js';

/** The actions that say together what became of each number. */
export interface ResultActions {
  readonly records: AnyListDefinition;
  readonly task: ActionDefinition;
  readonly campaign: ActionDefinition;
  readonly campaigns: AnyListDefinition;
  readonly sessions: AnyListDefinition;
}

/** What results need of their client. */
export interface ResultSource {
  readonly call: Caller;
  readonly clock: Clock;
  readonly readers: RecordReaders;
  readonly actions: ResultActions;
}

/** Which task. */
export interface TaskResultsParams {
  /** Id of your application. */
  SdkAppId: number;
  /** Id of the task. */
  TaskId: number;
}

/** Which campaign. */
export interface CampaignResultsParams {
  /** Id of your application. */
  SdkAppId: number;
  /** Id of the campaign. */
  CampaignId: number;
}

/** One entry of your own list, as it was sent. */
export interface ListEntry {
  /** The number, as it was sent. */
  readonly callee: string;
  /** The `UUI` that was sent with it: it tells two entries of the same number apart. */
  readonly uui?: string;
}

/** How results are made. */
export interface ResultsOptions {
  /**
   * Your own list, in the order in which it was sent. The results then follow it, and two entries of the same number are
   * told apart by their `uui`, if the records have it.
   *
   * @default the numbers that the service shows
   */
  entries?: Iterable<ListEntry>;
  /**
   * Records that you have already, by session id: of pushes, or of an earlier pass. Only others are asked for.
   *
   * @default none
   */
  known?: (sessionId: string) => CallRecord | undefined | Promise<CallRecord | undefined>;
  /**
   * `cursor` of the last value that you have dealt with: the results go on behind it.
   *
   * @default from the beginning
   */
  cursor?: string;
  /**
   * For how long calls may be missing in the lists of the service, in seconds. Once a task or campaign is over, and this
   * long after its last call, a number without a call is `never-dialled`. How long the service takes is not documented.
   * From 0 to 86,400.
   *
   * @default 600
   */
  lagSeconds?: number;
  /**
   * Ends the requests when it is aborted.
   *
   * @default none
   */
  signal?: AbortSignal;
}

/** Which records to read. */
export interface ReconcileParams {
  /** Id of your application. */
  SdkAppId: number;
  /** Since when, in Unix seconds: `next` of the pass before. At most 180 days ago. */
  since: number;
  /**
   * Until when, in Unix seconds.
   *
   * @default now
   */
  until?: number;
  /**
   * How long a call may last, in seconds: it may have begun this long before `since`. From 0 to 604,800.
   *
   * @default 14,400 (four hours)
   */
  longestCallSeconds?: number;
  /**
   * How late a record may appear after the end of its call, in seconds: `next` is this long before `until`. How late it is
   * in fact is not documented. From 0 to 604,800.
   *
   * @default 3,600
   */
  lateSeconds?: number;
}

/** Options, checked and complete. */
export interface ResultSettings {
  readonly entries: readonly ListEntry[] | undefined;
  readonly known: NonNullable<ResultsOptions['known']>;
  /** Position of the first value to give. */
  readonly from: number;
  readonly lagSeconds: number;
  readonly signal: AbortSignal | undefined;
}

const NAMES = Object.keys({
  entries: 0,
  known: 0,
  cursor: 0,
  lagSeconds: 0,
  signal: 0,
} satisfies Record<keyof ResultsOptions, 0>);

/** @throws ConfigurationError that names the option */
export function readResultsOptions(options: ResultsOptions = {}, subject: string): ResultSettings {
  const given = { ...options };
  checkKnownOptions(given, NAMES, 'results options');
  checkSignal(given.signal);
  const { entries, known = () => undefined, cursor, signal } = given;
  if (typeof known !== 'function') throw invalidOption('known', 'a function of a session id');
  return {
    entries: entries === undefined ? undefined : [...entries].map(checkEntry),
    known,
    from: cursor === undefined ? 0 : positionOf(cursor, subject) + 1,
    lagSeconds: checkNumber('lagSeconds', given.lagSeconds, { min: 0, max: 86_400, fallback: 600 }),
    signal,
  };
}

function checkEntry(entry: ListEntry): ListEntry {
  if (typeof entry?.callee === 'string' && entry.callee !== '') return entry;
  throw invalidOption('entries', 'objects with callee, a non-empty string, and uui if there is one');
}

/** Where the results of one task or campaign have come to. */
export function cursorOf(subject: string, position: number): string {
  return `${subject}:${position}`;
}

function positionOf(cursor: unknown, subject: string): number {
  const match = typeof cursor === 'string' ? /^(\w+:\d+):(\d{1,15})$/.exec(cursor) : null;
  if (match === null || match[1] !== subject)
    throw invalidOption('cursor', `the cursor of a result of the same task or campaign (${subject})`);
  return Number(match[2]);
}
