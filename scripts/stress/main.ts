/**
 * `pnpm test:stress`: runs the tests again and again while other programs keep the machine busy, and once with the files
 * and tests in random order. A test that depends on the wall clock or on an order fails here sooner or later.
 */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { readArgs, wholeNumber } from '../support/args.js';
import { root } from '../support/root.js';

const { rounds, loops, all, seed } = readArgs(
  'pnpm test:stress -- [--rounds 5] [--loops 4] [--seed 1] [--all]',
  {
    rounds: { type: 'string', default: '5' },
    loops: { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
    all: { type: 'boolean', default: false },
  },
  (values) => ({
    rounds: wholeNumber('rounds', values.rounds, 0),
    loops: wholeNumber('loops', values.loops, 0),
    seed: wholeNumber('seed', values.seed, 0),
    all: values.all,
  }),
);

/** Programs that do nothing but use a core each. */
function startBusyLoops(): ChildProcess[] {
  return Array.from({ length: loops }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  );
}

/** Runs the tests once, and says whether they passed. */
async function testOnce(name: string, ...args: string[]): Promise<boolean> {
  console.log(`\n== ${name}`);
  const cli = join(root, 'node_modules/vitest/vitest.mjs');
  const env = { ...process.env, TESTS: all ? 'all' : '' };
  const reporters = ['dot', './scripts/support/left-out-reporter.ts', './scripts/support/hang-reporter.ts'];
  const quiet = reporters.map((reporter) => `--reporter=${reporter}`);
  const child = spawn(process.execPath, [cli, 'run', ...quiet, ...args], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0;
}

const busy = startBusyLoops();
const failed: string[] = [];
try {
  for (let round = 1; round <= rounds; round++) {
    const name = `round ${round} of ${rounds}, with ${loops} busy loops`;
    if (!(await testOnce(name))) failed.push(name);
  }
} finally {
  for (const loop of busy) loop.kill('SIGKILL');
}
const name = `random order, from seed ${seed}`;
if (!(await testOnce(name, '--sequence.shuffle', `--sequence.seed=${seed}`))) failed.push(name);

console.log(failed.length === 0 ? '\nEvery round passed.' : `\nFailed: ${failed.join('; ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
