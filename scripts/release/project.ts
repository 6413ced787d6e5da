import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../support/root.js';

/** What of a package.json the release looks at. */
export interface Manifest {
  name: string;
  version: string;
  license?: string;
  private?: boolean;
  exports?: Record<string, string | { types: string; default: string }>;
  files?: string[];
  bin?: Record<string, string>;
  repository?: { type: string; url: string; directory?: string };
  homepage?: string;
  bugs?: { url: string };
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  packageManager?: string;
}

/** A package that is published. */
export interface PublishedPackage {
  /** The folder below `packages/`. */
  folder: string;
  manifest: Manifest;
}

/** Where the project lives. The package.json of the root is the one place that says so; packages get it when they are packed. */
export type Identity = Required<Pick<Manifest, 'repository' | 'homepage' | 'bugs'>>;

export async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8')) as Manifest;
}

/** Every package that is published, those first that others depend on. */
export async function publishedPackages(): Promise<PublishedPackage[]> {
  const folders = await readdir(join(root, 'packages'));
  const all = await Promise.all(
    folders.map(async (folder) => ({ folder, manifest: await readManifest(`packages/${folder}`) })),
  );
  const rank = ({ manifest }: PublishedPackage): number =>
    Object.keys(manifest.dependencies ?? {})
      .map((name) => all.find((one) => one.manifest.name === name))
      .reduce((highest, one) => (one === undefined ? highest : Math.max(highest, rank(one) + 1)), 0);
  return all.filter(({ manifest }) => manifest.private !== true).sort((a, b) => rank(a) - rank(b));
}

/** Which fields of the identity are missing, or not what the registry and GitHub need. */
export function missingIdentity({ repository, homepage, bugs }: Partial<Manifest>): string[] {
  return [
    ...(/^git\+https:\/\/[^/]+\/[^/]+\/[^/]+\.git$/.test(repository?.url ?? '') ? [] : ['repository']),
    ...(/^https:\/\/[^\s]+[^/\s]$/.test(homepage ?? '') ? [] : ['homepage']),
    ...(/^https:\/\/\S+$/.test(bugs?.url ?? '') ? [] : ['bugs']),
  ];
}
