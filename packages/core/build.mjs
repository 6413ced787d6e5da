// Bundles the compiled modules of `dist/modules` so that a program reads few files: `kernel.js` has everything that is needed
// before the first call, `runner.js` what runs calls, `index.js` and `internal.js` name what of the kernel is theirs, and what else
// is loaded late, or by other packages of this repository only, imports from these two.
// `node build.mjs <folder of the modules> <folder of the bundles>`
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const [modules, dist] = process.argv.slice(2).map((folder) => resolve(folder));
const [entries, apart] = [['index.js', 'internal.js'], ['internal-params.js']].map((names) =>
  names.map((name) => join(modules, name)),
);
const runner = join(modules, 'runner.js');

const common = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
};

const { early, late, shared } = await modulesByTime();
await bundleKernel();
await bundleEntries();
await bundleRunner();
await bundleLate();
// A name that a bundle lacks is an error when it is linked.
for (const path of [...entries, runner, ...late]) await import(pathToFileURL(outputOf(path)).href);

/**
 * Which modules the entries import, which of the others they, or those, load, and what of the runner's these import, too. They
 * take that from its bundle: a third file with what they share would be one more to load before the first request.
 */
async function modulesByTime() {
  const { metafile } = await build({
    ...common,
    entryPoints: entries,
    splitting: true,
    metafile: true,
    write: false,
    outdir: dist,
  });
  const importsOf = new Map(
    Object.entries(metafile.inputs).map(([path, { imports }]) => [resolve(path), imports]),
  );
  const importedBy = (paths) => {
    const found = new Set(paths);
    for (const path of found)
      for (const { path: other, kind, external } of importsOf.get(path))
        if (kind === 'import-statement' && !external) found.add(resolve(other));
    return found;
  };
  const loaded = [...importsOf.values()]
    .flat()
    .filter(({ kind, external }) => kind === 'dynamic-import' && !external)
    .map(({ path }) => resolve(path))
    .filter((path) => path !== runner);
  const [early, late] = [importedBy(entries), new Set([...apart, ...loaded])];
  const ofOthers = importedBy(loaded);
  const shared = [...importedBy([runner])].filter((path) => ofOthers.has(path) && !early.has(path));
  return { early, late, shared: new Set(shared) };
}

function outputOf(path) {
  return join(dist, path.slice(path.lastIndexOf('/') + 1));
}

/** Leaves out what is in another bundle: what is loaded late by its own name, and what `bundleOf` knows the bundle of. */
function leaveOut(bundleOf) {
  return {
    name: 'leave out',
    setup({ onResolve }) {
      onResolve({ filter: /^\./ }, ({ path, importer, resolveDir, kind }) => {
        const target = join(importer === '' ? resolveDir : dirname(importer), path);
        if (kind === 'dynamic-import')
          return { path: `./${target.slice(target.lastIndexOf('/') + 1)}`, external: true };
        const bundle = bundleOf(target);
        return bundle === undefined ? undefined : { path: bundle, external: true };
      });
    },
  };
}

function ofKernel(path) {
  return early.has(path) ? './kernel.js' : undefined;
}

/** One bundle that exports all that these modules do. */
async function bundleTogether(paths, name, bundleOf) {
  const lines = paths.map((path) => `export * from './${path.slice(modules.length + 1)}';`);
  await build({
    ...common,
    stdin: { contents: lines.join('\n'), resolveDir: modules },
    outfile: join(dist, name),
    plugins: [leaveOut(bundleOf)],
  });
}

function bundleKernel() {
  const inside = [...early].filter((path) => !entries.includes(path));
  return bundleTogether(inside, 'kernel.js', () => undefined);
}

function bundleRunner() {
  return bundleTogether([runner, ...shared], 'runner.js', ofKernel);
}

async function bundleEntries() {
  await build({
    ...common,
    entryPoints: entries,
    outdir: dist,
    sourcemap: false,
    plugins: [leaveOut(ofKernel)],
  });
}

async function bundleLate() {
  await build({
    ...common,
    entryPoints: [...late],
    splitting: true,
    entryNames: '[name]',
    outdir: dist,
    plugins: [leaveOut((path) => ofKernel(path) ?? (shared.has(path) ? './runner.js' : undefined))],
  });
}
