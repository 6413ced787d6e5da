import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RECORDS, benchPage, drawPlots } from '../bench/plots/draw.js';
import { drawBars } from '../bench/plots/bars.js';
import { drawLines } from '../bench/plots/lines.js';
import type { Figure, Results } from '../bench/report.js';
import { missedTargets } from '../support/bench-page.js';

const plots = await drawPlots();
const sample = (median: number) => ({ median, spread: 0 });

describe('the plots of the benchmarks', () => {
  test('are those of the recorded results, and no others', async () => {
    const committed = (await readdir(RECORDS)).filter((file) => file.endsWith('.svg'));
    expect(committed.sort()).toEqual([...plots.keys()].sort());
  });

  test.each([...plots])('%s is drawn from them; after a change: pnpm bench -- --plots', async (file, svg) => {
    expect(await readFile(join(RECORDS, file), 'utf8')).toBe(svg);
  });

  test('are all shown in the README', async () => {
    const page = await readFile(join(RECORDS, 'README.md'), 'utf8');
    for (const file of plots.keys()) expect(page).toContain(`](${file})`);
  });

  test('can be read in light and in dark mode', () => {
    for (const svg of plots.values()) expect(svg).toContain('@media (prefers-color-scheme: dark)');
  });
});

describe('the page of the benchmarks', () => {
  test('has the recorded figures; after a change: pnpm bench -- --plots', async () => {
    expect(await readFile(join(RECORDS, 'README.md'), 'utf8')).toBe(await benchPage());
  });

  test('explains every target that is missed', async () => {
    const page = await readFile(join(RECORDS, 'README.md'), 'utf8');
    const [, section] = /## Why targets are missed\n([\s\S]*?)\n## /.exec(page)!;
    const explained = [...section!.matchAll(/\*\*(`\w+`, [^*]+)\*\*/g)].map(([, target]) => target);
    const results = JSON.parse(await readFile(join(RECORDS, 'results.json'), 'utf8')) as Results;
    for (const target of missedTargets(results)) expect(explained).toContain(target);
    // Figures of a run are in the table, where they are kept true.
    expect(section!.replaceAll(/\*\*.*?\*\*/g, '')).not.toMatch(/(?<!\w)\d/);
  });
});

test('bars are in proportion, and targets stand on the same scale', () => {
  const figure: Figure = {
    id: 'x',
    title: 'A <title>',
    measurements: [
      {
        title: 'Calls',
        unit: 'per second',
        sides: [
          { name: 'ours', role: 'ours', sample: sample(50) },
          { name: 'official SDK, old', role: 'official', sample: sample(25) },
        ],
        comparisons: [
          { text: 'times', value: 2, target: '>= 4', of: 'official SDK, old' },
          { text: 'calls', value: 50, target: '>= 20' },
        ],
      },
    ],
  };
  const svg = drawBars(figure);
  const widths = [...svg.matchAll(/width="([\d.]+)" height="16"/g)].map(([, width]) => Number(width));
  const marks = [...svg.matchAll(/x1="([\d.]+)"/g)].map(([, x]) => Number(x));
  const [left] = /(?<=<rect x=")\d+/.exec(svg)!;
  expect(widths).toEqual([175, 87.5]);
  // 4 times 25, which is the longest, and 20.
  expect(marks.map((x) => x - Number(left))).toEqual([350, 70]);
  expect(svg).toContain('A &lt;title>');
  expect(svg).toContain('target: ≥ 4 × official SDK<');
  expect(svg).toContain('class="missed">missed: 2 ×<');
  expect(svg).toContain('>met<');
});

test('lines are on logarithmic axes that hold every point', () => {
  const points = [1, 10, 100].map((x) => [x, 3 * x] as const);
  const plot = { title: 't', xLabel: 'x', yLabel: 'y', lines: [{ name: 'n', points }] };
  const path = /points="([^"]+)"/.exec(drawLines(plot))![1]!;
  const [first, second, third] = path.split(' ').map((point) => point.split(',').map(Number)) as number[][];
  for (const axis of [0, 1])
    expect(second![axis]! - first![axis]!).toBeCloseTo(third![axis]! - second![axis]!, 0);
  expect(third![1]).toBeGreaterThan(0);
  expect(first![1]).toBeLessThan(380);
});
