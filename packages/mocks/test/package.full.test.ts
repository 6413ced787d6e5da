import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string) => readFile(join(folder, file), 'utf8');

/** All that a file of the package loads when it is imported, itself included, as text. */
async function loadedBy(file: string): Promise<string> {
  const text = await read(join('dist', file));
  const imports = [...text.matchAll(/(?:from|import) ?"(\.\/[^"]+)"/g)].map(([, path]) => path!);
  return text + (await Promise.all(imports.map(loadedBy))).join('');
}

test('who imports the API gets nothing of the page, nor of Vitest', async () => {
  const loaded = await loadedBy('index.js');
  expect(loaded).toContain('MockEngine');
  expect(loaded).not.toMatch(/preact|from ?"vitest"|useSignal/);
  expect(await loadedBy('cli.js')).not.toMatch(/preact|from ?"vitest"|useSignal/);
});

test('the page is one script, one style sheet and one document, and needs nothing else', async () => {
  expect((await readdir(join(folder, 'page/dist'))).sort()).toEqual([
    'LICENSES.txt',
    'page.css',
    'page.html',
    'page.js',
  ]);
  const script = await read('page/dist/page.js');
  expect(script).not.toMatch(/^import |\bimport\(|https?:\/\/(?!www\.w3\.org)/m);
  expect(script.length).toBeLessThan(60_000);
});

test('the page installs nothing with the package, and the test runners are optional', async () => {
  const manifest = JSON.parse(await read('package.json')) as Record<string, object>;
  expect(Object.keys(manifest['dependencies']!)).toEqual([
    '@bomb.sh/tab',
    '@tccc/outbound',
    'commander',
    'node-forge',
    'undici',
  ]);
  const peers = ['@jest/globals', '@types/node', 'expect', 'vitest'];
  expect(Object.keys(manifest['peerDependencies']!).sort()).toEqual(peers);
  expect(manifest['peerDependenciesMeta']).toEqual(
    Object.fromEntries(peers.map((name) => [name, { optional: true }])),
  );
});
