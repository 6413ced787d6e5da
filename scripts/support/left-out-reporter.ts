import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';
import { missingTools } from '../../packages/core/test/support/tools.js';
import { FOLDERS, runsAll } from '../../vitest.shared.js';
import { root } from './root.js';

/** Ends the output with one line: which tests did not run, why, and the command that runs them all. */
export default class LeftOutReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')]).length;
    console.log(`\n${leftOut(skipped)}\n`);
  }
}

function leftOut(skipped: number): string {
  const { packageManager } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
    packageManager: string;
  };
  const all = `"npx -y ${packageManager} test:all"`;
  if (!runsAll) {
    return `Left out: the exhaustive tests, ${countFull()} files named *.full.test.ts, because they take minutes. ${all} runs every test.`;
  }
  if (skipped === 0) return 'Left out: nothing.';
  const missing = missingTools();
  if (missing.length === 0)
    return `Left out: ${skipped} tests that this version of Node.js or this system cannot run.`;
  return `Left out: ${skipped} tests, because ${missing.join(', ')} cannot be found. Install them, and ${all} runs every test.`;
}

function countFull(): number {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder, 'test'), { recursive: true, encoding: 'utf8' }),
  );
  return files.filter((file) => file.endsWith('.full.test.ts')).length;
}
