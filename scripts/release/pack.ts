import { execFile } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../support/root.js';
import type { Identity, Manifest, PublishedPackage } from './project.js';
import { readManifest } from './project.js';
import { stamp } from './stamp.js';

const run = promisify(execFile);

/** A package as it would be published. */
export interface Packed {
  /** The folder below `packages/`. */
  folder: string;
  manifest: Manifest;
  /** What is uploaded. */
  tarball: string;
  /** Paths in the tarball, sorted. */
  files: string[];
  /** Where it is unpacked. */
  contents: string;
}

/**
 * Packs a package, which must be built. What is checked and tried is the very file that is published: nothing is packed twice.
 *
 * @param identity Undefined while the project has no address: then the package says nothing about it.
 */
export async function pack(
  { folder }: PublishedPackage,
  target: string,
  identity: Identity | undefined,
): Promise<Packed> {
  const work = join(target, 'contents', folder);
  await mkdir(work, { recursive: true });
  // pnpm knows what `workspace:` and `catalog:` stand for.
  await runPnpm(['pack', '--pack-destination', work], join(root, 'packages', folder));
  const { name, version } = await readManifest(`packages/${folder}`);
  const file = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
  await run('tar', ['-xzf', file], { cwd: work });
  await rm(join(work, file));
  const contents = join(work, 'package');
  if (identity !== undefined) await stamp(contents, `packages/${folder}`, identity);
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', target];
  const { stdout } = await run('npm', args, { cwd: contents });
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  const manifest = JSON.parse(await readFile(join(contents, 'package.json'), 'utf8')) as Manifest;
  const paths = files.map(({ path }) => path).sort();
  return { folder, manifest, tarball: join(target, file), files: paths, contents };
}

/** Runs the pnpm that runs this script, or the one that the root's package.json names. */
async function runPnpm(args: readonly string[], cwd: string): Promise<string> {
  const { npm_execpath: path = '' } = process.env;
  const { packageManager } = await readManifest('.');
  const own = /pnpm\.[cm]?js$/.test(path) ? [process.execPath, path] : ['npx', '-y', packageManager!];
  const { stdout } = await run(own[0]!, [...own.slice(1), ...args], { cwd });
  return stdout;
}
