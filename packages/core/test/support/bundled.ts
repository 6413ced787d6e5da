import { existsSync } from 'node:fs';
import { mkdtemp, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { runFolder } from './run-folder.js';

/** What is CommonJS asks for parts of Node.js. */
const REQUIRE = `import { createRequire as make } from 'node:module'; const require = make(import.meta.url);`;

/** What programs find next to the folder that they are in. */
const NEIGHBORS = ['node_modules', 'package.json', 'page'];

/** Options of Node.js for a short life: to compile the WebAssembly of undici a second time, to make it faster, takes longer. */
export const SHORT_LIFE = ['--liftoff-only'];

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
    // Not installed; and of a CommonJS module that is loaded late, a bundle has no names.
    external: ['pg-native', 'redis'],
    logLevel: 'error',
  });
  return join(outdir, basename(program.pathname).replace(/\.m?js$/, '.mjs'));
}
