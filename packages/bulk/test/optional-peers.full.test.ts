import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const ALWAYS = ['@tccc/outbound', 'libphonenumber-js'];

/** The packages that a program needs which imports this one. What is loaded only when it is asked for does not count. */
async function packagesOf(entry: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL(`../src/${entry}.ts`, import.meta.url))],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    write: false,
    metafile: true,
    splitting: true,
    outdir: 'out',
  });
  const { outputs } = metafile;
  const first = Object.keys(outputs).find((path) => outputs[path]!.entryPoint?.endsWith(`src/${entry}.ts`))!;
  const files = new Set([first]);
  const names = new Set<string>();
  // A set that grows while it is read is read to its end.
  for (const file of files) {
    for (const { path, kind, external } of outputs[file]!.imports) {
      if (kind === 'dynamic-import') continue;
      if (external !== true) files.add(path);
      else if (!path.startsWith('node:')) names.add(/^(@[^/]+\/)?[^/]+/.exec(path)![0]);
    }
  }
  return [...names].sort();
}

test.each([
  ['index', ALWAYS],
  ['cli', [...ALWAYS, 'commander']],
  ['fleet', ALWAYS],
  ['bullmq', [...ALWAYS, 'bullmq']],
  ['postgres', ['@tccc/outbound', 'pg']],
  ['redis', ['@tccc/outbound', 'rate-limiter-flexible']],
])('%s needs no package but its own', async (entry, expected) => {
  const found = await packagesOf(entry);
  expect(found.filter((name) => !expected.includes(name))).toEqual([]);
});
