// Bundles the compiled modules of `dist/modules` so that a program reads few files: `kernel.js` has everything that is needed
// before the first call, `index.js` and `internal.js` name what of it is theirs, and what is loaded late, or by other packages of
// this repository only, imports from it.
// `node build.mjs <folder of the modules> <folder of the bundles>`
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const [modules, dist] = process.argv.slice(2).map((folder) => resolve(folder));
const [entries, apart] = [['index.js', 'internal.js'], ['internal-params.js']].map((names) =>
  names.map((name) => join(modules, name)),
);

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

const { early, late } = await modulesByTime();
await bundleKernel();
await bundleEntries();
await bundleLate();
// A name that a bundle lacks is an error when it is linked.
for (const path of [...entries, ...late]) await import(pathToFileURL(outputOf(path)).href);

/** Which modules the entries import, and which of the others they, or those, load. */
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
  const found = new Set(entries);
  for (const path of found)
    for (const { path: other, kind, external } of importsOf.get(path))
      if (kind === 'import-statement' && !external) found.add(resolve(other));
  const loaded = [...importsOf.values()]
    .flat()
    .filter(({ kind, external }) => kind === 'dynamic-import' && !external);
  return { early: found, late: new Set([...apart, ...loaded.map(({ path }) => resolve(path))]) };
}

function outputOf(path) {
  return join(dist, path.slice(path.lastIndexOf('/') + 1));
}

/** Leaves out what is in another bundle: late modules by their own names, early ones if `isOutside`. */
function leaveOut(isOutside) {
  return {
    name: 'leave out',
    setup({ onResolve }) {
      onResolve({ filter: /^\./ }, ({ path, importer, resolveDir, kind }) => {
        const target = join(importer === '' ? resolveDir : dirname(importer), path);
        if (kind === 'dynamic-import')
          return { path: `./${target.slice(target.lastIndexOf('/') + 1)}`, external: true };
        return isOutside(target) ? { path: './kernel.js', external: true } : undefined;
      });
    },
  };
}

async function bundleKernel() {
  const lines = [...early]
    .filter((path) => !entries.includes(path))
    .map((path) => `export * from './${path.slice(modules.length + 1)}';`);
  await build({
    ...common,
    stdin: { contents: lines.join('\n'), resolveDir: modules, sourcefile: 'kernel.js' },
    outfile: join(dist, 'kernel.js'),
    plugins: [leaveOut(() => false)],
  });
}

async function bundleEntries() {
  await build({
    ...common,
    entryPoints: entries,
    outdir: dist,
    sourcemap: false,
    plugins: [leaveOut((path) => early.has(path))],
  });
}

async function bundleLate() {
  await build({
    ...common,
    entryPoints: [...late],
    splitting: true,
    entryNames: '[name]',
    outdir: dist,
    plugins: [leaveOut((path) => early.has(path))],
  });
}
