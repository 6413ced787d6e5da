/**
 * `pnpm bench`: every figure in one run, as ratios of pairs that were measured in turn. `pnpm bench -- --quick` takes under
 * a minute; `pnpm bench -- --only signing,large` some of them. What each means: `docs/bench/README.md`.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildFigure } from './figures/build.js';
import { latencyFigure, throughputFigure } from './figures/calls.js';
import { largeFigure } from './figures/large.js';
import { mockFigure } from './figures/mock.js';
import { pacingFigure } from './figures/pacing.js';
import { signingFigure } from './figures/signing.js';
import { sizeFigure } from './figures/size.js';
import { queueFigure, startFigure } from './figures/start.js';
import { writeGrowth } from './growth.js';
import type { Figure } from './report.js';
import { isMet, machine, printFigure } from './report.js';

const figures: Record<string, (isQuick: boolean) => Promise<Figure>> = {
  signing: signingFigure,
  large: largeFigure,
  throughput: throughputFigure,
  latency: latencyFigure,
  start: startFigure,
  queue: queueFigure,
  size: sizeFigure,
  pacing: pacingFigure,
  mock: mockFigure,
  build: buildFigure,
};

const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
  options: {
    quick: { type: 'boolean', default: false },
    growth: { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'string' },
  },
});
/** Prism has to be installed first, which takes longer than a quick run may. */
const NOT_QUICK = new Set(['mock']);
const all = Object.keys(figures).filter((id) => !(values.quick && NOT_QUICK.has(id)));
const wanted = values.only === undefined ? all : values.only.split(',');
if (values.growth) {
  await writeGrowth();
  process.exit();
}
const measured: Figure[] = [];
console.log(JSON.stringify(machine()));
for (const id of wanted) {
  const figure = await figures[id]!(values.quick);
  measured.push(figure);
  console.log(printFigure(figure));
}
const comparisons = measured.flatMap((figure) => figure.comparisons);
console.log(`\n${comparisons.filter(isMet).length} of ${comparisons.length} targets met.`);
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ machine: machine(), figures: measured }, null, 2)}\n`);
process.exit();
