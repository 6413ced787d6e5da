import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../support/root.js';
import type { Figure } from './report.js';

/** An older commit, built in a folder of its own, whose own bench measures what this one measures. */
export class Before {
  readonly #folder = mkdtempSync(join(tmpdir(), 'tccc-bench-before-'));

  constructor(ref: string) {
    execFileSync('git', ['worktree', 'add', '--detach', '--force', this.#folder, ref], {
      cwd: root,
      stdio: 'ignore',
    });
    const { packageManager } = JSON.parse(readFileSync(join(this.#folder, 'package.json'), 'utf8')) as {
      packageManager: string;
    };
    for (const script of ['install --frozen-lockfile --prefer-offline', 'build'])
      execFileSync('npx', ['-y', packageManager, ...script.split(' ')], {
        cwd: this.#folder,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
  }

  /** Adds what the older commit shows to each comparison that it has, too. */
  measure(figure: Figure, isQuick: boolean): void {
    const args = ['--expose-gc', '--import', 'tsx', 'scripts/bench/main.ts', '--only', figure.id];
    const { stdout } = spawnSync(process.execPath, isQuick ? [...args, '--quick'] : args, {
      cwd: this.#folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const values = valuesIn(stdout);
    for (const { comparisons } of figure.measurements)
      for (const comparison of comparisons) {
        const value = values.get(comparison.text);
        if (value !== undefined) comparison.before = value;
      }
  }

  remove(): void {
    execFileSync('git', ['worktree', 'remove', '--force', this.#folder], { cwd: root });
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** What a bench has printed, by the names of its comparisons: every edition prints them in this way. */
export function valuesIn(printed: string): Map<string, number> {
  const lines = printed.matchAll(/^ +-> (.+): ([\d.,-]+) \(target /gm);
  return new Map([...lines].map(([, text, value]) => [text!, Number(value!.replaceAll(',', ''))]));
}
