import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { exactly } from '../measure.js';
import type { Figure } from '../report.js';
import { PACKAGES } from '../../support/copy.js';
import { root } from '../../support/root.js';

function seconds(command: string, args: readonly string[]): number {
  const startedAt = performance.now();
  execFileSync(command, args, { cwd: root, stdio: 'ignore' });
  return (performance.now() - startedAt) / 1000;
}

/** How long a contributor waits. */
export async function buildFigure(isQuick: boolean): Promise<Figure> {
  const generate = seconds('pnpm', ['generate', '--check']);
  for (const name of PACKAGES) rmSync(join(root, 'packages', name, 'dist'), { recursive: true, force: true });
  const build = seconds('pnpm', ['exec', 'turbo', 'run', 'build', '--force']);
  const measured = [
    { name: 'pnpm generate --check', text: 'generate', value: generate, target: '<= 5' },
    { name: 'full build from clean, with generation', text: 'build', value: build, target: '<= 15' },
  ];
  if (!isQuick) {
    const value = seconds('pnpm', ['test']);
    measured.push({ name: 'pnpm test', text: 'test', value, target: '<= 60' });
  }
  return {
    id: 'build',
    title: 'What a contributor waits for',
    measurements: [
      {
        title: 'Time',
        unit: 'seconds',
        sides: measured.map(({ name, value }) => ({ name, role: 'ours', sample: exactly(value) })),
        comparisons: measured.map(({ name, text, value, target }) => ({ text, value, target, side: name })),
      },
    ],
  };
}
