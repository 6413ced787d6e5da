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
 * One slot for each entry of the list: of your own, or else of the one that the service shows. Entries of the same number share what is
 * shown under it, and the records then tell them apart, if anything does.
 */
export function slotsOf(shown: readonly Shown[], entries: readonly ListEntry[] | undefined): Slot[] {
  const listed: readonly ListEntry[] = entries ?? shown.map(({ callee }) => ({ callee }));
  const index = new NumberIndex<Group>();
  const make = (): Group => ({ entries: [], shown: [], made: 0 });
  const groups = listed.map((entry) => {
    const group = index.add(entry.callee, make);
    group.entries.push(entry);
    return group;
  });
  for (const one of shown) index.find(one.callee)?.shown.push(one);
  return listed.map((entry, position) => slotOf(entry, groups[position]!));
}

function slotOf({ callee, uui }: ListEntry, group: Group): Slot {
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
    says: own?.says ?? 'untouched',
  };
}
