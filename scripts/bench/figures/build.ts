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
  for (const name of PACKAGES)
    rmSync(join(root, 'packages', name, 'dist'), { recursive: true, force: true });
  const build = seconds('pnpm', ['exec', 'turbo', 'run', 'build', '--force']);
  const test = isQuick ? undefined : seconds('pnpm', ['test:all']);
  return {
    id: 'build',
    title: 'What a contributor waits for',
    unit: 'seconds',
    sides: [
      { name: 'pnpm generate --check', sample: exactly(generate) },
      { name: 'full build from clean, generation included', sample: exactly(build) },
      ...(test === undefined ? [] : [{ name: 'full test with coverage', sample: exactly(test) }]),
    ],
    comparisons: [
      { text: 'generate', value: generate, target: '<= 5' },
      { text: 'build', value: build, target: '<= 15' },
      ...(test === undefined ? [] : [{ text: 'test', value: test, target: '<= 90' }]),
    ],
  };
}
