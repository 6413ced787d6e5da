import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DOCS_PLACEHOLDER } from '../../packages/core/src/errors/docs.js';
import type { Identity, Manifest } from './project.js';

/**
 * Writes into an unpacked package where the project lives: into its package.json, and in place of the address of the docs that
 * the sources have while there is none. Returns how many files had that address.
 */
export async function stamp(folder: string, directory: string, identity: Identity): Promise<number> {
  const file = join(folder, 'package.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  const { homepage, bugs, repository } = identity;
  const stamped = { ...manifest, homepage, bugs, repository: { ...repository, directory } };
  await writeFile(file, `${JSON.stringify(stamped, null, 2)}\n`);
  const paths = await readdir(folder, { recursive: true, withFileTypes: true });
  let count = 0;
  for (const entry of paths.filter((path) => path.isFile() && /\.(js|ts|md)$/.test(path.name))) {
    const path = join(entry.parentPath, entry.name);
    const text = await readFile(path, 'utf8');
    if (!text.includes(DOCS_PLACEHOLDER)) continue;
    await writeFile(path, text.replaceAll(DOCS_PLACEHOLDER, homepage));
    count++;
  }
  return count;
}
