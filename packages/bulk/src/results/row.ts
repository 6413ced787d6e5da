import type { EndReason, NumberResult } from '@tccc/outbound';
import type { Attributes } from '../input/entry.js';
import type { ReportRow } from '../run/line-report.js';

/** One call, as a row keeps it. Times are Unix seconds. */
export interface ResultCall {
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly isAnswered: boolean;
}

/**
 * What became of a line: `left-out` and `not-sent` were not called, `unknown` may have been, and the others are those of a
 * result.
 */
export type ResultState = NumberResult['state'] | 'left-out' | 'not-sent' | 'unknown';

/** One line of the list, and what became of it. */
export interface ResultRow {
  readonly line: number;
  /** The number: as it is sent or, if the line is left out, as it was given. */
  readonly callee: string;
  readonly state: ResultState;
  /** Whether nothing can change any more. */
  readonly isFinal: boolean;
  /** Group of the end of its call: that which was answered, or else the last one. */
  readonly group?: EndReason['group'];
  /** The end itself, as the service gives it. */
  readonly endStatus?: number;
  readonly endName?: string;
  /** Why the line is left out or was not sent, or why nothing is known: a code. */
  readonly reason?: string;
  /** Its calls, in order. */
  readonly calls: readonly ResultCall[];
  /** How long was talked in all, in seconds. */
  readonly talkSeconds: number;
  readonly chunk?: number;
  /** Of the task or campaign. */
  readonly id?: string;
  /** Present if the number was opted out, but too late for this list. */
  readonly optedOut?: true;
  /** What is particular to the number, if there is something; lines that are left out when the list is planned have none. */
  readonly attributes?: Attributes;
}

/** A row of a line that was not called, or of which nothing is known. */
export function rowWithoutCalls(row: ReportRow): ResultRow {
  const { line, callee, state, reason, chunk, id } = row;
  return {
    line,
    callee,
    calls: [],
    talkSeconds: 0,
    ...stateWithoutCalls(state),
    reason: reason ?? state,
    ...(chunk !== undefined && { chunk }),
    ...(id !== undefined && { id }),
  };
}

/** A row of a line that was sent, but whose task cannot be looked up. */
export function unknownRow(row: ReportRow, reason: string): ResultRow {
  return { ...rowWithoutCalls(row), state: 'unknown', reason, isFinal: false };
}

function stateWithoutCalls(state: ReportRow['state']): Pick<ResultRow, 'state' | 'isFinal'> {
  if (state === 'left-out') return { state, isFinal: true };
  // What is still to be sent, or looked for, can change; so can what was refused, once a person has it sent again.
  return { state: state === 'unknown' ? 'unknown' : 'not-sent', isFinal: false };
}

/** A row of a line that was sent. */
export function rowOf(row: ReportRow, result: NumberResult): ResultRow {
  const { line, callee, chunk, id } = row;
  const { state, isFinal, reason, attempts } = result;
  return {
    line,
    callee,
    state,
    isFinal,
    ...(reason !== undefined && { group: reason.group }),
    ...(reason?.code !== undefined && { endStatus: reason.code }),
    ...(reason?.name !== undefined && { endName: reason.name }),
    calls: attempts.map(({ startedAt, endedAt, isAnswered }) => ({
      ...(startedAt !== undefined && { startedAt }),
      ...(endedAt !== undefined && { endedAt }),
      isAnswered,
    })),
    talkSeconds: attempts.reduce((sum, { talkSeconds }) => sum + talkSeconds, 0),
    ...(chunk !== undefined && { chunk }),
    ...(id !== undefined && { id }),
  };
}
