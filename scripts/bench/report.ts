import { cpus } from 'node:os';
import { readFileSync } from 'node:fs';
import type { Sample } from './measure.js';

/** What a side stands for: this SDK, the official one, what no client can do without, or another peer. */
export type Role = 'ours' | 'official' | 'floor' | 'peer';

/** One side of a measurement. */
export interface Side {
  name: string;
  role: Role;
  sample: Sample;
}

/** A comparison with what it should show. */
export interface Comparison {
  /** For example `times the official SDK`. */
  text: string;
  value: number;
  /** What an older commit has shown in the same run. */
  before?: number;
  /** The target, for example `>= 4`. */
  target: string;
  /** Name of the side that the target is a multiple of; without it, the target is in the unit of the measurement. */
  of?: string;
  /** Name of the side that is compared; the first one by default. */
  side?: string;
}

/** Sides that are measured in the same unit, and what they should show. */
export interface Measurement {
  title: string;
  unit: string;
  sides: Side[];
  comparisons: Comparison[];
}

/** One line of the benchmark. */
export interface Figure {
  id: string;
  title: string;
  measurements: Measurement[];
  note?: string;
}

/** Figures as they are recorded. */
export interface Results {
  machine: Record<string, unknown>;
  figures: Figure[];
}

export function comparisonsOf(figures: readonly Figure[]): Comparison[] {
  return figures.flatMap(({ measurements }) => measurements.flatMap(({ comparisons }) => comparisons));
}

/** The two parts of a target. */
export function readTarget({ target }: Comparison): { atLeast: boolean; limit: number } {
  const [operator, limit] = target.split(' ') as [string, string];
  return { atLeast: operator === '>=', limit: Number(limit) };
}

export function isMet(comparison: Comparison): boolean {
  const { atLeast, limit } = readTarget(comparison);
  return atLeast ? comparison.value >= limit : comparison.value <= limit;
}

/** A figure as text; what is lost is printed like what is won. */
export function printFigure(figure: Figure): string {
  const lines = [`\n${figure.title}`];
  for (const { title, unit, sides, comparisons } of figure.measurements) {
    lines.push(`  ${title} (${unit})`);
    for (const { name, sample } of sides) {
      const spread = (sample.spread * 100).toFixed(0);
      lines.push(`    ${name.padEnd(44)} ${format(sample.median).padStart(12)}  ±${spread} %`);
    }
    for (const comparison of comparisons) {
      const verdict = isMet(comparison) ? 'met' : 'MISSED';
      const { text, value, before, target } = comparison;
      const earlier = before === undefined ? '' : `, before ${format(before)}`;
      lines.push(`    -> ${text}: ${format(value)} (target ${target}${earlier}): ${verdict}`);
    }
  }
  if (figure.note !== undefined) lines.push(`     ${figure.note}`);
  return lines.join('\n');
}

/** A number with about three digits that count. */
export function format(value: number): string {
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US');
  return value.toFixed(Math.abs(value) >= 100 ? 0 : 2);
}

/** What the figures were measured on. */
export function machine(): Record<string, unknown> {
  const versionOf = (name: string) => {
    const path = new URL(`./node_modules/${name}/package.json`, import.meta.url);
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
