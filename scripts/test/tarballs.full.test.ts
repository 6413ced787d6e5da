import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Packed } from '../release/pack.js';
import { packAll } from '../release/pack.js';
import { publishedPackages } from '../release/project.js';
import { root } from '../support/root.js';

const run = promisify(execFile);
const PACKAGES = ['core', 'outbound', 'mocks', 'bulk', 'events'];

let folder: string;
let packed: Packed[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tccc-tarballs-'));
  packed = await packAll(await publishedPackages(), folder, undefined);
});
afterAll(() => rm(folder, { recursive: true }));

test.each(PACKAGES)('the tarball of %s has the sources that its maps lead to', async (name) => {
  const { files } = packed.find((one) => one.folder === name)!;
  const maps = files.filter((path) => path.startsWith('dist/') && path.endsWith('.map'));
  // Entries of core that only name what is in its kernel have no map.
  const named = name === 'core' ? ['dist/index.js', 'dist/internal.js'] : [];
  const code = files.filter((path) => /^dist\/.*(\.js|\.d\.ts)$/.test(path) && !named.includes(path));
  expect(maps.sort()).toEqual(code.map((path) => `${path}.map`).sort());
  const missing = await Promise.all(
    maps.map(async (path) => {
      const text = await readFile(join(root, 'packages', name, path), 'utf8');
      const { sources } = JSON.parse(text) as { sources: string[] };
      return sources.map((source) => join(dirname(path), source)).filter((source) => !files.includes(source));
    }),
  );
  expect(missing.flat()).toEqual([]);
});

test.each(PACKAGES)(
  'the declarations of %s are right without any setting for the types of Node.js',
  async (name) => {
    const manifest = await readFile(join(root, 'packages', name, 'package.json'), 'utf8');
    const { exports, peerDependencies, peerDependenciesMeta } = JSON.parse(manifest) as {
      exports: Record<string, string | { types: string }>;
      peerDependencies: Record<string, string>;
      peerDependenciesMeta: Record<string, { optional: boolean }>;
    };
    expect(peerDependencies['@types/node']).toMatch(/^>=20/);
    expect(peerDependenciesMeta['@types/node']).toEqual({ optional: true });
    const entries = Object.values(exports).flatMap((target) =>
      typeof target === 'string' ? [] : [target.types],
    );
    for (const entry of entries) {
      const text = await readFile(join(root, 'packages', name, entry), 'utf8');
      expect(text).toMatch(/^\/\/\/ <reference types="node"/);
    }
  },
);

test('a program compiles with core although it knows nothing of Node.js, declarations checked', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tccc-types-'));
  try {
    await mkdir(join(folder, 'node_modules/@tccc'), { recursive: true });
    await symlink(join(root, 'packages/core'), join(folder, 'node_modules/@tccc/core'));
    await writeFile(
      join(folder, 'use.mts'),
      `import { environmentSource } from '@tccc/core';\nexport const source = environmentSource({ A: 'b' });\n`,
    );
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const settings = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext'];
    const { stdout } = await run(process.execPath, [compiler, ...settings, 'use.mts'], { cwd: folder });
    expect(stdout).toBe('');
  } finally {
    await rm(folder, { recursive: true });
  }
});
