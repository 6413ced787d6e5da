import type { ListEntry } from './options.js';
import type { Slot } from './number-result.js';
import { NumberIndex } from './numbers.js';

/** A number as the service shows it, with the calls that it lists under it. */
export interface Shown {
  readonly callee: string;
  readonly sessions: readonly string[];
  readonly says: Slot['says'];
}

/** All that has the same number. */
interface Group {
  readonly entries: ListEntry[];
  readonly shown: Shown[];
  /** How many slots were made of it. */
  made: number;
}

/**
 * One slot for each entry of the list: of your own, or else of the one that the service shows. Entries of the same number
 * share what is shown under it, and the records then tell them apart, if anything does.
 *
 * @param absent what it says of an entry that the service does not show. If it shows something of no entry, as it does
 * where numbers are protected, it says nothing: that may be the very call
 */
export function slotsOf(
  shown: readonly Shown[],
  entries: readonly ListEntry[] | undefined,
  absent: 'open' | 'untouched',
): Slot[] {
  const listed: readonly ListEntry[] = entries ?? shown.map(({ callee }) => ({ callee }));
  const index = new NumberIndex<Group>();
  const make = (): Group => ({ entries: [], shown: [], made: 0 });
  const groups = listed.map((entry) => {
    const group = index.add(entry.callee, make);
    group.entries.push(entry);
    return group;
  });
  let hasStrays = false;
  for (const one of shown) {
    const group = index.find(one.callee);
    if (group === undefined) hasStrays = true;
    else group.shown.push(one);
  }
  return listed.map((entry, position) => slotOf(entry, groups[position]!, hasStrays ? 'open' : absent));
}

function slotOf({ callee, uui }: ListEntry, group: Group, absent: Slot['says']): Slot {
  const place = group.made++;
  // A service that shows a number once, however often it is in the list, shows it for all of them.
  const own = group.shown[place] ?? group.shown.at(-1);
  const isAlone = group.entries.length === 1;
  const all = group.shown.flatMap((one) => one.sessions);
  return {
    callee,
    ...(uui === undefined ? {} : { uui }),
    sessions: [...new Set(all)],
    own: new Set(own?.sessions),
    ...(isAlone ? {} : { others: group.entries.filter((_, index) => index !== place).map((one) => one.uui) }),
    says: own?.says ?? absent,
  };
}
