import { BulkError } from '../errors.js';
import type { ResultRow } from './row.js';

/** What nobody gets onto a list of numbers to call again by. What became of a duplicate, an earlier line has. */
const NEVER: ReadonlySet<string> = new Set(['reached', 'pending', 'unknown', 'duplicate']);

/**
 * Whether a line may be called again, by reasons that the user names: a group such as `busy`, an end such as `notAnswer` or
 * `202`, a state such as `never-dialled`, or why a line was left out. Nothing is on the list that was reached, that may
 * still be called, of which nothing is known, or whose number an earlier line has. So a number that asked not to be called,
 * before it was called or after, or that does not exist, is there only if its own reason is named.
 *
 * @param onSeen hears each reason that a line has
 */
export function retryCheck(
  reasons: readonly string[],
  onSeen: (reason: string) => void = () => {},
): (row: ResultRow) => boolean {
  const named = new Set(reasons);
  const forbidden = reasons.find((reason) => NEVER.has(reason) || !/^[\w-]{1,40}$/.test(reason));
  if (named.size === 0 || forbidden !== undefined)
    throw new BulkError(
      'InvalidOption',
      'Name the reasons for which a line is called again, such as no-answer,busy: groups, ends or states other than reached, pending, unknown and duplicate.',
    );
  return (row) => {
    if (!row.isFinal || NEVER.has(row.state)) return false;
    const own = reasonsOf(row)
      .filter((one) => one !== undefined)
      .map(String)
      .filter((one) => named.has(one));
    for (const one of own) onSeen(one);
    return own.length > 0;
  };
}

/** By what a line may be named. Of a number that was opted out, nothing else counts, also if it was called before. */
function reasonsOf({
  state,
  group,
  endName,
  endStatus,
  reason,
  optedOut,
}: ResultRow): (string | number | undefined)[] {
  if (optedOut) return ['do-not-call'];
  return [group, endName, endStatus, reason, state === 'left-out' ? undefined : state];
}
