import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { root } from '../support/root.js';

const run = promisify(execFile);
const modules = join(root, 'scripts/node_modules');
const page = (await readFile(join(root, 'docs/mock.md'), 'utf8')).split('\n### Jest\n')[1]!;

/** The block below "Jest" in docs/mock.md whose first line names this file, without that line. */
function blockOf(file: string): string {
  const [, text] = new RegExp(`^\`\`\`\\w+\n// ${file.replaceAll('.', '\\.')}\n([^]*?)^\`\`\``, 'm').exec(
    page,
  )!;
  return text!;
}

/** A project whose packages are installed as npm does it: as folders below node_modules, and not as links. */
async function inProject(
  files: Record<string, string>,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tccc-jest-'));
  const inModules = (name: string) => join(folder, 'node_modules', name);
  try {
    await mkdir(inModules('@tccc'), { recursive: true });
    await mkdir(inModules('@babel'));
    await mkdir(inModules('@jest'));
    for (const name of ['jest', 'ts-jest', 'expect', 'typescript', '@babel/preset-env', '@jest/globals'])
      await symlink(join(modules, name), inModules(name));
    // Jest brings it along, and npm installs it beside Jest.
    await symlink(join(root, 'node_modules/.pnpm/node_modules/babel-jest'), inModules('babel-jest'));
    await symlink(join(root, 'packages/core/node_modules/undici'), inModules('undici'));
    await symlink(join(root, 'packages/core/node_modules/ini'), inModules('ini'));
    await symlink(join(root, 'packages/mocks/node_modules/node-forge'), inModules('node-forge'));
    await symlink(join(root, 'packages/core/node_modules/@types'), inModules('@types'));
    for (const name of ['core', 'outbound', 'mocks']) {
      await mkdir(inModules(`@tccc/${name}`));
      for (const part of ['dist', 'package.json', ...(name === 'mocks' ? ['page'] : [])])
        await run('cp', ['-R', join(root, 'packages', name, part), join(inModules(`@tccc/${name}`), part)]);
    }
    for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * What Jest says of all tests in this folder, some of which must fail. One process runs them: it translates and loads
 * everything once.
 */
async function jest(folder: string): Promise<string> {
  const { PATH, HOME } = process.env;
  const options = { cwd: folder, env: { PATH, HOME, CI: 'true' } };
  const program = join(modules, 'jest/bin/jest.js');
  const failed = run(process.execPath, [program, '--rootDir', '.', '--runInBand', '--verbose'], options);
  return failed.then(
    ({ stderr }) => stderr,
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
  );
}

/** The same test, and once more with a client that does nothing, which must fail. One file has both: to load the packages takes longest. */
function withIdle(text: string): string {
  const [test] = /^test\([^]*/m.exec(text)!;
  return text + test.replace("'creates one task'", "'is idle'").replace(/await client\.createAuto.*/, '');
}

function expectOnlyIdleFails(says: string): void {
  expect(says).toMatch(/✓ creates one task/);
  expect(says).toMatch(/✕ is idle/);
  expect(says).toContain('Expected a task to be created, but nothing was created');
}

describe('Jest without a flag of Node.js loads the packages as docs/mock.md says', () => {
  test('translated by Babel', async () => {
    const text = blockOf('tasks.test.mjs');
    const files = {
      'package.json': '{}',
      'jest.config.js': blockOf('jest.config.js'),
      'tasks.test.js': withIdle(text),
    };
    await inProject(files, async (folder) => {
      expectOnlyIdleFails(await jest(folder));
    });
  });

  test('translated by ts-jest, with the types of the matchers', async () => {
    const text = blockOf('tasks.test.mjs');
    const files = {
      'package.json': '{}',
      'jest.config.js': blockOf('jest.config.js for ts-jest'),
      'tsconfig.json': JSON.stringify({
        compilerOptions: { ...STRICT, module: 'commonjs', moduleResolution: 'node10', types: ['node'] },
      }),
      'tasks.test.ts': withIdle(text),
      'wrong.test.ts': text.replace("{ Name: 'spring' });\n  expect", '17);\n  expect'),
    };
    await inProject(files, async (folder) => {
      const says = await jest(folder);
      expectOnlyIdleFails(says);
      expect(says).toMatch(/FAIL .*wrong\.test\.ts/);
      expect(says).toMatch(/not assignable to parameter of type 'Record<string, unknown>/);
    });
  });
});

const STRICT = { target: 'es2022', strict: true, esModuleInterop: true, skipLibCheck: true, allowJs: true };
