import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UsageError, wholeNumber } from '../support/args.js';
import { Bundle } from '../support/bundle.js';
import { root } from '../support/root.js';

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** `pnpm soak` in one file: to start it by what translates TypeScript takes longer than what it does here. */
let soak: Bundle;
beforeAll(async () => {
  soak = await Bundle.make('scripts/soak/main.ts', []);
});
afterAll(() => soak[Symbol.asyncDispose]());

const runSoak = (...args: readonly string[]) => run([soak.path], args);
const runBench = (...args: readonly string[]) =>
  run(['--import', 'tsx', join(root, 'scripts/bench/main.ts')], args);

/** Runs a script as `pnpm` does, and waits for its end. */
function run(script: readonly string[], args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const given = ['--expose-gc', ...script, '--', ...args];
    const child = execFile(process.execPath, given, { cwd: root }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

test.concurrent.each([
  ['soak', ['--calls', '0'], '--calls must be a whole number of at least 1, not "0".'],
  ['soak', ['--sead', '1'], "Unknown option '--sead'"],
  ['bench', ['--only', 'signing,sign'], '--only knows signing, large,'],
])('pnpm %s %j is refused with the usage', async (name, args, message) => {
  const { code, stdout, stderr } = await (name === 'soak' ? runSoak : runBench)(...args);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
  expect(stderr).toMatch(/^Usage: pnpm (soak|bench) -- /m);
});

test('a number of the command line is whole, and as large as it must be', () => {
  expect(wholeNumber('seed', '0', 0)).toBe(0);
  for (const text of ['many', '1.5', '-1', '', '1e3'])
    expect(() => wholeNumber('seed', text, 0)).toThrow(
      new UsageError(`--seed must be a whole number of at least 0, not "${text}".`),
    );
});

test.concurrent('pnpm soak makes as many calls as it is told to, from the seed that it is told', async () => {
  const { code, stdout } = await runSoak('--calls', '40', '--seed', '7');
  expect(stdout).toMatch(/^40 calls in .* seed 7: /m);
  expect(stdout).toContain('Left over: nothing.');
  expect(code).toBe(0);
});
