import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { build } from 'esbuild';
import { aliasesOf } from './copy.js';
import type { Replacement } from './mutate.js';
import { replaceByName } from './mutate.js';
import { root } from './root.js';

/** A replacement, and the module that it is for, below `packages/`. */
export interface ModuleReplacement extends Replacement {
  module: string;
}

/** A program in one file, in a temporary folder of its own. */
export class Bundle implements AsyncDisposable {
  readonly path: string;
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.path = join(folder, 'bundle.mjs');
  }

  /**
   * Bundles a program of `scripts` with the sources of the packages, parts of which are replaced.
   *
   * @throws Error if a module is not part of the program, or has no such part
   */
  static async make(entry: string, replacements: readonly ModuleReplacement[]): Promise<Bundle> {
    const bundle = new Bundle(await mkdtemp(join(tmpdir(), 'tccc-bundle-')));
    const unused = new Set(replacements.map(({ module }) => module));
    try {
      // What is not bundled is found as core finds it.
      await symlink(join(root, 'packages/core/node_modules'), join(bundle.#folder, 'node_modules'));
      await build({
        entryPoints: [join(root, entry)],
        outfile: bundle.path,
        bundle: true,
        platform: 'node',
        format: 'esm',
        target: 'node20.19',
        // What is bundled and is CommonJS asks for parts of Node.js.
        banner: {
          js: `import { createRequire as make } from 'node:module'; const require = make(import.meta.url);`,
        },
        alias: aliasesOf(root),
        external: ['undici', 'ini'],
        logLevel: 'silent',
        plugins: [replacing(replacements, unused)],
      });
      for (const module of unused) throw new Error(`${module} is not a module that ${entry} uses.`);
      return bundle;
    } catch (error) {
      await bundle[Symbol.asyncDispose]();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }
}

/** Takes from `unused` each module that it has met. */
function replacing(replacements: readonly ModuleReplacement[], unused: Set<string>): Plugin {
  const packages = join(root, 'packages/');
  return {
    name: 'replace-by-name',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const own = replacements.filter((one) => join(packages, one.module) === path);
        if (own.length === 0) return undefined;
        const { module } = own[0]!;
        unused.delete(module);
        const source = await readFile(path, 'utf8');
        const contents = own.reduce((text, one) => replaceByName(text, module, one), source);
        return { contents, loader: 'ts' };
      });
    },
  };
}
