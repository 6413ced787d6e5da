import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findPnpm } from '../support/pnpm.js';
import type { Packed } from './pack.js';

const run = promisify(execFile);

/** npm is what most users have. pnpm takes a fraction of its time, and a project finds only what it has asked for. */
export type Installer = 'npm' | 'pnpm';

/** A project of a user: an empty folder, in which packed packages and others are installed. */
export class Consumer implements AsyncDisposable {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /**
   * Installs packed packages, as a user would from the registry.
   *
   * @param dependencies More dependencies, or other versions of those that the packages have.
   */
  static async make(
    packed: readonly Packed[],
    dependencies: Record<string, string> = {},
    installer: Installer = 'npm',
  ): Promise<Consumer> {
    const consumer = await Consumer.empty();
    const manifest = {
      name: 'consumer',
      version: '1.0.0',
      private: true,
      type: 'module',
      dependencies: { ...tarballsOf(packed), ...dependencies },
    };
    await (installer === 'npm'
      ? consumer.#installByNpm(packed, manifest)
      : consumer.installByPnpm(packed, manifest));
    return consumer;
  }

  /** An empty folder. */
  static async empty(): Promise<Consumer> {
    return new Consumer(await mkdtemp(join(tmpdir(), 'tccc-consumer-')));
  }

  // Packages depend on one another by version, and no registry has one of theirs yet: the overrides say where they are.

  async #installByNpm(packed: readonly Packed[], manifest: object): Promise<void> {
    await this.write('package.json', { ...manifest, overrides: tarballsOf(packed) });
    await this.run('npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--silent');
  }

  /** @param projects folders that are projects of their own */
  async installByPnpm(
    packed: readonly Packed[],
    manifest: object,
    projects: readonly string[] = [],
  ): Promise<void> {
    await this.write('package.json', manifest);
    await this.write('pnpm-workspace.yaml', { packages: projects, overrides: tarballsOf(packed) });
    await this.run(await findPnpm(), 'install', '--ignore-scripts', '--reporter=silent');
  }

  async write(file: string, content: string | object): Promise<void> {
    const path = join(this.path, file);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
  }

  /** What a command prints; rejects with all that it has said if it fails. */
  async run(command: string, ...args: string[]): Promise<string> {
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] ?? this.path, NO_COLOR: '1' };
    const options = { cwd: this.path, env, maxBuffer: 1e8 };
    const { stdout } = await run(command, args, options).catch(
      (error: { message: string; stdout: string; stderr: string }) => {
        throw new Error(`${error.message}\n${error.stdout}\n${error.stderr}`);
      },
    );
    return stdout;
  }

  /** What is installed, as a bill of materials of CycloneDX. */
  async billOfMaterials(): Promise<string> {
    return this.run('npm', 'sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev');
  }

  /** Every installed package with its licence. */
  async licences(folder = 'node_modules'): Promise<{ name: string; licence: string }[]> {
    const names = await readdir(join(this.path, folder)).catch(() => []);
    const found = await Promise.all(
      names
        .filter((name) => !name.startsWith('.'))
        .map(async (name) => {
          const path = join(folder, name);
          if (name.startsWith('@')) return this.licences(path);
          const text = await readFile(join(this.path, path, 'package.json'), 'utf8');
          const { license } = JSON.parse(text) as { license?: string };
          const inner = await this.licences(join(path, 'node_modules'));
          return [{ name: path, licence: license ?? 'none' }, ...inner];
        }),
    );
    return found.flat();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true });
  }
}

/** Where packed packages are, by their names. */
function tarballsOf(packed: readonly Packed[]): Record<string, string> {
  return Object.fromEntries(packed.map(({ manifest, tarball }) => [manifest.name, `file:${tarball}`]));
}

/** Licences that a user of an MIT package expects to meet. */
const EXPECTED = /^\(?(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0)\b/;

export function unexpectedLicences(licences: readonly { name: string; licence: string }[]): string[] {
  return licences
    .filter(({ licence }) => !EXPECTED.test(licence))
    .map(({ name, licence }) => `${name} has the licence ${licence}.`);
}
