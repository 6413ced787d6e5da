import type { CallRecord } from './call-record.js';
import type { EndReason } from './end-reason.js';

/**
 * What became of a number. `reached`: somebody answered. `not-reached`: it was called, nobody answered, and it will not be
 * called again. `pending`: it is still to be called, or the record of a call is not there yet. `never-dialled`: the task or
 * campaign is over, and it was not called.
 */
export type NumberState = 'reached' | 'not-reached' | 'pending' | 'never-dialled';

/** What became of one entry of a list. */
export interface NumberResult {
  /** The number: as your own list has it, or else as the service shows it. */
  readonly callee: string;
  /** Position in the list, counted from 0. */
  readonly position: number;
  readonly state: NumberState;
  /** Whether nothing can change any more. */
  readonly isFinal: boolean;
  /** Why: that of the call that was answered, or else of the last one. Absent if that call has no record. */
  readonly reason?: EndReason;
  /** The calls to the number that have a record, in order. */
  readonly attempts: readonly CallRecord[];
  /** Ids of calls that have no record yet, or go on. */
  readonly pendingSessions: readonly string[];
  /** The `UUI` of the entry: of your own list, or else of the records. */
  readonly uui?: string;
  /**
   * Whether another entry has the same number, and nothing tells their calls apart: neither the list of the service nor a
   * `UUI` of their own. Then all of them show all of these calls.
   */
  readonly isShared: boolean;
  /** Give it as the option `cursor` to go on behind this value. */
  readonly cursor: string;
}

/** What is known of an entry before its records are. */
export interface Slot {
  readonly callee: string;
  readonly uui?: string;
  /** Its calls; if the number is in the list more than once, those of all its entries. */
  readonly sessions: readonly string[];
  /** Those that the service lists under this entry alone. */
  readonly own: ReadonlySet<string>;
  /** The `UUI`s of the other entries of the same number; absent if there are none. */
  readonly others?: readonly (string | undefined)[];
  /** What the service says of it. */
  readonly says: 'answered' | 'not-answered' | 'open' | 'untouched';
}

/** What is known of the whole. */
export interface Stage {
  /** Whether no call will come any more, and the last one was so long ago that all must be in the lists. */
  readonly isSettled: boolean;
  /** Whether it is so long ago that the service has no records any more. */
  readonly isExpired: boolean;
}

/** What a slot comes to. */
export function judge(
  slot: Slot,
  records: ReadonlyMap<string, CallRecord | undefined>,
  stage: Stage,
): Omit<NumberResult, 'position' | 'cursor'> {
  const isOwn = belongsTo(slot);
  const all = slot.sessions.map((id) => [id, records.get(id)] as const);
  const attempts = all.flatMap(([, record]) => (record !== undefined && isOwn(record) ? [record] : []));
  attempts.sort((one, other) => (one.startedAt ?? 0) - (other.startedAt ?? 0));
  const pendingSessions = all.flatMap(([id, record]) => (record === undefined ? [id] : []));
  const answered = attempts.find((attempt) => attempt.isAnswered);
  // Another entry of the same number may have got the answer that is said of this one.
  const isExplained = all.some(([, record]) => record?.isAnswered || record?.reason.group === 'machine');
  const state = finalState(
    slot,
    { isReached: answered !== undefined, isExplained, attempts, pendingSessions },
    stage,
  );
  const reason = (answered ?? (state === 'reached' ? undefined : attempts.at(-1)))?.reason;
  const uui = slot.uui ?? attempts.findLast((attempt) => attempt.uui !== undefined)?.uui;
  return {
    callee: slot.callee,
    state: state ?? 'pending',
    isFinal: state !== undefined,
    ...(reason === undefined ? {} : { reason }),
    attempts,
    pendingSessions,
    ...(uui === undefined ? {} : { uui }),
    isShared: slot.others !== undefined && !isTold(slot, attempts),
  };
}

interface Seen {
  readonly isReached: boolean;
  /** Whether a record shows the answer that the service may say there was. */
  readonly isExplained: boolean;
  readonly attempts: readonly CallRecord[];
  readonly pendingSessions: readonly string[];
}

/**
 * The records say more than the list of the service: it has no reasons, and a mailbox may count as an answer there. An answer
 * that no record explains is that of a call that no list has.
 *
 * @returns undefined as long as it can change
 */
function finalState(
  { says }: Slot,
  { isReached, isExplained, attempts, pendingSessions }: Seen,
  { isSettled, isExpired }: Stage,
): Exclude<NumberState, 'pending'> | undefined {
  if (isReached) return 'reached';
  if ((pendingSessions.length > 0 && !isExpired) || (attempts.length === 0 && !isSettled)) return undefined;
  // Else a call that no list has, or whose record is gone, may have ended in any way.
  const isSeen = attempts.length > 0 && pendingSessions.length === 0;
  if (says === 'answered' && !(isSeen && isExplained)) return isSettled ? 'reached' : undefined;
  if (says === 'untouched' && attempts.length + pendingSessions.length === 0) return 'never-dialled';
  return says === 'not-answered' || (isSeen && isSettled) ? 'not-reached' : undefined;
}

/** Which records are of this entry, if others have the same number: by `UUI`, or else as the service lists them. */
function belongsTo({ others, uui, own }: Slot): (record: CallRecord) => boolean {
  if (others === undefined) return () => true;
  const isUnique = uui !== undefined && !others.includes(uui);
  return (record) => {
    if (record.uui !== undefined && isUnique && record.uui === uui) return true;
    if (record.uui !== undefined && others.includes(record.uui) && record.uui !== uui) return false;
    return own.has(record.sessionId);
  };
}

/** Whether the calls of an entry are certainly its own. */
function isTold({ uui, others = [] }: Slot, attempts: readonly CallRecord[]): boolean {
  const isUnique = uui !== undefined && !others.includes(uui);
  return isUnique && attempts.every((attempt) => attempt.uui === uui);
}
