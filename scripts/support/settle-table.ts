import type { FaultName } from '@tccc/mocks';
import type { ListState, SettleShares } from './settle-shares.js';
import { CALLS, LISTS } from './settle-shares.js';

/** Its copy comes too late to be seen, unless the client is too busy to look before: no share of it is always the same. */
const BY_CHANCE: FaultName = 'success-twice-late';

/**
 * The table of the faults that leave calls unknown, those with the same shares in one row, and the sum of all of them. The
 * longest row names none.
 */
export function settleTable(shares: ReadonlyMap<FaultName, SettleShares>): string {
  const unknown = [...shares].filter(([fault]) => leavesUnknown(shares, fault));
  const faults = new Map<string, string[]>();
  for (const [fault, share] of unknown) {
    const cells = cellsOf([share]);
    faults.set(cells, [...(faults.get(cells) ?? []), `\`${fault}\``]);
  }
  const longest = Math.max(...[...faults.values()].map((names) => names.length));
  const rows = [...faults].map(
    ([cells, names]) => `| ${cells} | ${names.length === longest ? 'all others' : names.join(', ')} |`,
  );
  return [
    '| Executed | Unknown after `settle`, whatever the list does | Faults |',
    '| --: | --: | --- |',
    ...rows,
    `| ${cellsOf(unknown.map(([, share]) => share))} | together |`,
  ].join('\n');
}

/** Whether the outcome of some calls is unknown after a fault, unless `settle` finds it. */
export function leavesUnknown(shares: ReadonlyMap<FaultName, SettleShares>, fault: FaultName): boolean {
  return fault !== BY_CHANCE && shares.get(fault)!.works.unknown > 0;
}

function cellsOf(shares: readonly SettleShares[]): string {
  const percent = (list: ListState, part: 'executed' | 'stillUnknown') => {
    const count = shares.reduce((sum, share) => sum + share[list][part], 0);
    return `${Math.round((100 * count) / (shares.length * CALLS))} %`;
  };
  const left = new Set(LISTS.map((list) => percent(list, 'stillUnknown')));
  if (left.size > 1)
    throw new Error('What the list does makes a difference. The table needs a column for each.');
  return [percent('works', 'executed'), ...left].join(' | ');
}
