import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll } from 'vitest';

/** What is CommonJS asks for parts of Node.js. */
const REQUIRE = `import { createRequire as make } from 'node:module'; const require = make(import.meta.url);`;

/**
 * The path of a program of this folder, bundled with the packages as built until the tests of the file have ended. Tests start it
 * hundreds of times, and to load the hundred modules of what it uses takes longer than most of its lives.
 */
export async function bundled(program: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tccc-program-'));
  afterAll(() => rm(folder, { recursive: true }));
  await symlink(fileURLToPath(new URL('../node_modules', import.meta.url)), join(folder, 'node_modules'));
  await build({
    entryPoints: [fileURLToPath(new URL(program, import.meta.url))],
    outdir: folder,
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
  return join(folder, program);
}
