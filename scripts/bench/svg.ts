/** One line of a plot. */
export interface Line {
  name: string;
  points: readonly (readonly [x: number, y: number])[];
}

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
const TOP = 44;
const BOTTOM = 56;
const COLOURS = ['#1f6feb', '#d1690e', '#2da44e', '#8250df'];

/** A plot with both axes logarithmic, on which cost that grows in proportion is a straight line. */
export function toSvg({ title, xLabel, yLabel, lines }: Plot): string {
  const xs = lines.flatMap(({ points }) => points.map(([x]) => x));
  const ys = lines.flatMap(({ points }) => points.map(([, y]) => y));
  const x = axis(Math.min(...xs), Math.max(...xs), LEFT, WIDTH - RIGHT);
  const y = axis(Math.min(...ys), Math.max(...ys), HEIGHT - BOTTOM, TOP);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    text(WIDTH / 2, 22, title, 'middle', 'font-size="14" font-weight="bold"'),
    ...x.ticks.flatMap((tick) => [
      `<line x1="${x.at(tick)}" y1="${TOP}" x2="${x.at(tick)}" y2="${HEIGHT - BOTTOM}" stroke="#e6e6e6"/>`,
      text(x.at(tick), HEIGHT - BOTTOM + 18, shortNumber(tick), 'middle'),
    ]),
    ...y.ticks.flatMap((tick) => [
      `<line x1="${LEFT}" y1="${y.at(tick)}" x2="${WIDTH - RIGHT}" y2="${y.at(tick)}" stroke="#e6e6e6"/>`,
      text(LEFT - 8, y.at(tick) + 4, shortNumber(tick), 'end'),
    ]),
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14, xLabel, 'middle'),
    `<text transform="translate(18 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">${escape(yLabel)}</text>`,
    ...lines.flatMap((line, index) => drawLine(line, index, x.at, y.at)),
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}

function drawLine({ name, points }: Line, index: number, atX: Scale, atY: Scale): string[] {
  const colour = COLOURS[index % COLOURS.length]!;
  const path = points.map(([x, y]) => `${atX(x)},${atY(y)}`).join(' ');
  const dots = points.map(([x, y]) => `<circle cx="${atX(x)}" cy="${atY(y)}" r="3" fill="${colour}"/>`);
  const legendY = TOP + 16 + 18 * index;
  return [
    `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ...dots,
    `<rect x="${LEFT + 12}" y="${legendY - 9}" width="14" height="4" fill="${colour}"/>`,
    text(LEFT + 32, legendY - 3, name, 'start'),
  ];
}

type Scale = (value: number) => number;

/** A logarithmic axis over whole powers of ten. */
function axis(min: number, max: number, from: number, to: number): { at: Scale; ticks: number[] } {
  const low = Math.floor(Math.log10(min));
  const high = Math.max(low + 1, Math.ceil(Math.log10(max)));
  const at = (value: number) =>
    Math.round((from + ((Math.log10(value) - low) / (high - low)) * (to - from)) * 10) / 10;
  return { at, ticks: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)) };
}

function text(x: number, y: number, content: string, anchor: string, more = ''): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="#333333" ${more}>${escape(content)}</text>`;
}

function shortNumber(value: number): string {
  if (value >= 1e6) return `${value / 1e6} M`;
  return value >= 1e3 ? `${value / 1e3} k` : String(Number(value.toPrecision(2)));
}

function escape(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
