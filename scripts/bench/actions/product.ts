import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { generate } from '../../generate/generate.js';
import { writeTree } from '../../generate/tree.js';
import { Copy, compile } from '../../support/copy.js';
import { root } from '../../support/root.js';
import { scaleSpec } from './scale-spec.js';

/** `@tccc/outbound` with another number of actions, built in a folder of its own. */
export interface Product extends AsyncDisposable {
  actions: number;
  /** What a program imports. */
  path: string;
  generateSeconds: number;
  buildSeconds: number;
}

export async function makeProduct(actions: number): Promise<Product> {
  const copy = await Copy.make();
  const outbound = join(copy.path, 'packages/outbound');
  await scaleSpec(join(copy.path, 'spec'), actions);
  await cp(join(root, 'packages/core/dist'), join(copy.path, 'packages/core/dist'), { recursive: true });
  const [files, generateSeconds] = await timed(() => generate(join(copy.path, 'spec')));
  await writeTree(copy.path, files);
  const [, buildSeconds] = await timed(() => buildPackage(outbound));
  return {
    actions,
    path: join(outbound, 'dist/index.js'),
    generateSeconds,
    buildSeconds,
    [Symbol.asyncDispose]: () => copy[Symbol.asyncDispose](),
  };
}

async function timed<Value>(work: () => Promise<Value>): Promise<[Value, seconds: number]> {
  const startedAt = performance.now();
  return [await work(), (performance.now() - startedAt) / 1000];
}

/** As the package's own build: types by the compiler, and one module. */
async function buildPackage(folder: string): Promise<void> {
  await compile(folder);
  const outdir = join(folder, 'dist');
  await rm(join(outdir, 'index.js'));
  await build({
    entryPoints: [join(folder, 'src/index.ts')],
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    outdir,
    logLevel: 'warning',
  });
}
