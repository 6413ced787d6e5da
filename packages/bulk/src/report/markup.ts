import { count } from '../count.js';

/** A text as HTML has it. */
export function escaped(text: string | number): string {
  return String(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A part of a picture: what it stands for, and how much it is. */
export interface Part {
  readonly name: string;
  readonly value: number;
}

/** One bar of several parts, as wide as the page. What it says is also there as text. */
export function stackedBar(parts: readonly Part[], says: string): string {
  const all = parts.reduce((sum, { value }) => sum + value, 0) || 1;
  let x = 0;
  const rects = parts.map(({ name, value }) => {
    const rect = `<rect class="${escaped(name)}" x="${x}" width="${(value / all) * 1_000}" height="10"/>`;
    x += (value / all) * 1_000;
    return rect;
  });
  return `<svg role="img" aria-label="${escaped(says)}" viewBox="0 0 1000 10" preserveAspectRatio="none">${rects.join('')}</svg>`;
}

/** Bars next to each other, each of several parts. */
export function columns(bars: readonly (readonly Part[])[], most: number, says: string): string {
  const width = 1_000 / bars.length;
  const rects = bars.flatMap((parts, index) => {
    let y = 100;
    return parts.map(({ name, value }) => {
      const height = most === 0 ? 0 : (value / most) * 100;
      y -= height;
      const place = `x="${index * width + width * 0.1}" y="${y}" width="${width * 0.8}" height="${height}"`;
      return height === 0 ? '' : `<rect class="${escaped(name)}" ${place}/>`;
    });
  });
  return `<svg role="img" aria-label="${escaped(says)}" viewBox="0 0 1000 100" preserveAspectRatio="none">${rects.join('')}</svg>`;
}

export function legend(parts: readonly Part[]): string {
  const items = parts.map(
    ({ name, value }) =>
      `<li><svg aria-hidden="true" viewBox="0 0 1 1"><rect class="${escaped(name)}" width="1" height="1"/></svg>${escaped(name)} ${count(value)}</li>`,
  );
  return `<ul class="legend">${items.join('')}</ul>`;
}

/** A table with a bar in each row. Nothing if there are no rows. */
export function barTable(caption: string, rows: readonly Part[], kind = 'plain'): string {
  const most = rows.reduce((largest, { value }) => Math.max(largest, value), 1);
  const lines = rows.map(
    ({ name, value }) =>
      `<tr><th scope="row">${escaped(name)}</th><td class="number">${count(value)}</td><td class="wide"><svg aria-hidden="true" viewBox="0 0 100 1" preserveAspectRatio="none"><rect class="${kind}" width="${(value / most) * 100}" height="1"/></svg></td></tr>`,
  );
  return rows.length === 0 ? '' : `<table><caption>${escaped(caption)}</caption>${lines.join('')}</table>`;
}

/** A table that may be wider than the page. */
export function table(
  name: string,
  heads: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  if (rows.length === 0) return '';
  const head = heads.map((text) => `<th scope="col">${escaped(text)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((text) => `<td>${escaped(text)}</td>`).join('')}</tr>`);
  return `<div class="scroll" role="region" tabindex="0" aria-label="${escaped(name)}"><table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}
