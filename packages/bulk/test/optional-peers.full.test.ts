import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const ALWAYS = ['@tccc/outbound', 'libphonenumber-js'];

/** The packages that a program needs which imports this one. */
async function packagesOf(entry: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL(`../src/${entry}.ts`, import.meta.url))],
    ...{ bundle: true, packages: 'external', platform: 'node', format: 'esm', write: false, metafile: true },
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  const names = imports.map(({ path }) => path).filter((path) => !path.startsWith('node:'));
  return [...new Set(names.map((path) => /^(@[^/]+\/)?[^/]+/.exec(path)![0]))].sort();
}

test.each([
  ['index', ALWAYS],
  ['cli', ALWAYS],
  ['fleet', ALWAYS],
  ['bullmq', [...ALWAYS, 'bullmq']],
  ['postgres', ['pg']],
  ['redis', ['@tccc/outbound', 'rate-limiter-flexible']],
])('%s needs no package but its own', async (entry, expected) => {
  const found = await packagesOf(entry);
  expect(found.filter((name) => !expected.includes(name))).toEqual([]);
});
