import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));

/** The modules of core that are in a program before it has loaded anything more, by their paths in `src`. */
async function firstModulesOf(program: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: { contents: program, resolveDir: src },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    outdir: 'out',
    write: false,
    metafile: true,
  });
  const entry = Object.keys(metafile.outputs).find((name) => name.endsWith('stdin.js'))!;
  return [...closureOf(entry, metafile)].flatMap((name) =>
    Object.entries(metafile.outputs[name]!.inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => relative(src, path)),
  );
}

function closureOf(name: string, metafile: Metafile, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const { path, kind, external } of metafile.outputs[name]!.imports)
    if (kind !== 'dynamic-import' && external !== true) closureOf(path, metafile, found);
  return found;
}

/** Needed by few programs, or not before the first call. */
const LATE =
  /^(?:call\/errors|credentials\/(?:asking\/.*|fetcher)|errors\/redact|observe\/observer|pacing\/(?:client-slots|local-pacer)|params\/(?:generated\/time-zones|issues|refusal)|response\/(?:json|read)|retry\/retrier|runner|signing\/tc3|transport\/.*)\.ts$/;

test('a client begins with what it needs before its first call, and with nothing else', async () => {
  const modules = await firstModulesOf(`export { ServiceClient } from './index.ts'`);
  expect(modules).toContain('client.ts');
  expect(modules.filter((module) => LATE.test(module))).toEqual([]);
});

test('nor does a program with a source of credentials load what asks before it is asked', async () => {
  const modules = await firstModulesOf(`export { ServiceClient, assumeRoleSource } from './index.ts'`);
  expect(modules).toContain('credentials/assume-role.ts');
  expect(modules.filter((module) => LATE.test(module))).toEqual([]);
});

test('a bundle leaves out the sources of credentials that it does not name', async () => {
  const modules = await firstModulesOf(
    `import { ServiceClient } from './index.ts'; new ServiceClient({ credentials: { secretId: 'a', secretKey: 'b' } })`,
  );
  expect(modules).not.toContain('credentials/assume-role.ts');
});
