import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { BuildOptions, Metafile } from 'esbuild';

const common = { bundle: true, minify: true, platform: 'node', logLevel: 'silent' } satisfies BuildOptions;

/** A program that calls one action, with credentials of its own. */
export const ONE_ACTION = `
  import { ServiceClient } from '@tccc/core';
  import { CreateAutoCalloutTask } from '@tccc/outbound';
  const client = new ServiceClient({ credentials: { secretId: 'id', secretKey: 'key' } });
  export const call = (params) => client.call(CreateAutoCalloutTask, params);
`;

/** A program with a method for each action. */
export const EVERY_ACTION = `export { OutboundClient } from '@tccc/outbound';`;

/** What is left of the SDK in a program that is bundled in chunks, without undici: bytes, each chunk compressed by itself. */
export interface Bundle {
  /** What is loaded before the first call. */
  readonly first: number;
  /** What is loaded once a call has succeeded. */
  readonly called: number;
  /** Every chunk. */
  readonly all: number;
  /** How many chunks are loaded before the first call. */
  readonly chunks: number;
}

export async function bundle(contents: string): Promise<Bundle> {
  const { metafile, outputFiles } = await build({
    ...common,
    stdin: { contents, resolveDir: import.meta.dirname },
    format: 'esm',
    splitting: true,
    outdir: 'out',
    external: ['undici', 'undici/*', 'ini'],
    write: false,
    metafile: true,
  });
  const names = Object.keys(metafile.outputs);
  const nameOf = (part: string) => names.find((name) => name.includes(part))!;
  const sizes = new Map(
    outputFiles.map(({ path, contents: bytes }) => [
      names.find((name) => path.endsWith(name))!,
      gzipped(bytes),
    ]),
  );
  const sum = (chunks: Iterable<string>) => [...chunks].reduce((total, name) => total + sizes.get(name)!, 0);
  const first = loadedBy([nameOf('stdin')], metafile);
  const called = loadedBy([nameOf('stdin'), nameOf('runner')], metafile);
  return { first: sum(first), called: sum(called), all: sum(names), chunks: first.size };
}

/** Chunks, and those that they import. */
function loadedBy(names: readonly string[], { outputs }: Metafile): Set<string> {
  const loaded = new Set(names);
  for (const name of loaded)
    for (const { path, kind, external } of outputs[name]!.imports)
      if (kind === 'import-statement' && external !== true) loaded.add(path);
  return loaded;
}

/** Bytes of a program in one file, with all that it needs. */
export async function bundledBytes(contents: string): Promise<number> {
  const { outputFiles } = await build({
    ...common,
    stdin: { contents, resolveDir: import.meta.dirname },
    format: 'esm',
    write: false,
  });
  return gzipped(outputFiles[0]!.contents);
}

/** Writes a program into one file, with all that it needs. */
export async function bundleFile(entry: string, outfile: string): Promise<void> {
  await build({ ...common, entryPoints: [entry], format: 'cjs', outfile });
}

function gzipped(bytes: Uint8Array): number {
  return gzipSync(bytes, { level: 9 }).length;
}
