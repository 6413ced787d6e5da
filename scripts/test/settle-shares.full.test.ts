import { join } from 'node:path';
import type { FaultName } from '@tccc/mocks';
import { faultKinds } from '@tccc/mocks';
import { beforeAll, expect, test } from 'vitest';
import { pageWith, readPage } from '../support/pages.js';
import { root } from '../support/root.js';
import type { SettleShares } from '../support/settle-shares.js';
import { CALLS, LISTS, settleShares } from '../support/settle-shares.js';
import { leavesUnknown, settleTable } from '../support/settle-table.js';

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

test('what docs/outcomes.md has as unknown is what is unknown at first, all of it', async () => {
  const [, section] = /^## `unknown`([^]*?)^## /m.exec(await readPage('docs/outcomes.md'))!;
  for (const [fault, { works }] of shares) {
    const isUnknown = section!.includes(` \`${fault}\``);
    expect([fault, leavesUnknown(shares, fault)]).toEqual([fault, isUnknown]);
    if (isUnknown) expect([fault, works.unknown]).toEqual([fault, CALLS]);
  }
});

test('docs/after-the-call.md has the shares; if not, run vitest settle-shares --update', async () => {
  const file = 'docs/after-the-call.md';
  const page = await pageWith(file, { shares: settleTable(shares) });
  await expect(page).toMatchFileSnapshot(join(root, file));
});
