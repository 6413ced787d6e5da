import type { IBufferCell, IBufferLine } from '@xterm/headless';
import xterm from '@xterm/headless';

/** Width of the terminal, in characters. */
const COLUMNS = 92;

const CHARACTER_WIDTH = 8.4;
const LINE_HEIGHT = 20;
const FONT_SIZE = 14;
const MARGIN = 16;

/** The terminal has a dark background of its own, so that it reads the same on a light page and on a dark one. */
const BACKGROUND = '#0d1117';
const TEXT = '#e6edf3';
const DIM = '#9198a1';
/** The basic colours that the demo uses, by their number in a terminal. */
const PALETTE: Readonly<Record<number, string>> = { 1: '#ff7b72', 2: '#56d364', 6: '#39c5cf' };

/** Neighbours that look the same. */
interface Span {
  column: number;
  width: number;
  text: string;
  style: string;
}

/** Draws what a terminal shows after these lines were printed. The same lines give the same bytes. */
export async function drawTerminal(lines: readonly string[], title: string): Promise<string> {
  const terminal = new xterm.Terminal({ cols: COLUMNS, rows: lines.length, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(lines.join('\r\n'), resolve));
  const buffer = terminal.buffer.active;
  const rows = Array.from({ length: buffer.length }, (_, index) => toSpans(buffer.getLine(index)!));
  terminal.dispose();
  const width = Math.round(2 * MARGIN + COLUMNS * CHARACTER_WIDTH);
  const height = 2 * MARGIN + rows.length * LINE_HEIGHT;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="${FONT_SIZE}">`,
    `<title>${escape(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>`,
    ...rows.map(drawRow),
    '</svg>',
  ].join('\n')}\n`;
}

/** The lines that a picture shows, without colours. */
export function readLines(svg: string): string[] {
  return [...svg.matchAll(/^<text .*<\/text>$|^<g\/>$/gm)].map(([row]) => {
    let line = '';
    for (const [, x, text] of row.matchAll(/<tspan x="([\d.]+)"[^>]*>([^<]*)<\/tspan>/g)) {
      line = line.padEnd(Math.round((Number(x) - MARGIN) / CHARACTER_WIDTH)) + unescape(text!);
    }
    return line;
  });
}

function toSpans(line: IBufferLine): Span[] {
  const spans: Span[] = [];
  for (let column = 0; column < line.length; column++) {
    const cell = line.getCell(column)!;
    const [style, width, text] = [styleOf(cell), cell.getWidth(), cell.getChars() || ' '];
    const last = spans.at(-1);
    if (width === 0) continue; // The second half of a wide character.
    if (last?.style === style) {
      last.text += text;
      last.width += width;
    } else spans.push({ column, width, text, style });
  }
  return spans.map(trimEnd).filter(({ text }) => text !== '');
}

/** Spaces at the end of a span show nothing. */
function trimEnd(span: Span): Span {
  const text = span.text.trimEnd();
  return { ...span, text, width: span.width - (span.text.length - text.length) };
}

function styleOf(cell: IBufferCell): string {
  const colour = cell.isFgDefault() ? undefined : PALETTE[cell.getFgColor()];
  const fill = colour ?? (cell.isDim() ? DIM : TEXT);
  return `fill="${fill}"${cell.isBold() ? ' font-weight="bold"' : ''}`;
}

function drawRow(spans: readonly Span[], index: number): string {
  if (spans.length === 0) return '<g/>';
  const y = MARGIN + index * LINE_HEIGHT + FONT_SIZE;
  return `<text y="${y}">${spans.map(drawSpan).join('')}</text>`;
}

/** The length is stated, so that columns stay columns with any font. */
function drawSpan({ column, width, text, style }: Span): string {
  const indent = text.length - text.trimStart().length;
  const [from, length] = [column + indent, width - indent];
  const x = round(MARGIN + from * CHARACTER_WIDTH);
  const shown = escape(text.trimStart().replaceAll(' ', '\u00a0'));
  return `<tspan x="${x}" textLength="${round(length * CHARACTER_WIDTH)}" ${style}>${shown}</tspan>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function unescape(text: string): string {
  return text.replaceAll('\u00a0', ' ').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}
