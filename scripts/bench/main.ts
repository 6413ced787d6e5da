/** `pnpm bench`: every figure in one run, as ratios of pairs that were measured in turn; see `docs/bench/README.md`. */
import { Before } from './before.js';
import { actionsFigure } from './figures/actions.js';
import { buildFigure } from './figures/build.js';
import { bulkFigure } from './figures/bulk.js';
import { coldFigure } from './figures/cold.js';
import { latencyFigure, throughputFigure } from './figures/calls.js';
import { largeFigure } from './figures/large.js';
import { mockFigure } from './figures/mock.js';
import { pacingFigure } from './figures/pacing.js';
import { resultsFigure } from './figures/results.js';
import { signingFigure } from './figures/signing.js';
import { sizeFigure } from './figures/size.js';
import { queueFigure, startFigure } from './figures/start.js';
import { xlsxFigure } from './figures/xlsx.js';
import { measureGrowth } from './growth.js';
import { record, redraw } from './plots/draw.js';
import type { Figure, Results } from './report.js';
import { comparisonsOf, isMet, machine, printFigure } from './report.js';
import { UsageError, readArgs, wordsOf } from '../support/args.js';

const figures: Record<string, (isQuick: boolean) => Promise<Figure>> = {
  signing: signingFigure,
  large: largeFigure,
  throughput: throughputFigure,
  latency: latencyFigure,
  start: startFigure,
  cold: coldFigure,
  queue: queueFigure,
  size: sizeFigure,
  pacing: pacingFigure,
  mock: mockFigure,
  bulk: bulkFigure,
  xlsx: xlsxFigure,
  results: resultsFigure,
  build: buildFigure,
  actions: actionsFigure,
};

/** Prism has to be installed first, which takes longer than a quick run may. */
const NOT_QUICK = new Set(['mock']);

const settings = readArgs(
  'pnpm bench -- [--quick | --record | --growth | --plots] [--only signing,large] [--before <commit>]',
  {
    quick: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
    growth: { type: 'boolean', default: false },
    plots: { type: 'boolean', default: false },
    only: { type: 'string' },
    before: { type: 'string' },
  },
  ({ only, ...values }) => {
    const all = Object.keys(figures).filter((id) => !(values.quick && NOT_QUICK.has(id)));
    if (values.record && (values.quick || only !== undefined))
      throw new UsageError('--record needs a full run.');
    return { ...values, wanted: only === undefined ? all : wordsOf('only', only, Object.keys(figures)) };
  },
);

async function measure({ quick, wanted, before: ref }: typeof settings): Promise<Results> {
  const measured: Figure[] = [];
  console.log(JSON.stringify(machine()));
  const before = ref === undefined ? undefined : new Before(ref);
  try {
    for (const id of wanted) {
      const figure = await figures[id]!(quick);
      before?.measure(figure, quick);
      measured.push(figure);
      console.log(printFigure(figure));
    }
  } finally {
    before?.remove();
  }
  const comparisons = comparisonsOf(measured);
  console.log(`\n${comparisons.filter(isMet).length} of ${comparisons.length} targets met.`);
  return { machine: machine(), figures: measured };
}

if (settings.growth) await record('growth.json', await measureGrowth());
else if (!settings.plots) {
  const results = await measure(settings);
  if (settings.record) await record('results.json', results);
}
if (settings.growth || settings.plots || settings.record) await redraw();
process.exit();
