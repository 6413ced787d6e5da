import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { root } from '../support/root.js';
import type { PublishedPackage } from './project.js';

/** An entry of a package, and the declarations that it has. */
export interface ApiEntry {
  /** Such as `bulk-redis`. */
  name: string;
  folder: string;
  /** Below the folder. */
  types: string;
}

/** What of a package can be imported. */
export function apiEntries({ folder, manifest }: PublishedPackage): ApiEntry[] {
  return Object.entries(manifest.exports ?? {}).flatMap(([path, target]) => {
    if (typeof target === 'string') return [];
    return [{ name: folder + path.slice(1).replace('/', '-'), folder, types: target.types }];
  });
}

/** All that an entry exports, with its types, in an order that does not depend on the files. The package must be built. */
export async function apiReport({ name, folder, types }: ApiEntry): Promise<string> {
  const project = join(root, 'packages', folder);
  const out = await mkdtemp(join(tmpdir(), 'tccc-api-'));
  try {
    const config = ExtractorConfig.prepare({
      configObject: {
        projectFolder: project,
        mainEntryPointFilePath: join(project, types),
        compiler: { tsconfigFilePath: join(project, 'tsconfig.build.json'), skipLibCheck: true },
        apiReport: {
          enabled: true,
          reportFileName: name,
          reportFolder: out,
          reportTempFolder: join(out, 'temp'),
        },
        docModel: { enabled: false },
        dtsRollup: { enabled: false },
        tsdocMetadata: { enabled: false },
        newlineKind: 'lf',
        messages: {
          extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
          tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
          compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        },
      },
      configObjectFullPath: undefined,
      packageJsonFullPath: join(project, 'package.json'),
    });
    Extractor.invoke(config, { localBuild: true, messageCallback: (message) => (message.handled = true) });
    const text = await readFile(join(out, `${name}.api.md`), 'utf8');
    return text.split('```ts\n')[1]!.split('\n```')[0]!.trim().concat('\n');
  } finally {
    await rm(out, { recursive: true });
  }
}
