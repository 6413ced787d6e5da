import { exec } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { generate } from '../../generate/generate.js';
import { writeTree } from '../../generate/tree.js';
import { Copy } from '../../support/copy.js';
import { root } from '../../support/root.js';
import { scaleSpec } from './scale-spec.js';

const run = promisify(exec);

/** `@tccc/outbound` with another number of actions, built in a folder of its own. */
export interface Product extends AsyncDisposable {
  actions: number;
  folder: string;
  /** What a program imports. */
  path: string;
  generateSeconds: number;
  buildSeconds: number;
}

export async function makeProduct(actions: number): Promise<Product> {
  const copy = await Copy.make();
  const outbound = join(copy.path, 'packages/outbound');
  await scaleSpec(join(copy.path, 'spec'), actions);
  const [files, generateSeconds] = await timed(() => generate(join(copy.path, 'spec')));
  await writeTree(copy.path, files);
  const [, buildSeconds] = await timed(() => buildPackage(outbound));
  return {
    actions,
    folder: outbound,
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

/** Runs the package's own build script, with the tools of the original. */
async function buildPackage(folder: string): Promise<void> {
  const { scripts } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    scripts: { build: string };
  };
  const tools = join(root, 'packages/outbound/node_modules/.bin');
  const env = { ...process.env, PATH: [tools, process.env.PATH].join(delimiter) };
  await run(scripts.build, { cwd: folder, env });
}
