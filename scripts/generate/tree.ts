import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GENERATED_FILES, GENERATED_FOLDERS } from './generate.js';

/** Writes generated files below `root` and removes whatever else is in the generated folders. */
export async function writeTree(root: string, files: ReadonlyMap<string, string>): Promise<void> {
  for (const path of await listGenerated(root)) if (!files.has(path)) await rm(join(root, path));
  for (const [path, text] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

/** One way in which the tree below `root` is not what was generated. */
export interface Drift {
  path: string;
  problem: 'differs' | 'is missing' | 'is not generated';
}

/** Compares whole trees: files that differ, files that are missing, and files that should not be there. */
export async function findDrift(root: string, files: ReadonlyMap<string, string>): Promise<Drift[]> {
  const present = await listGenerated(root);
  const drift: Drift[] = present
    .filter((path) => !files.has(path))
    .map((path) => ({ path, problem: 'is not generated' }));
  for (const [path, text] of files) {
    if (!present.includes(path)) drift.push({ path, problem: 'is missing' });
    else if ((await readFile(join(root, path), 'utf8')) !== text) drift.push({ path, problem: 'differs' });
  }
  return drift.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Everything that is in the place of generated files now. */
async function listGenerated(root: string): Promise<string[]> {
  const inFolders = await Promise.all(
    GENERATED_FOLDERS.map(async (folder) => {
      const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(
        () => [],
      );
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) =>
          join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/').replace(/^\//, ''),
        );
    }),
  );
  const single = await Promise.all(
    GENERATED_FILES.map(async (path) =>
      (await readFile(join(root, path)).catch(() => null)) === null ? [] : [path],
    ),
  );
  return [...inFolders.flat(), ...single.flat()];
}
