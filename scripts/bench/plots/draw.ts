import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Results } from '../report.js';
import { gainsPart, plotsPart, targetsList } from '../../support/bench-page.js';
import { pageWith } from '../../support/pages.js';
import { root } from '../../support/root.js';
import { drawBars } from './bars.js';
import type { Plot } from './lines.js';
import { drawLines } from './lines.js';

/** Where the results are recorded and their plots stand. */
export const RECORDS = join(root, 'docs/bench');

/** What is recorded of how cost grows. */
export interface Growth {
  machine: Record<string, unknown>;
  plots: Record<string, Plot>;
}

/** Every plot of what is recorded, by the name of its file; the same records make the same plots. */
export async function drawPlots(): Promise<Map<string, string>> {
  const [results, growth] = await Promise.all([
    readRecord('results.json') as Promise<Results>,
    readRecord('growth.json') as Promise<Growth>,
  ]);
  const bars = results.figures.map((figure) => [`${figure.id}.svg`, drawBars(figure)] as const);
  const lines = Object.entries(growth.plots).map(
    ([name, plot]) => [`growth-${name}.svg`, drawLines(plot)] as const,
  );
  return new Map([...bars, ...lines]);
}

/** The page of the benchmarks, with the list of the recorded results. */
export async function benchPage(): Promise<string> {
  const results = (await readRecord('results.json')) as Results;
  return pageWith('docs/bench/README.md', {
    gains: gainsPart(results),
    plots: plotsPart(results),
    targets: targetsList(results),
  });
}

/** Draws every plot again from what is recorded, and writes the list of targets. */
export async function redraw(): Promise<void> {
  await writeFile(join(RECORDS, 'README.md'), await benchPage());
  for (const [file, svg] of await drawPlots()) await writeFile(join(RECORDS, file), svg);
}

async function readRecord(file: string): Promise<unknown> {
  return JSON.parse(await readFile(join(RECORDS, file), 'utf8'));
}

/** Records what was measured, as Prettier would write it: a point on one line. */
export async function record(file: 'results.json' | 'growth.json', data: Results | Growth): Promise<void> {
  const json = JSON.stringify(data, null, 2).replaceAll(/\[\s+([^\s,]+),\s+([^\s,]+)\s+\]/g, '[$1, $2]');
  await writeFile(join(RECORDS, file), `${json}\n`);
}
