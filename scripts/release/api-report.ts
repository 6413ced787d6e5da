import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import type { ExtractorMessage } from '@microsoft/api-extractor';
import { root } from '../support/root.js';
import type { PublishedPackage } from './project.js';

/** An entry of a package. */
export interface ApiEntry {
  /** Such as `bulk-redis`. */
  name: string;
  folder: string;
  /** Its declarations, below the folder. */
  types: string;
}

/** What of a package can be imported. */
export function apiEntries({ folder, manifest }: PublishedPackage): ApiEntry[] {
  return Object.entries(manifest.exports ?? {}).flatMap(([path, target]) =>
    typeof target === 'string'
      ? []
      : [{ name: folder + path.slice(1).replace('/', '-'), folder, types: target.types }],
  );
}

/** What the compiler knows of all entries. It reads what they share, such as the types of Node.js, once. */
let compiled: CompilerState | undefined;

/**
 * All that an entry exports, with its types, in an order that does not depend on the files. The packages must be built.
 *
 * @param all Every entry that there will be a report of
 */
export async function apiReport(
  { name, folder, types }: ApiEntry,
  all: readonly ApiEntry[],
): Promise<string> {
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
    const additionalEntryPoints = all.map((one) => join(root, 'packages', one.folder, one.types));
    compiled ??= CompilerState.create(config, { additionalEntryPoints });
    const messageCallback = (message: ExtractorMessage) => void (message.handled = true);
    Extractor.invoke(config, { localBuild: true, compilerState: compiled, messageCallback });
    const text = await readFile(join(out, `${name}.api.md`), 'utf8');
    return text.split('```ts\n')[1]!.split('\n```')[0]!.trim().concat('\n');
  } finally {
    await rm(out, { recursive: true });
  }
}
