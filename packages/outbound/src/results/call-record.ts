import type { EndReason } from './end-reason.js';
import { endReasonOf } from './end-reason.js';
import { ExpiringLink, markLinks } from './expiring-link.js';

/** Which way a call went. */
export type Direction = 'in' | 'out';

/** A key that was pressed, or a word that was said instead. */
export interface KeyPressed {
  readonly key: string;
  readonly label?: string;
  /** When, in Unix milliseconds: the one time that is not in seconds. */
  readonly atMs?: number;
}

/**
 * The record of one call, the same whether it was pulled with `DescribeTelCdr` or pushed. Numbers are texts. Times are Unix
 * seconds, as on the wire; a time of 0, which the service writes for what did not happen, is left out.
 */
export interface CallRecord {
  /** Id of the call, which joins everything that is known of it. */
  readonly sessionId: string;
  readonly sdkAppId?: string;
  /** The calling number; empty if numbers are protected. */
  readonly caller: string;
  /** The called number, as the service writes it; empty if numbers are protected. */
  readonly callee: string;
  readonly direction?: Direction;
  readonly callType?: number;
  /** How it ended. */
  readonly reason: EndReason;
  /**
   * Whether somebody answered, and it was no mailbox: there is a time of answer, or the reason says so. Of an incoming call
   * that has a time of 0, no agent answered, whatever the reason is.
   */
  readonly isAnswered: boolean;
  readonly startedAt?: number;
  readonly queuedAt?: number;
  readonly rangAt?: number;
  readonly answeredAt?: number;
  readonly endedAt?: number;
  /** From the answer to the end, in seconds, by these times; 0 if nobody answered. The service's own figure is in `raw`. */
  readonly talkSeconds: number;
  /** `user`, `seat` or `system`; the service may answer others. */
  readonly hungUpBy?: string;
  readonly keysPressed: readonly KeyPressed[];
  /** Answers to the survey after the call. */
  readonly surveyKeys: readonly KeyPressed[];
  /** User-defined data of the call. */
  readonly uui?: string;
  /** Ids of the recordings: of the user, then of the agents. */
  readonly recordingIds: readonly string[];
  /** Links to recordings and texts. They expire. */
  readonly links: readonly ExpiringLink[];
  /** The record as it came, with its links marked. */
  readonly raw: Readonly<Record<string, unknown>>;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a record as leniently as the samples of the documentation need it: names in either case, numbers as texts, null
 * instead of lists.
 *
 * @param wire An item of `TelCdrList`, or the body of a push of a phone record.
 * @returns undefined if it has no session id
 *
 * @example
 * const records = TelCdrList.map(callRecordOf);
 */
export function callRecordOf(wire: unknown): CallRecord | undefined {
  if (typeof wire !== 'object' || wire === null || Array.isArray(wire)) return undefined;
  const fields = wire as Fields;
  const sessionId = text(fields['SessionId']);
  if (sessionId === undefined) return undefined;
  const reason = endReasonOf(number(fields['EndStatus']), text(fields['EndStatusString']));
  const raw = markLinks(fields) as Fields;
  const answeredAt = time(fields['AcceptTimestamp']);
  const endedAt = time(fields['EndedTimestamp']);
  const direction = DIRECTIONS[String(fields['Direction'])];
  const isAnswered = answered(fields['AcceptTimestamp'], reason, direction);
  const keys = filled(fields['IVRKeyPressedEx']) ?? fields['IVRKeyPressed'];
  const survey = filled(fields['PostIVRKeyPressedEx']) ?? fields['PostIVRKeyPressed'];
  return {
    sessionId,
    caller: text(fields['Caller']) ?? '',
    callee: text(fields['Callee']) ?? '',
    reason,
    isAnswered,
    talkSeconds: isAnswered ? Math.max(0, (endedAt ?? 0) - (answeredAt ?? endedAt ?? 0)) : 0,
    keysPressed: keysOf(keys),
    surveyKeys: keysOf(survey),
    recordingIds: recordingsOf(fields),
    links: linksOf(raw),
    raw,
    ...given({
      sdkAppId: text(fields['SdkAppId']),
      direction,
      callType: number(fields['CallType']),
      startedAt: time(fields['StartTimestamp']) ?? time(fields['StartTimeStamp']) ?? time(fields['Time']),
      queuedAt: time(fields['QueuedTimestamp']),
      rangAt: time(fields['RingTimestamp']),
      answeredAt,
      endedAt,
      hungUpBy: text(fields['HungUpSide']),
      uui: text(fields['UUI']) ?? text(fields['Uui']),
    }),
  };
}

const DIRECTIONS: Readonly<Record<string, Direction>> = { 0: 'in', 1: 'out' };

/**
 * A mailbox answers as a person does. A record may lack the time, and the time may be that of an agent: who was called and
 * heard only a menu, or waited in vain, has answered nevertheless.
 */
function answered(acceptedAt: unknown, { group }: EndReason, direction: Direction | undefined): boolean {
  if (group === 'machine') return false;
  const at = number(acceptedAt);
  if (at !== undefined && (at > 0 || direction === 'in')) return at > 0;
  return group === 'answered' || group === 'answered-left';
}

/** Whether a call is over, as far as its record says. Whether the service has records of calls that go on is not documented. */
export function hasEnded({ endedAt, reason: { code, name } }: CallRecord): boolean {
  // 0 is a word, too; but so is a number that was never set.
  const end = code ?? name;
  return endedAt !== undefined || (end !== undefined && end !== 0);
}

/** How long a call lasts at most, in seconds. */
export const LONGEST_CALL = 14_400;

/** When a call had ended at the latest, in Unix seconds; of one without a record, nobody knows. */
export function latestEnd(record: CallRecord | undefined, now: number): number {
  return record?.endedAt ?? Math.min(now, (record?.startedAt ?? now) + LONGEST_CALL);
}

function text(value: unknown): string | undefined {
  const isText = (typeof value === 'string' && value !== '') || typeof value === 'number';
  return isText || typeof value === 'bigint' ? String(value) : undefined;
}

function number(value: unknown): number | undefined {
  const isNumeral = typeof value === 'number' || (typeof value === 'string' && /^-?\d+$/.test(value));
  return isNumeral && Number.isFinite(Number(value)) ? Number(value) : undefined;
}

function time(value: unknown): number | undefined {
  const seconds = number(value);
  return seconds === undefined || seconds <= 0 ? undefined : seconds;
}

function filled(list: unknown): unknown {
  return Array.isArray(list) && list.length > 0 ? list : undefined;
}

function keysOf(list: unknown): KeyPressed[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown) => {
    const fields = (typeof item === 'object' && item !== null ? item : { Key: item }) as Fields;
    const key = text(fields['Key']) ?? text(fields['key']);
    if (key === undefined) return [];
    const label = text(fields['Label']) ?? text(fields['label']);
    return [{ key, ...given({ label, atMs: time(fields['Timestamp']) }) }];
  });
}

function recordingsOf(fields: Fields): string[] {
  const legs = Array.isArray(fields['ServeParticipants']) ? (fields['ServeParticipants'] as unknown[]) : [];
  const ids = [fields, ...legs].map((one) => text((one as Fields | null)?.['RecordId']));
  return [...new Set(ids)].filter((id) => id !== undefined);
}

function linksOf(value: unknown): ExpiringLink[] {
  if (value instanceof ExpiringLink) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(linksOf);
}

/** Only the fields that have a value. */
function given<Values extends Record<string, unknown>>(
  values: Values,
): { [Key in keyof Values]?: Exclude<Values[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
