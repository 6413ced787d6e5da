import type { Created, JournalEntry } from '@tccc/mocks';
import { wholeNameOf } from './marked.js';
import type { CallRecord, Marked, Verdict } from './records.js';

/** What the service and the client know of one call. */
export interface Evidence {
  /** What the service created for it. */
  created: readonly Created[];
  /** What it saw of it. */
  history: readonly JournalEntry[];
  /** Whether the connections of its service end with their responses. */
  isClosing: boolean;
  /** The ids of everything that has its name and marker. */
  withMarker: readonly number[];
  /** When lists of this service lagged by a fault. */
  lagsAtMs: readonly number[];
  /** How far all its lists are behind, in milliseconds. */
  listDelayMs: number;
  /** Request ids of the attempts, of this call or another, that clients know to have succeeded. */
  answered: ReadonlySet<string>;
}

/** How often the service may have executed a call, by what the call reported. */
const ALLOWED: Record<Verdict, readonly number[]> = {
  success: [1],
  'not-executed': [0],
  unknown: [0, 1],
  executed: [1],
  'foreign error': [],
};

/** What does not fit what the service did, if something does not. */
export function objectionTo(record: CallRecord, evidence: Evidence): string | undefined {
  const { verdict, id, marked } = record;
  const { created } = evidence;
  if (!ALLOWED[verdict].includes(created.length)) return `it was executed ${created.length} times`;
  if (verdict === 'success' && created[0]!.id !== id) return 'it has another id';
  if (isDisbelieved(record, evidence)) return 'its response was right';
  return marked === undefined ? undefined : objectionToMarked(record, marked, evidence);
}

/**
 * Whether the right response to a request was not believed. Not of a connection that is kept: there, one that follows a
 * surplus is rightly doubted.
 */
function isDisbelieved({ code }: CallRecord, { history, isClosing }: Evidence): boolean {
  return isClosing && code === 'ForeignResponse' && history.at(-1)?.fault === undefined;
}

/** Of a call that was marked, so that it could be looked up. */
function objectionToMarked(
  { code, requestId }: CallRecord,
  marked: Marked,
  evidence: Evidence,
): string | undefined {
  const { marker, isSettled, read, foundLater } = marked;
  const [one] = evidence.created;
  if (code === 'FoundTwice') return 'it is there once';
  if (one !== undefined && one.params.Name !== wholeNameOf(marked)) return 'its name is another';
  if (isSettled && evidence.answered.has(one!.requestId)) return 'it was looked up, though it was answered';
  if (!isSettled && requestId !== undefined && requestId !== one!.requestId)
    return 'it has the request id of another';
  if (isMissed(code, marked, evidence)) return 'it was not found, though the list had it';
  if (foundLater !== undefined && !isSame(foundLater, evidence.withMarker))
    return `a later lookup found ${foundLater.join(', ') || 'nothing'}`;
  if (read?.name !== undefined && !read.name.endsWith(`[${marker}]`))
    return 'a read of it gave something else';
  if (read?.outcome !== undefined && read.outcome !== 'not-executed')
    return `a read of it was ${read.outcome}`;
  return undefined;
}

/** Whether every lookup began when the list had it, and one was complete, and yet it was not found. */
function isMissed(
  code: string,
  { lookup }: Marked,
  { created, history, lagsAtMs, listDelayMs }: Evidence,
): boolean {
  if (code !== 'NotFound' || lookup === undefined) return false;
  const { beganAtMs, endedAtMs } = lookup;
  const entry = history.find(({ createdId }) => createdId !== undefined && createdId === created[0]?.id);
  if (entry === undefined || entry.receivedAtMs + listDelayMs >= beganAtMs) return false;
  return !lagsAtMs.some((atMs) => atMs >= beganAtMs && atMs <= endedAtMs);
}

function isSame(some: readonly number[], others: readonly number[]): boolean {
  return some.length === others.length && some.every((id) => others.includes(id));
}
