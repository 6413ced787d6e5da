import { line, round, svg, text } from './svg.js';

/** One line of a plot. */
export interface Line {
  name: string;
  points: readonly (readonly [x: number, y: number])[];
}

/** How something grows; all lines are in the unit of `yLabel`. */
export interface Plot {
  title: string;
  xLabel: string;
  yLabel: string;
  lines: readonly Line[];
}

const WIDTH = 640;
const HEIGHT = 380;
const LEFT = 80;
const RIGHT = 20;
const TOP = 62;
/** Where the names of the lines stand, and how much room each has. */
const LEGEND = { y: 47, width: 190 };
const BOTTOM = 56;

/** A plot with both axes logarithmic, on which cost that grows in proportion is a straight line. */
export function drawLines({ title, xLabel, yLabel, lines }: Plot): string {
  const xs = lines.flatMap(({ points }) => points.map(([x]) => x));
  const ys = lines.flatMap(({ points }) => points.map(([, y]) => y));
  const x = axis(Math.min(...xs), Math.max(...xs), LEFT, WIDTH - RIGHT);
  const y = axis(Math.min(...ys), Math.max(...ys), HEIGHT - BOTTOM, TOP);
  const middle = (TOP + HEIGHT - BOTTOM) / 2;
  return svg(WIDTH, HEIGHT, title, [
    ...x.ticks.flatMap((tick) => [
      line(x.at(tick), TOP, x.at(tick), HEIGHT - BOTTOM, 'grid'),
      text(x.at(tick), HEIGHT - BOTTOM + 18, shortNumber(tick), { anchor: 'middle' }),
    ]),
    ...y.ticks.flatMap((tick) => [
      line(LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick), 'grid'),
      text(LEFT - 8, y.at(tick) + 4, shortNumber(tick), { anchor: 'end' }),
    ]),
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14, xLabel, { anchor: 'middle' }),
    `<g transform="translate(18 ${middle}) rotate(-90)">${text(0, 0, yLabel, { anchor: 'middle' })}</g>`,
    ...lines.flatMap((each, index) => drawLine(each, index, x.at, y.at)),
  ]);
}

type Scale = (value: number) => number;

function drawLine({ name, points }: Line, index: number, atX: Scale, atY: Scale): string[] {
  const path = points.map(([x, y]) => `${round(atX(x))},${round(atY(y))}`).join(' ');
  const dots = points.map(
    ([x, y]) => `<circle cx="${round(atX(x))}" cy="${round(atY(y))}" r="3" class="c${index}"/>`,
  );
  const legendX = LEFT + LEGEND.width * index;
  return [
    `<polyline points="${path}" class="c${index}"/>`,
    ...dots,
    `<rect x="${legendX}" y="${LEGEND.y - 7}" width="14" height="4" class="c${index}"/>`,
    text(legendX + 20, LEGEND.y, name),
  ];
}

/** A logarithmic axis that begins and ends at 1, 2 or 5 times a power of ten. */
function axis(min: number, max: number, from: number, to: number): { at: Scale; ticks: number[] } {
  const decades = Array.from({ length: Math.ceil(Math.log10(max)) - Math.floor(Math.log10(min)) + 1 });
  const steps = decades.flatMap((_, index) => {
    const power = Math.floor(Math.log10(min)) + index;
    return ['1', '2', '5'].map((digit) => Number(`${digit}e${power}`));
  });
  const low = steps.findLast((step) => step <= min)!;
  const high = steps.find((step) => step >= max && step > low)!;
  const inside = steps.filter((step) => step >= low && step <= high);
  const at = (value: number) => from + (Math.log(value / low) / Math.log(high / low)) * (to - from);
  return {
    at,
    ticks: inside.length <= 8 ? inside : inside.filter((step) => step.toExponential().startsWith('1e')),
  };
}

function shortNumber(value: number): string {
  if (value >= 1e6) return `${value / 1e6} M`;
  return value >= 1e3 ? `${value / 1e3} k` : String(value);
}
