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
   * Bundles a program of `scripts` with the sources of the packages, one part of which is replaced.
   *
   * @throws Error if the module is not part of the program, or has no such part
   */
  static async make(entry: string, replacement: ModuleReplacement): Promise<Bundle> {
    const bundle = new Bundle(await mkdtemp(join(tmpdir(), 'tccc-bundle-')));
    let isReplaced = false;
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
        plugins: [replacing(replacement, () => (isReplaced = true))],
      });
      if (!isReplaced) throw new Error(`${replacement.module} is not a module that ${entry} uses.`);
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

function replacing({ module, ...replacement }: ModuleReplacement, onReplaced: () => void): Plugin {
  const target = join(root, 'packages', module);
  return {
    name: 'replace-by-name',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (path !== target) return undefined;
        onReplaced();
        return { contents: replaceByName(await readFile(path, 'utf8'), module, replacement), loader: 'ts' };
      });
    },
  };
}
