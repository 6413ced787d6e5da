import { existsSync } from 'node:fs';
import { mkdtemp, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { build } from 'esbuild';
import { runFolder } from './run-folder.js';

/** What is CommonJS asks for parts of Node.js. */
const REQUIRE = `import { createRequire as make } from 'node:module'; const require = make(import.meta.url);`;

/** What programs find next to the folder that they are in. */
const NEIGHBORS = ['node_modules', 'package.json', 'page'];

/** Options of Node.js for a short life: to compile the WebAssembly of undici a second time, to make it faster, takes longer. */
export const SHORT_LIFE = ['--liftoff-only'];

/** Of a CommonJS module that is loaded late, a bundle has no names; to load the five hundred files of this one takes long. */
const NAMES_OF_REDIS: Plugin = {
  name: 'names-of-redis',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^redis$/ }, ({ kind, path, resolveDir }) =>
      kind === 'dynamic-import' ? { path, namespace: 'names', pluginData: resolveDir } : undefined,
    );
    onLoad({ filter: /^redis$/, namespace: 'names' }, ({ path, pluginData }) => ({
      contents: `export { createClient } from '${path}';`,
      resolveDir: pluginData as string,
    }));
  },
};

const programs = new Map<string, Promise<string>>();

/**
 * The path of a program of a package, bundled with the packages as built until the end of the run. Tests start it many times, and
 * to load the hundred modules of what it uses takes longer than most of its lives.
 */
export function bundled(program: URL): Promise<string> {
  const made = programs.get(program.href) ?? bundle(program);
  programs.set(program.href, made);
  return made;
}

async function bundle(program: URL): Promise<string> {
  const folder = await mkdtemp(join(runFolder(), 'program-'));
  for (const name of NEIGHBORS) {
    const neighbor = fileURLToPath(new URL(`../${name}`, program));
    if (existsSync(neighbor)) await symlink(neighbor, join(folder, name));
  }
  const outdir = join(folder, 'program');
  await build({
    entryPoints: [fileURLToPath(program)],
    outdir,
    bundle: true,
    // What only some lives load stays apart.
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    outExtension: { '.js': '.mjs' },
    banner: { js: REQUIRE },
    // Not installed.
    external: ['pg-native'],
    plugins: [NAMES_OF_REDIS],
    // A database client asks for it, to see where it runs, and so loads all of what Node.js has to fetch pages.
    define: { Response: 'undefined' },
    logLevel: 'error',
  });
  return join(outdir, basename(program.pathname).replace(/\.m?js$/, '.mjs'));
}
