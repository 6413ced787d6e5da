/** `pnpm bench`: every figure in one run, as ratios of pairs that were measured in turn; see `docs/bench/README.md`. */
import { Before } from './before.js';
import type { Figure, Results } from './report.js';
import { comparisonsOf, isMet, machine, printFigure } from './report.js';
import { UsageError, readArgs, wordsOf } from '../support/args.js';

/** Loaded when they are measured: what is asked wrongly is refused at once. */
const figures: Record<string, () => Promise<(isQuick: boolean) => Promise<Figure>>> = {
  signing: async () => (await import('./figures/signing.js')).signingFigure,
  large: async () => (await import('./figures/large.js')).largeFigure,
  throughput: async () => (await import('./figures/calls.js')).throughputFigure,
  latency: async () => (await import('./figures/calls.js')).latencyFigure,
  start: async () => (await import('./figures/start.js')).startFigure,
  cold: async () => (await import('./figures/cold.js')).coldFigure,
  queue: async () => (await import('./figures/start.js')).queueFigure,
  size: async () => (await import('./figures/size.js')).sizeFigure,
  pacing: async () => (await import('./figures/pacing.js')).pacingFigure,
  mock: async () => (await import('./figures/mock.js')).mockFigure,
  bulk: async () => (await import('./figures/bulk.js')).bulkFigure,
  xlsx: async () => (await import('./figures/xlsx.js')).xlsxFigure,
  results: async () => (await import('./figures/results.js')).resultsFigure,
  build: async () => (await import('./figures/build.js')).buildFigure,
  actions: async () => (await import('./figures/actions.js')).actionsFigure,
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
      const measureFigure = await figures[id]!();
      const figure = await measureFigure(quick);
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

const drawing = () => import('./plots/draw.js');
if (settings.growth) {
  const { measureGrowth } = await import('./growth.js');
  const growth = await measureGrowth();
  await (await drawing()).record('growth.json', growth);
} else if (!settings.plots) {
  const results = await measure(settings);
  if (settings.record) await (await drawing()).record('results.json', results);
}
if (settings.growth || settings.plots || settings.record) await (await drawing()).redraw();
process.exit();
