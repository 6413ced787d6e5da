/** Colours by what they stand for, in light and in dark mode; a plot in an `<img>` follows the reader's system. */
const STYLE = `
text { font: 12px sans-serif; fill: #1f2328 }
.title { font-size: 15px; font-weight: bold }
.head { font-weight: bold }
.faint { fill: #59636e }
.missed { fill: #b42318; font-weight: bold }
.back { fill: #ffffff }
.grid { stroke: #d8dee4 }
.mark { stroke: #1f2328; stroke-width: 2 }
.ours, .c0 { fill: #1f6feb; stroke: #1f6feb }
.official, .c1 { fill: #d1690e; stroke: #d1690e }
.floor, .c2 { fill: #818b98; stroke: #818b98 }
.peer, .c3 { fill: #8250df; stroke: #8250df }
polyline { stroke-width: 2 }
polyline[class] { fill: none }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 }
.faint { fill: #9198a1 }
.missed { fill: #ff7b72 }
.back { fill: #0d1117 }
.grid { stroke: #30363d }
.mark { stroke: #e6edf3 }
.ours, .c0 { fill: #4493f8; stroke: #4493f8 }
.official, .c1 { fill: #f0883e; stroke: #f0883e }
.floor, .c2 { fill: #7d8590; stroke: #7d8590 }
.peer, .c3 { fill: #ab7df8; stroke: #ab7df8 }
}
`;

/** A whole picture: its title, and what is drawn on it. */
export function svg(width: number, height: number, title: string, parts: readonly string[]): string {
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escape(title)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect width="${width}" height="${height}" class="back"/>`,
    text(width / 2, 24, title, { anchor: 'middle', kind: 'title' }),
    ...parts,
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

interface TextOptions {
  anchor?: 'start' | 'middle' | 'end';
  kind?: 'title' | 'head' | 'faint' | 'missed';
}

export function text(
  x: number,
  y: number,
  content: string,
  { anchor = 'start', kind }: TextOptions = {},
): string {
  const style = kind === undefined ? '' : ` class="${kind}"`;
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}"${style}>${escape(content)}</text>`;
}

export function line(x1: number, y1: number, x2: number, y2: number, kind: 'grid' | 'mark'): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" class="${kind}"/>`;
}

/** To a tenth of a pixel, so that the same data makes the same text everywhere. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escape(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
