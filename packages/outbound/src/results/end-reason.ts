import { endStatuses } from '../generated/end-statuses.js';
import type { EndStatus, EndStatusGroup, EndStatusName } from '../generated/end-statuses.js';

/** How a call ended. What the service answers comes through as it is, also if no table has it. */
export interface EndReason {
  /** `unknown` if the service says nothing, or something that no table has. */
  readonly group: EndStatusGroup;
  /** The number, if the service gave it or the table has it. */
  readonly code?: number;
  /** The word, if the service gave it or the table has it. */
  readonly name?: EndStatusName;
}

let tables: { byCode: Map<number, EndStatus>; byName: Map<string, EndStatus> } | undefined;

/** The table by number and by word, made when somebody first asks. */
function table() {
  tables ??= {
    byCode: new Map(endStatuses.flatMap((one) => (one.code === undefined ? [] : [[one.code, one]]))),
    byName: new Map(
      endStatuses.flatMap((one) => (one.name === undefined ? [] : [[one.name.toLowerCase(), one]])),
    ),
  };
  return tables;
}

/**
 * The reason for a number, a word, or both. Pulled records have both, pushed ones only the word. If they contradict each other,
 * the number decides the group, and both are kept.
 * What each means: `spec/end-statuses.yaml`.
 *
 * @param code Value of `EndStatus`.
 * @param name Value of `EndStatusString`.
 *
 * @example
 * endReasonOf(202, 'notAnswer').group; // no-answer
 */
export function endReasonOf(code: number | undefined, name: string | undefined): EndReason {
  const { byCode, byName } = table();
  const known = (code === undefined ? undefined : byCode.get(code)) ?? byName.get(name?.toLowerCase() ?? '');
  const number = code ?? known?.code;
  const word = name ?? known?.name;
  return {
    group: known?.group ?? 'unknown',
    ...(number === undefined ? {} : { code: number }),
    ...(word === undefined ? {} : { name: word }),
  };
}
