import type { FaultName } from '@tccc/mocks';
import type { ListState, SettleShares } from './settle-shares.js';
import { CALLS, LISTS } from './settle-shares.js';

/** Its copy comes too late to be seen, unless the client is too busy to look before: no share of it is always the same. */
const BY_CHANCE: FaultName = 'success-twice-late';

/** The table of the faults that leave calls unknown, those with the same shares in one row, and the sum of all of them. */
export function settleTable(shares: ReadonlyMap<FaultName, SettleShares>): string {
  const unknown = [...shares].filter(([fault, share]) => fault !== BY_CHANCE && share.works.unknown > 0);
  const faults = new Map<string, string[]>();
  for (const [fault, share] of unknown) {
    const cells = cellsOf([share]);
    faults.set(cells, [...(faults.get(cells) ?? []), `\`${fault}\``]);
  }
  const rows = [...faults].map(([cells, names]) => `| ${cells} | ${names.join(', ')} |`);
  return [
    '| Executed | Unknown at first | Unknown after `settle` | if the list lags | if the list fails, too | Faults |',
    '| --: | --: | --: | --: | --: | --- |',
    ...rows,
    `| ${cellsOf(unknown.map(([, share]) => share))} | all of them |`,
  ].join('\n');
}

/** The faults after which every call knows its outcome. */
export function knownFaults(shares: ReadonlyMap<FaultName, SettleShares>): string {
  const known = [...shares].filter(([fault, share]) => fault !== BY_CHANCE && share.works.unknown === 0);
  const names = known.map(([fault]) => `\`${fault}\``);
  return `No call is left unknown by: ${names.join(', ')}; nor by \`${BY_CHANCE}\`, if the copy comes after the response was read.`;
}

function cellsOf(shares: readonly SettleShares[]): string {
  const percent = (list: ListState, part: 'executed' | 'unknown' | 'stillUnknown') => {
    const count = shares.reduce((sum, share) => sum + share[list][part], 0);
    return `${Math.round((100 * count) / (shares.length * CALLS))} %`;
  };
  const left = LISTS.map((list) => percent(list, 'stillUnknown'));
  return [percent('works', 'executed'), percent('works', 'unknown'), ...left].join(' | ');
}
