import { execFile } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UsageError, wholeNumber, wordsOf } from '../support/args.js';
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

/** Runs it as `pnpm` does, and waits for its end. */
function run(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const flags = ['--expose-gc', soak.path, '--', ...args];
    const child = execFile(process.execPath, flags, { cwd: root }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

test.concurrent.each([
  [['--calls', '0'], '--calls must be a whole number of at least 1, not "0".'],
  [['--sead', '1'], "Unknown option '--sead'"],
])('pnpm soak %j is refused with the usage', async (args, message) => {
  const { code, stdout, stderr } = await run(...args);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
  expect(stderr).toMatch(/^Usage: pnpm soak -- /m);
});

test('words of the command line are among those that are known', () => {
  expect(wordsOf('only', 'large,signing', ['signing', 'large'])).toEqual(['large', 'signing']);
  expect(() => wordsOf('only', 'signing,sign', ['signing', 'large'])).toThrow(
    new UsageError('--only knows signing, large, but not "sign".'),
  );
});

test('a number of the command line is whole, and as large as it must be', () => {
  expect(wholeNumber('seed', '0', 0)).toBe(0);
  for (const text of ['many', '1.5', '-1', '', '1e3'])
    expect(() => wholeNumber('seed', text, 0)).toThrow(
      new UsageError(`--seed must be a whole number of at least 0, not "${text}".`),
    );
});

test.concurrent('pnpm soak makes as many calls as it is told to, from the seed that it is told', async () => {
  const { code, stdout } = await run('--calls', '40', '--seed', '7');
  expect(stdout).toMatch(/^40 calls in .* seed 7: /m);
  expect(stdout).toContain('Left over: nothing.');
  expect(code).toBe(0);
});
