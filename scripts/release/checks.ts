import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { DOCS_PLACEHOLDER } from '../../packages/core/src/errors/docs.js';
import { root } from '../support/root.js';
import type { Packed } from './pack.js';

const run = promisify(execFile);

/** What is wrong with a packed package; empty if it may be published. `isStamped`: whether the project has an address. */
export async function problemsOf(packed: Packed, isStamped: boolean): Promise<string[]> {
  return [
    ...manifestProblems(packed),
    ...(await fileProblems(packed)),
    ...(isStamped ? await placeholderProblems(packed) : []),
    ...(await publintProblems(packed)),
    ...(await typesProblems(packed)),
  ];
}

/** What only this repository understands must not be published. */
export function manifestProblems({ manifest }: Pick<Packed, 'manifest'>): string[] {
  const { dependencies = {}, peerDependencies = {} } = manifest;
  const all = Object.entries({ ...dependencies, ...peerDependencies });
  return [
    ...all
      .filter(([, range]) => /^(workspace|catalog|link|file|npm|git(\+\w+)?|https?):/.test(range))
      .map(([name, range]) => `${name} has the range ${range}, which no registry understands.`),
    ...Object.entries(dependencies)
      .filter(([, range]) => /^\d/.test(range))
      .map(
        ([name, range]) =>
          `${name} is pinned to ${range}: a fix of it would need a release of ours. Use a range.`,
      ),
    ...(manifest.license === 'MIT' ? [] : ['The license is not MIT.']),
    ...(manifest.private === true ? ['It is private.'] : []),
  ];
}

/** The files are those that the sources make, and no others. */
async function fileProblems({ folder, files, manifest }: Packed): Promise<string[]> {
  const { expected, modules } = await filesOfSources(folder, manifest);
  return [
    ...files
      .filter((file) => !expected.has(file) && !isBundle(file, modules))
      .map((file) => `${file} is not expected.`),
    ...[...expected].filter((file) => !files.includes(file)).map((file) => `${file} is missing.`),
  ];
}

/**
 * What several entries share, or what is loaded late: it has the name of its module, with a hash behind it if esbuild chose
 * it.
 */
function isBundle(file: string, modules: ReadonlySet<string>): boolean {
  const [, name] = /^dist\/([\w-]+?)(?:-[A-Z0-9]{8})?\.js(?:\.map)?$/.exec(file) ?? [];
  return name !== undefined && (name === 'chunk' || name === 'kernel' || modules.has(name));
}

/** The files that a package must have, and the names of the modules that it is made of. */
async function filesOfSources(
  folder: string,
  { files: listed = [], exports = {}, bin = {} }: Packed['manifest'],
): Promise<{ expected: Set<string>; modules: Set<string> }> {
  const base = join(root, 'packages', folder);
  const { stdout } = await run('git', ['ls-files', '-co', '--exclude-standard', 'src', ...ofRoot(listed)], {
    cwd: base,
  });
  const tracked = stdout.trim().split('\n');
  const sources = tracked.filter((file) => /^src\/.*\.ts$/.test(file) && !file.endsWith('.d.ts'));
  const declarations = sources.map((file) => file.replace(/^src\//, 'dist/').replace(/\.ts$/, '.d.ts'));
  const targets = JSON.stringify([exports, bin]);
  const entries = new Set(targets.match(/dist\/[\w-]+\.js(?=")/g));
  const page = listed.includes('page/dist') ? await readdir(join(base, 'page/dist')) : [];
  const withMaps = declarations.flatMap((file) => [file, `${file}.map`]);
  return {
    expected: new Set([
      'package.json',
      ...tracked,
      ...withMaps,
      ...entries,
      ...page.map((file) => `page/dist/${file}`),
    ]),
    modules: new Set(sources.map((file) => basename(file, '.ts'))),
  };
}

function ofRoot(listed: readonly string[]): string[] {
  return listed.filter((file) => !['dist', 'src', 'page/dist'].includes(file));
}

/** Once the project has an address, no file may have the one that stands for it. */
async function placeholderProblems({ files, contents }: Packed): Promise<string[]> {
  const texts = await Promise.all(
    files.map(async (file) => ({ file, text: await readFile(join(contents, file), 'utf8') })),
  );
  return texts
    .filter(({ text }) => text.includes(DOCS_PLACEHOLDER))
    .map(({ file }) => `${file} still has the address ${DOCS_PLACEHOLDER}.`);
}

async function publintProblems({ tarball, manifest }: Packed): Promise<string[]> {
  const bytes = await readFile(tarball);
  const { messages } = await publint({ pack: { tarball: new Uint8Array(bytes).buffer }, strict: true });
  return messages.map((message) => `publint: ${formatMessage(message, manifest) ?? message.code}`);
}

/** How `require` and older compilers resolve: packages are ESM only, which `require` of Node.js 20.19 and later can load. */
const RESOLVED_OTHERWISE: ReadonlySet<string> = new Set(['node10', 'node16-cjs']);

/** Are the types wrong? */
async function typesProblems({ tarball, manifest }: Packed): Promise<string[]> {
  const excludeEntrypoints = Object.entries(manifest.exports ?? {}).flatMap(([path, target]) =>
    typeof target === 'string' ? [path] : [],
  );
  // Brings a compiler along, which what is refused before need not wait for.
  const { checkPackage, createPackageFromTarballData } = await import('@arethetypeswrong/core');
  const content = createPackageFromTarballData(new Uint8Array(await readFile(tarball)));
  const result = await checkPackage(content, { excludeEntrypoints });
  if (!result.types) return ['attw: it has no types.'];
  return result.problems
    .filter((problem) => !('resolutionKind' in problem && RESOLVED_OTHERWISE.has(problem.resolutionKind)))
    .map((problem) => `attw: ${JSON.stringify(problem)}`);
}
