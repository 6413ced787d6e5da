import type { Comparison, Figure, Measurement, Side } from '../report.js';
import { format, isMet, readTarget } from '../report.js';
import { line, round, svg, text } from './svg.js';

const WIDTH = 760;
const LEFT = 270;
const LONGEST = 350;
const ROW = 22;
const HEAD = 38;
const TOP = 34;

/** A figure as bars: for each measurement one scale that begins at 0, and below a bar the targets that it has. */
export function drawBars({ title, measurements }: Figure): string {
  const parts: string[] = [];
  let y = TOP;
  for (const measurement of measurements) {
    parts.push(text(LEFT, y + 25, headOf(measurement), { kind: 'head' }));
    y += HEAD;
    for (const row of rowsOf(measurement)) {
      parts.push(...row(y));
      y += ROW;
    }
  }
  return svg(WIDTH, y + 12, title, parts);
}

/** Targets say which way is better. */
function headOf({ title, unit, comparisons }: Measurement): string {
  return `${title}, ${unit} (${readTarget(comparisons[0]!).atLeast ? 'more' : 'less'} is better)`;
}

type Row = (y: number) => string[];

function rowsOf({ sides, comparisons }: Measurement): Row[] {
  const valueOf = (name: string) => sides.find((side) => side.name === name)!.sample.median;
  const markOf = (comparison: Comparison) =>
    readTarget(comparison).limit * (comparison.of === undefined ? 1 : valueOf(comparison.of));
  const most = Math.max(...sides.map(({ sample }) => sample.median), ...comparisons.map(markOf));
  const lengthOf = (value: number) => (value / most) * LONGEST;
  return sides.flatMap((side) => {
    const own = comparisons.filter((comparison) => (comparison.side ?? sides[0]!.name) === side.name);
    return [
      barRow(side, lengthOf(side.sample.median)),
      ...own.map((comparison) => targetRow(comparison, lengthOf(markOf(comparison)))),
    ];
  });
}

function barRow({ name, role, sample }: Side, length: number): Row {
  const width = Math.max(1, round(length));
  return (y) => [
    text(LEFT - 8, y + 15, name, { anchor: 'end' }),
    `<rect x="${LEFT}" y="${y + 3}" width="${width}" height="${ROW - 6}" class="${role}"/>`,
    text(LEFT + width + 6, y + 15, format(sample.median)),
  ];
}

/** Where the target lies on the scale of the bars, and whether it is met. */
function targetRow(comparison: Comparison, length: number): Row {
  const { atLeast, limit } = readTarget(comparison);
  // What stands before the first comma, colon or bracket is the name, and the rest explains it.
  const peer = comparison.of === undefined ? '' : ` × ${comparison.of.split(/[:,]| \(/)[0]}`;
  const verdict = isMet(comparison) ? 'met' : 'missed';
  // A target in the unit of the bars has its value next to the bar.
  const result = peer === '' ? verdict : `${verdict}: ${Number(comparison.value.toPrecision(3))} ×`;
  return (y) => [
    text(LEFT - 8, y + 15, `target: ${atLeast ? '≥' : '≤'} ${limit}${peer}`, {
      anchor: 'end',
      kind: 'faint',
    }),
    line(LEFT + length, y + 1, LEFT + length, y + ROW - 1, 'mark'),
    text(LEFT + length + 6, y + 15, result, { kind: isMet(comparison) ? 'faint' : 'missed' }),
  ];
}
