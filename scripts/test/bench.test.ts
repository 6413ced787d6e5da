import { expect, test } from 'vitest';
import { valuesIn } from '../bench/before.js';
import type { Figure } from '../bench/report.js';
import { printFigure } from '../bench/report.js';

test('what the bench prints can be read by the bench of a later commit', () => {
  const comparison = (text: string, value: number, before?: number) => ({
    text,
    value,
    target: '<= 2',
    ...(before === undefined ? {} : { before }),
  });
  const figure: Figure = {
    id: 'x',
    title: 'A title',
    measurements: [
      {
        title: 'Calls',
        unit: 'per second',
        sides: [{ name: 'ours', role: 'ours', sample: { median: 1, spread: 0 } }],
        comparisons: [comparison('times the official SDK', 1.25), comparison('lines per second', 12_345, 3)],
      },
    ],
  };
  expect([...valuesIn(printFigure(figure))]).toEqual([
    ['times the official SDK', 1.25],
    ['lines per second', 12_345],
  ]);
});
