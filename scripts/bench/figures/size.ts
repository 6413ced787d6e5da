import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { EVERY_ACTION, ONE_ACTION, bundle, bundledBytes } from '../bundles.js';
import { exactly } from '../measure.js';
import type { Figure } from '../report.js';
import { root } from '../../support/root.js';

const require = createRequire(import.meta.url);

/** Bytes of a folder on disk, without the dependencies inside it. */
function folderBytes(folder: string): number {
  let sum = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'node_modules') sum += folderBytes(path);
    else if (entry.isFile()) sum += statSync(path).size;
  }
  return sum;
}

/** Bytes that the tarball of a package unpacks to. */
function packedBytes(name: string): number {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--silent'], {
    cwd: join(root, 'packages', name),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const packed = JSON.parse(output.toString()) as unknown;
  const entry = (Array.isArray(packed) ? packed[0] : Object.values(packed as object)[0]) as {
    unpackedSize: number;
  };
  return entry.unpackedSize;
}

/** The folder of a package and of everything that it depends on. */
function dependencyFolders(from: string, found = new Map<string, string>()): Map<string, string> {
  const manifest = require(join(from, 'package.json')) as { dependencies?: Record<string, string> };
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    const folder = findPackage(from, name);
    if (folder === undefined || found.has(folder)) continue;
    found.set(folder, name);
    dependencyFolders(folder, found);
  }
  return found;
}

function findPackage(from: string, name: string): string | undefined {
  const paths = createRequire(join(from, 'package.json')).resolve.paths(name) ?? [];
  return paths.map((path) => join(path, name)).find((path) => existsSync(join(path, 'package.json')));
}

/** Bytes of a package and of everything that it depends on. */
function installedBytes(name: string): number {
  const folder = dirname(require.resolve(`${name}/package.json`));
  return [folder, ...dependencyFolders(folder).keys()].reduce((sum, path) => sum + folderBytes(path), 0);
}

/** What an installation takes on disk, and what is left of it in a bundle. */
export async function sizeFigure(): Promise<Figure> {
  const core = join(root, 'packages/core');
  const external = [...dependencyFolders(core).keys()].reduce((sum, folder) => sum + folderBytes(folder), 0);
  const ours = packedBytes('outbound') + packedBytes('core') + external;
  const official = installedBytes('tencentcloud-sdk-nodejs');
  const international = installedBytes('tencentcloud-sdk-nodejs-intl-en');
  const [one, every] = [await bundle(ONE_ACTION), await bundle(EVERY_ACTION)];
  const officialBundled = await bundledBytes(
    "import { ccc } from 'tencentcloud-sdk-nodejs/tencentcloud/services/ccc/index.js'; export const Client = ccc.v20200210.Client;",
  );
  const kilobytes = (name: string, bytes: number) =>
    ({ name, role: 'ours', sample: exactly(bytes / 1e3) }) as const;
  return {
    id: 'size',
    title: 'Size',
    measurements: [
      {
        title: 'Installed, with all dependencies',
        unit: 'MB',
        sides: [
          { name: 'ours', role: 'ours', sample: exactly(ours / 1e6) },
          { name: 'ours, without undici and ini', role: 'ours', sample: exactly((ours - external) / 1e6) },
          { name: 'official SDK', role: 'official', sample: exactly(official / 1e6) },
          {
            name: 'official, international edition',
            role: 'official',
            sample: exactly(international / 1e6),
          },
        ],
        comparisons: [{ text: 'MB installed', value: ours / 1e6, target: '<= 2.5' }],
      },
      {
        title: 'Bundled in chunks, minified, gzip (undici apart)',
        unit: 'kB',
        sides: [
          kilobytes('one action, before the first call', one.first),
          kilobytes('one action, once a call has succeeded', one.called),
          kilobytes('one action, every chunk', one.all),
          kilobytes('OutboundClient, before the first call', every.first),
          kilobytes('OutboundClient, once a call has succeeded', every.called),
          kilobytes('OutboundClient, every chunk', every.all),
          { name: 'official SDK, ccc module only', role: 'official', sample: exactly(officialBundled / 1e3) },
        ],
        comparisons: [
          { text: 'kB of one action before the first call', value: one.first / 1e3, target: '<= 16' },
          {
            text: 'kB of OutboundClient before the first call',
            value: every.first / 1e3,
            target: '<= 30',
            side: 'OutboundClient, before the first call',
          },
        ],
      },
    ],
  };
}
