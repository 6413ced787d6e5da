import type { Figure, Results } from '../bench/report.js';
import { comparisonsOf, format, isMet } from '../bench/report.js';

/** The part of docs/bench/README.md that is made from what is recorded: every target, those that are missed included. */
export function targetsTable({ machine, figures }: Results): string {
  const all = comparisonsOf(figures);
  const { date, node, platform, cpu } = machine as Record<string, string>;
  return [
    `Recorded on ${date} with Node.js ${node!.replace('v', '')} on ${platform}, ${cpu}: ` +
      `${all.filter(isMet).length} of ${all.length} targets are met.`,
    '',
    '| Figure | What is compared | Measured | Target | |',
    '| --- | --- | --- | --- | --- |',
    ...figures.flatMap(rowsOf),
  ].join('\n');
}

function rowsOf({ id, measurements }: Figure): string[] {
  return measurements
    .flatMap(({ comparisons }) => comparisons)
    .map((comparison) => {
      const { text, value, target } = comparison;
      const wanted = target.replace('>=', 'at least').replace('<=', 'at most');
      return `| \`${id}\` | ${text} | ${format(value)} | ${wanted} | ${isMet(comparison) ? 'met' : '**missed**'} |`;
    });
}

/** What the page has to explain: each target that is missed, as the page names it. */
export function missedTargets({ figures }: Results): string[] {
  return figures.flatMap(({ id, measurements }) =>
    measurements
      .flatMap(({ comparisons }) => comparisons)
      .filter((comparison) => !isMet(comparison))
      .map(({ text }) => `\`${id}\`, ${text}`),
  );
}
