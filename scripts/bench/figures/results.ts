import { exactly } from '../measure.js';
import { runNode } from '../processes.js';
import type { Figure } from '../report.js';

interface Asked {
  rows: number;
  requests: number;
  least: number;
  growthBytes: number;
}

/** What became of each line of a long list: requests next to the least that the pages of the service allow, and memory. */
export async function resultsFigure(isQuick: boolean): Promise<Figure> {
  const lines = isQuick ? 10_000 : 100_000;
  const { rows, requests, least, growthBytes } = await runNode<Asked>(
    'starts/results.mjs',
    [String(lines)],
    ['--expose-gc'],
  );
  if (rows !== lines) throw new Error(`There are ${rows} results.`);
  const growth = growthBytes / 1e6;
  return {
    id: 'results',
    title: `What became of ${lines.toLocaleString('en-US')} numbers, in simulated time`,
    measurements: [
      {
        title: 'Records, in pages of 100',
        unit: 'requests',
        sides: [
          { name: 'ours', role: 'ours', sample: exactly(requests) },
          { name: 'the pages alone', role: 'floor', sample: exactly(least) },
        ],
        comparisons: [
          { text: 'times the pages alone', value: requests / least, target: '<= 1.2', of: 'the pages alone' },
        ],
      },
      {
        title: 'Heap behind the first tenth of the rows, at most',
        unit: 'MB more',
        sides: [{ name: 'ours', role: 'ours', sample: exactly(growth) }],
        comparisons: [{ text: 'MB that the heap grows', value: growth, target: '<= 10' }],
      },
    ],
  };
}
