import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import type { ExtractorMessage } from '@microsoft/api-extractor';
import { root } from '../support/root.js';
import type { PublishedPackage } from './project.js';

/** An entry of a package, and the declarations that it has. */
export interface ApiEntry {
  /** Such as `bulk-redis`. */
  name: string;
  folder: string;
  /** Below the folder. */
  types: string;
  /** Those of all entries of its package. */
  all: readonly string[];
}

/** What of a package can be imported. */
export function apiEntries({ folder, manifest }: PublishedPackage): ApiEntry[] {
  const entries = Object.entries(manifest.exports ?? {}).flatMap(([path, target]) =>
    typeof target === 'string' ? [] : [{ path, types: target.types }],
  );
  const all = entries.map(({ types }) => types);
  return entries.map(({ path, types }) => {
    return { name: folder + path.slice(1).replace('/', '-'), folder, types, all };
  });
}

/** What the compiler knows of a package, by its folder. It reads all entries at once. */
const compiled = new Map<string, CompilerState>();

/** All that an entry exports, with its types, in an order that does not depend on the files. The package must be built. */
export async function apiReport({ name, folder, types, all }: ApiEntry): Promise<string> {
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
    const additionalEntryPoints = all.map((entry) => join(project, entry));
    const compilerState = compiled.get(folder) ?? CompilerState.create(config, { additionalEntryPoints });
    compiled.set(folder, compilerState);
    const messageCallback = (message: ExtractorMessage) => void (message.handled = true);
    Extractor.invoke(config, { localBuild: true, compilerState, messageCallback });
    const text = await readFile(join(out, `${name}.api.md`), 'utf8');
    return text.split('```ts\n')[1]!.split('\n```')[0]!.trim().concat('\n');
  } finally {
    await rm(out, { recursive: true });
  }
}
