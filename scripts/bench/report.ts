import { cpus } from 'node:os';
import { readFileSync } from 'node:fs';
import type { Sample } from './measure.js';

/** One side of a figure. */
export interface Side {
  name: string;
  sample: Sample;
}

/** A comparison with what it should show. */
export interface Comparison {
  /** For example `times the official SDK`. */
  text: string;
  value: number;
  /** The target, for example `>= 4`. */
  target: string;
}

/** One line of the benchmark. */
export interface Figure {
  id: string;
  title: string;
  unit: string;
  sides: Side[];
  comparisons: Comparison[];
  note?: string;
}

export function isMet({ value, target }: Comparison): boolean {
  const [operator, limit] = target.split(' ') as [string, string];
  return operator === '>=' ? value >= Number(limit) : value <= Number(limit);
}

/** A figure as text; what is lost is printed like what is won. */
export function printFigure(figure: Figure): string {
  const lines = [`\n${figure.title} (${figure.unit})`];
  for (const { name, sample } of figure.sides) {
    lines.push(
      `  ${name.padEnd(44)} ${format(sample.median).padStart(12)}  ±${(sample.spread * 100).toFixed(0)} %`,
    );
  }
  for (const comparison of figure.comparisons) {
    const verdict = isMet(comparison) ? 'met' : 'MISSED';
    lines.push(
      `  -> ${comparison.text}: ${format(comparison.value)} (target ${comparison.target}): ${verdict}`,
    );
  }
  if (figure.note !== undefined) lines.push(`     ${figure.note}`);
  return lines.join('\n');
}

function format(value: number): string {
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US');
  return value.toFixed(Math.abs(value) >= 100 ? 0 : 2);
}

/** What the figures were measured on. */
export function machine(): Record<string, unknown> {
  const versionOf = (name: string) => {
    const path = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
    return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
  };
  const peers = [
    'tencentcloud-sdk-nodejs',
    'tencentcloud-sdk-nodejs-intl-en',
    '@smithy/signature-v4',
    'aws4fetch',
    'undici',
  ];
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`,
    versions: Object.fromEntries(peers.map((name) => [name, versionOf(name)])),
  };
}
