import { execFile } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { findPnpm } from '../support/pnpm.js';
import { root } from '../support/root.js';
import type { Identity, Manifest, PublishedPackage } from './project.js';
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
  const filters = packages.map(({ manifest }) => `--filter=${manifest.name}`);
  // pnpm replaces `workspace:` and `catalog:` by versions.
  await run(await findPnpm(), ['--recursive', ...filters, 'pack', '--pack-destination', work], { cwd: root });
  return Promise.all(
    packages.map(async (one) => {
      const contents = await unpack(one, work, identity);
      const text = await readFile(join(contents, 'package.json'), 'utf8');
      const manifest = JSON.parse(text) as Manifest;
      return { folder: one.folder, manifest, contents, ...(await packFolder(contents, target)) };
    }),
  );
}

/** Packs a folder that needs nothing replaced any more. */
export async function packFolder(folder: string, target: string): Promise<Pick<Packed, 'tarball' | 'files'>> {
  const args = ['pack', '--ignore-workspace', '--json', '--pack-destination', target];
  const { stdout } = await run(await findPnpm(), args, { cwd: folder, maxBuffer: 1e8 });
  const { filename, files } = JSON.parse(stdout) as { filename: string; files: { path: string }[] };
  return { tarball: resolve(folder, filename), files: files.map(({ path }) => path).sort() };
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
