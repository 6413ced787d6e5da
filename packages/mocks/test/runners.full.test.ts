import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify, stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const page = await readFile(new URL('../../../docs/mock.md', import.meta.url), 'utf8');
const modules = fileURLToPath(new URL('../node_modules/', import.meta.url));

/** The program below a heading of docs/mock.md, and the name of its file. */
function recipeOf(runner: string): { file: string; text: string } {
  const [, file, text] = new RegExp(`^### ${runner}\n[^]*?^\`\`\`js\n// (\\S+)\n([^]*?)^\`\`\``, 'm').exec(
    page,
  )!;
  return { file: file!, text: text! };
}

/** The same test, and once more with a client that does nothing, which must fail. To load the packages for a file takes longest. */
function withIdle(text: string): string {
  const [test] = /^test\([^]*/m.exec(text)!;
  return text + test.replace(/'.*?'/, "'is idle'").replace(/await client\.createAuto.*/, '');
}

// Each runner takes the packages as they are built, as a user has them. To start one takes longer than both tests.
test.each<[runner: string, command: string[], failed: RegExp, passed: RegExp]>([
  [
    'Vitest',
    [join(modules, 'vitest/vitest.mjs'), 'run', '--root', '.', '--maxWorkers', '1', '--no-isolate'],
    /FAIL .*is idle/,
    /Tests +1 failed \| 1 passed/,
  ],
  ['node:test', ['--test', '--test-reporter', 'tap'], /^not ok \d+ - is idle$/m, /^# pass 1\n# fail 1$/m],
  [
    'Jest',
    [
      '--experimental-vm-modules',
      join(modules, 'jest/bin/jest.js'),
      '--rootDir',
      '.',
      '--testMatch',
      '**/*.test.mjs',
      '--runInBand',
    ],
    /● is idle/,
    /^Tests: +1 failed, 1 passed/m,
  ],
])(
  'the recipe of docs/mock.md for %s runs, and fails if the client does nothing',
  async (runner, command, failed, passed) => {
    const { file, text } = recipeOf(runner);
    const folder = await mkdtemp(join(tmpdir(), 'tccc-runner-'));
    // A runner must not take itself for part of the one that runs it.
    const { PATH, HOME } = process.env;
    const options = { cwd: folder, env: { PATH, HOME, CI: 'true' } };
    try {
      await mkdir(join(folder, 'node_modules/@tccc'), { recursive: true });
      for (const name of ['vitest', 'jest', '@tccc/outbound'])
        await symlink(join(modules, name), join(folder, 'node_modules', name));
      await symlink(fileURLToPath(new URL('..', import.meta.url)), join(folder, 'node_modules/@tccc/mocks'));
      await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
      await writeFile(join(folder, file), withIdle(text));
      const says = await run(process.execPath, command, options).then(
        ({ stdout }) => stdout,
        ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
      );
      expect(stripVTControlCharacters(says)).toMatch(failed);
      expect(stripVTControlCharacters(says)).toMatch(passed);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
