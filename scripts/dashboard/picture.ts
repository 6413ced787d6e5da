import { line, round, svg, text } from '../bench/plots/svg.js';

/** A panel of a dashboard of Grafana, as far as it is drawn. */
export interface Panel {
  title: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets: { expr: string; legendFormat?: string }[];
  fieldConfig?: { defaults?: { unit?: string } };
}

/** What a query answered: seconds since the beginning, and values. */
export interface Series {
  name: string;
  points: readonly (readonly [second: number, value: number])[];
}

/** Grafana has 24 columns. */
const [COLUMN, ROW, TOP] = [50, 24, 40];
const INNER = { left: 58, right: 16, top: 30, bottom: 44 };
const UNITS: Record<string, string> = { reqps: '/s', s: ' s' };

/** A dashboard as one picture: each panel where Grafana puts it. */
export function drawDashboard(panels: readonly Panel[], answers: readonly (readonly Series[])[]): string {
  const rows = Math.max(...panels.map(({ gridPos: { y, h } }) => y + h));
  const parts = panels.map((panel, index) => {
    const { x, y, w, h } = panel.gridPos;
    const content = drawPanel(panel, answers[index]!, w * COLUMN, h * ROW);
    return `<g transform="translate(${x * COLUMN} ${TOP + y * ROW})">\n${content.join('\n')}\n</g>`;
  });
  return svg(24 * COLUMN, TOP + rows * ROW, 'Two minutes of calls to the mock', parts);
}

function drawPanel(panel: Panel, series: readonly Series[], width: number, height: number): string[] {
  const unit = UNITS[panel.fieldConfig?.defaults?.unit ?? ''] ?? '';
  const points = series.flatMap((one) => one.points);
  const lastX = Math.max(1, ...points.map(([x]) => x));
  const top = niceTop(Math.max(0, ...points.map(([, y]) => y)));
  const bottom = height - INNER.bottom;
  const atX = (x: number) => INNER.left + (x / lastX) * (width - INNER.left - INNER.right);
  const atY = (y: number) => bottom - (y / top) * (bottom - INNER.top);
  const ticks = [0, top / 2, top].flatMap((tick) => [
    line(INNER.left, atY(tick), width - INNER.right, atY(tick), 'grid'),
    text(INNER.left - 6, atY(tick) + 4, `${Number(tick.toPrecision(3))}${unit}`, {
      anchor: 'end',
      kind: 'faint',
    }),
  ]);
  return [
    text(INNER.left, 18, panel.title, { kind: 'head' }),
    ...ticks,
    ...series.flatMap((one, index) => drawSeries(one, index, atX, atY)),
    ...legend(series, height - 18),
  ];
}

type Scale = (value: number) => number;

function drawSeries({ points }: Series, index: number, atX: Scale, atY: Scale): string[] {
  const path = points.map(([x, y]) => `${round(atX(x))},${round(atY(y))}`).join(' ');
  return points.length === 0 ? [] : [`<polyline points="${path}" class="c${index % 4}"${dash(index)}/>`];
}

/** There are four colours; those that follow are dashed. */
function dash(index: number): string {
  return index < 4 ? '' : ' stroke-dasharray="5 3"';
}

function legend(series: readonly Series[], y: number): string[] {
  let x = INNER.left;
  return series.flatMap(({ name }, index) => {
    const at = x;
    x += 34 + name.length * 6.8;
    return [
      `<line x1="${round(at)}" y1="${y - 4}" x2="${round(at + 14)}" y2="${y - 4}" stroke-width="3" class="c${index % 4}"${dash(index)}/>`,
      text(at + 18, y, name),
    ];
  });
}

/** The next 1, 2, 4 or 8 times a power of ten. */
function niceTop(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 8, 10].map((factor) => factor * power).find((top) => top >= value) ?? value;
}
