import { expect, test } from 'vitest';
import { retryLines } from '../src/cli/retry-list.js';
import type { ResultRow } from '../src/results/row.js';
import { fileOf, planOf } from './plans.js';
import { template } from './support.js';

test('a list to call again is read by its template, also if that names a column line or reason', async () => {
  const columns = { Callee: 'phone', UUI: 'Line', Variables: { why: 'reason', name: ' name' } };
  const values = [
    ['C1', 'your order', '=1+1'],
    ['007', "'90er", 'Li, "Lei"\nWang'],
    ['@a', '-5,3', '黑名单'],
  ];
  const rows = values.map(([UUI, why, name], at): ResultRow => ({
    line: at + 2,
    callee: `00861380000000${at}`,
    state: 'not-reached',
    isFinal: true,
    group: 'busy',
    calls: [],
    talkSeconds: 0,
    attributes: {
      UUI,
      Variables: [
        { Key: 'why', Value: why! },
        { Key: 'name', Value: name! },
      ],
    },
  }));
  async function* all() {
    yield* rows;
  }
  let text = '';
  for await (const line of retryLines({ template: { ...template, columns } }, all(), () => true))
    text += line;
  const { sent, left } = await planOf(fileOf(text), { columns });
  expect([sent, left]).toEqual([
    values.map(([id, why, name], at) => [`00861380000000${at}`, id, why, name].join('|')),
    [],
  ]);
});
