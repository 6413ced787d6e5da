import { join } from 'node:path';
import type { FaultName } from '@tccc/mocks';
import { faultKinds } from '@tccc/mocks';
import { beforeAll, expect, test } from 'vitest';
import { pageWith } from '../support/pages.js';
import { root } from '../support/root.js';
import type { SettleShares } from '../support/settle-shares.js';
import { CALLS, LISTS, settleShares } from '../support/settle-shares.js';
import { knownFaults, settleTable } from '../support/settle-table.js';

let shares: Map<FaultName, SettleShares>;
beforeAll(async () => {
  shares = await settleShares();
});

test('every fault of the mock was shown', () => {
  expect([...shares.keys()].sort()).toEqual(Object.keys(faultKinds).sort());
});

test.each(LISTS)('what was executed is always found, in a list that %s', (list) => {
  for (const [fault, { [list]: share }] of shares) {
    expect([fault, share.missed]).toEqual([fault, 0]);
    if (share.unknown === 0) continue;
    expect([fault, share.stillUnknown], 'only what was not executed stays unknown').toEqual([
      fault,
      CALLS - share.executed,
    ]);
  }
});

test('docs/after-the-call.md has the shares; if not, run vitest settle-shares --update', async () => {
  const file = 'docs/after-the-call.md';
  const page = await pageWith(file, { shares: `${settleTable(shares)}\n\n${knownFaults(shares)}` });
  await expect(page).toMatchFileSnapshot(join(root, file));
});
