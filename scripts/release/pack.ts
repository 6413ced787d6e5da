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
 * Packs packages, which must be built. What is checked and tried is the very file that is published: nothing is packed twice.
 *
 * @param identity Undefined while the project has no address: then the packages say nothing about it.
 */
export async function packAll(
  packages: readonly PublishedPackage[],
  target: string,
  identity: Identity | undefined,
): Promise<Packed[]> {
  const work = join(target, 'contents');
  await mkdir(work, { recursive: true });
  // pnpm replaces `workspace:` and `catalog:` by versions. One process for all: to start one takes longer than to pack.
  const filters = packages.map(({ manifest }) => `--filter=${manifest.name}`);
  await runPnpm(['--recursive', ...filters, 'pack', '--pack-destination', work]);
  const contents = await Promise.all(packages.map((one) => unpack(one, work, identity)));
  const args = ['pack', ...contents, '--ignore-scripts', '--json', '--pack-destination', target];
  const { stdout } = await run('npm', args, { cwd: target, maxBuffer: 1e8 });
  const packed = JSON.parse(stdout) as { name: string; filename: string; files: { path: string }[] }[];
  return Promise.all(
    packages.map(async ({ folder, manifest: { name } }, index) => {
      const { filename, files } = packed.find((one) => one.name === name)!;
      const text = await readFile(join(contents[index]!, 'package.json'), 'utf8');
      return {
        folder,
        manifest: JSON.parse(text) as Manifest,
        tarball: join(target, filename),
        files: files.map(({ path }) => path).sort(),
        contents: contents[index]!,
      };
    }),
  );
}

/** Unpacks what pnpm has packed, and says in it where the project lives. Returns the folder of its contents. */
async function unpack(
  { folder, manifest: { name, version } }: PublishedPackage,
  work: string,
  identity: Identity | undefined,
): Promise<string> {
  const own = join(work, folder);
  const tarball = join(work, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
  await mkdir(own);
  await run('tar', ['-xzf', tarball], { cwd: own });
  await rm(tarball);
  const contents = join(own, 'package');
  if (identity !== undefined) await stamp(contents, `packages/${folder}`, identity);
  return contents;
}

/** Runs the pnpm that runs this script, or the one that the root's package.json names. */
async function runPnpm(args: readonly string[]): Promise<void> {
  const { npm_execpath: path = '' } = process.env;
  const { packageManager } = await readManifest('.');
  const own = /pnpm\.[cm]?js$/.test(path) ? [process.execPath, path] : ['npx', '-y', packageManager!];
  await run(own[0]!, [...own.slice(1), ...args], { cwd: root, maxBuffer: 1e8 });
}
