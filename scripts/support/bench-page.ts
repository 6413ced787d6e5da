import type { Comparison, Results, Role } from '../bench/report.js';
import { comparisonsOf, format, isMet } from '../bench/report.js';

/** The part of docs/bench/README.md that is made from what is recorded: every target, those that are missed included. */
export function targetsList({ machine, figures }: Results): string {
  const all = comparisonsOf(figures);
  const { date, node, platform, cpu } = machine as Record<string, string>;
  return [
    `Recorded on ${date} with Node.js ${node!.replace('v', '')} on ${platform}, ${cpu}: ` +
      `${all.filter(isMet).length} of ${all.length} targets are met.`,
    '',
    ...figures.flatMap(({ id, measurements }) => {
      const comparisons = measurements.flatMap((measurement) => measurement.comparisons);
      return comparisons.length === 0 ? [] : [`- \`${id}\``, ...comparisons.map(itemOf)];
    }),
  ].join('\n');
}

function itemOf(comparison: Comparison): string {
  const { text, value, before, target } = comparison;
  const earlier = before === undefined ? '' : `, before ${format(before)}`;
  const wanted = target.replace('>= ', '≥\u00A0').replace('<= ', '≤\u00A0');
  return `  - ${text}: ${format(value)}${earlier} (${wanted}${isMet(comparison) ? '' : ', **missed**'})`;
}

/** What a reader gains: a line for each figure that has both sides, ours and the other one. */
const GAINS: readonly (readonly [id: string, title: RegExp, other: Role, says: string])[] = [
  ['throughput', /^Calls/, 'official', 'calls a second with 64 in flight'],
  ['latency', /^Median/, 'official', 'ms for a call to a server on the same machine'],
  ['start', /^Time/, 'official', 'ms from the start of a process to its first response'],
  ['start', /memory/, 'official', 'MiB resident then'],
  ['cold', /^Time.*24/, 'official', 'ms for a cold start in one file with Node.js 24'],
  ['size', /^Installed/, 'official', 'MB installed'],
  ['size', /^Bundled in chunks/, 'official', 'kB in a bundle before the first call'],
  [
    'large',
    /^[^P]/,
    'official',
    'lists of 100,000 numbers validated (which the official SDK does not), serialised and signed a second',
  ],
  ['mock', /^Requests/, 'peer', 'requests a second to the mock, with signatures verified'],
];

export function gainsPart({ figures }: Results): string {
  return GAINS.flatMap(([id, title, role, says]) => {
    const { measurements = [] } = figures.find((figure) => figure.id === id) ?? {};
    const sides = measurements.find((measurement) => title.test(measurement.title))?.sides ?? [];
    const [ours, other] = ['ours', role].map((wanted) => sides.find((side) => side.role === wanted));
    if (ours === undefined || other === undefined) return [];
    return `- **${format(ours.sample.median)}** against ${format(other.sample.median)} ${says}`;
  }).join('\n');
}

/** The part of the page that shows the plots. */
export function plotsPart({ figures }: Results): string {
  return figures.map(({ id, title }) => `![${title}](${id}.svg)`).join('\n');
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
