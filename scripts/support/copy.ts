import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './root.js';

const run = promisify(execFile);

/** In the order in which they depend on each other. */
export const PACKAGES = ['core', 'outbound', 'mocks'];

/** Those that follow the spec; core is the same for every spec, so that the copy has it as it is built. */
const FOLLOWING = ['outbound', 'mocks'];

/** A copy of the repository that is enough to generate and compile, with the dependencies of the original. */
export class Copy implements AsyncDisposable {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async make(): Promise<Copy> {
    const path = await mkdtemp(join(tmpdir(), 'tccc-copy-'));
    await cp(join(root, 'spec'), join(path, 'spec'), { recursive: true });
    await cp(join(root, 'tsconfig.base.json'), join(path, 'tsconfig.base.json'));
    await cp(join(root, 'packages/outbound/REFERENCE.md'), join(path, 'packages/outbound/REFERENCE.md'));
    for (const name of PACKAGES) await copyPackage(name, path);
    return new Copy(path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true });
  }
}

/** Compiles the packages that follow the spec, and then the consumer, for which all declarations are checked: once is enough. */
export async function compileAll(copy: Copy): Promise<void> {
  for (const name of FOLLOWING) await compile(join(copy.path, 'packages', name), '--skipLibCheck');
  await compile(join(copy.path, 'consumer'));
}

/** Bundles the compiled modules of `@tccc/outbound` by the command in its package.json, so that they are as they would be shipped. */
export async function bundleOutbound(copy: Copy): Promise<void> {
  const folder = join(copy.path, 'packages/outbound');
  const { scripts } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    scripts: { build: string };
  };
  const [command] = /esbuild .*?(?= &&)/.exec(scripts.build)!;
  // The copy has its modules where the bundles belong.
  const inPlace = `${command.replaceAll('dist/modules/', 'dist/')} --allow-overwrite`;
  const PATH = `${join(root, 'packages/outbound/node_modules/.bin')}${delimiter}${process.env['PATH']}`;
  await run(inPlace, { cwd: folder, env: { ...process.env, PATH }, shell: true });
}

/** Compiles a folder of the copy with the compiler of the house. */
async function compile(folder: string, ...settings: readonly string[]): Promise<void> {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const args = [compiler, '-p', join(folder, 'tsconfig.build.json'), ...settings];
  await run(process.execPath, args).catch((error: { stdout?: string }) => {
    throw new Error(`${folder} does not compile:\n${error.stdout}`);
  });
}

/** What the linter of the spec says of the spec in the copy. */
export async function lintSpec(copy: Copy): Promise<string> {
  await cp(join(root, 'redocly.yaml'), join(copy.path, 'redocly.yaml'));
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const cli = join(root, 'node_modules/@redocly/cli/bin/cli.js');
  const options = { cwd: copy.path, env };
  const { stdout, stderr } = await run(process.execPath, [cli, 'lint', '--format=stylish'], options).catch(
    (error: { stdout: string; stderr: string }) => error,
  );
  return `${stdout}${stderr}`;
}

/** The sources of the packages in a folder, by the names under which they are imported. What is more specific comes first. */
export function aliasesOf(folder: string): Record<string, string> {
  const source = (name: string, entry: string) => join(folder, 'packages', name, 'src', `${entry}.ts`);
  return Object.fromEntries([
    ['@tccc/core/internal-params', source('core', 'internal-params')],
    ...['core', 'outbound'].map((name) => [`@tccc/${name}/internal`, source(name, 'internal')]),
    ...PACKAGES.map((name) => [`@tccc/${name}`, source(name, 'index')]),
  ]);
}

/**
 * Runs tests of the packages in the copy, or only those whose names fit a pattern: how many passed, and the names of those
 * that failed.
 */
export async function runTests(
  copy: Copy,
  include: readonly string[],
  testNamePattern = '',
): Promise<{ passed: number; failed: string[] }> {
  const inCopy = (path: string) => join(copy.path, path);
  for (const name of ['mocks', 'outbound'])
    await cp(join(root, 'packages', name, 'test'), inCopy(`packages/${name}/test`), { recursive: true });
  await mkdir(inCopy('node_modules'));
  for (const name of ['vitest', 'esbuild', 'fast-check', 'undici'])
    await symlink(join(root, 'packages/core/node_modules', name), inCopy(`node_modules/${name}`));
  const alias = aliasesOf(copy.path);
  // As quick tests run: one process loads the sources once.
  const once = { isolate: false, maxWorkers: 1 };
  const config = {
    resolve: { alias },
    test: { include, testNamePattern, ...once, testTimeout: 120_000, hookTimeout: 120_000 },
  };
  await writeFile(inCopy('vitest.config.mjs'), `export default ${JSON.stringify(config)};`);
  const cli = join(root, 'node_modules/vitest/vitest.mjs');
  const options = { cwd: copy.path, maxBuffer: 1e9 };
  const { stdout } = await run(process.execPath, [cli, 'run', '--reporter=json'], options).catch(
    (error: { stdout: string }) => error,
  );
  const report = JSON.parse(stdout.slice(stdout.indexOf('{"'))) as {
    numPassedTests: number;
    testResults: { message: string; assertionResults: { status: string; fullName: string }[] }[];
  };
  const failed = report.testResults.flatMap(({ message, assertionResults }) => [
    ...(message === '' ? [] : [message]),
    ...assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
  ]);
  return { passed: report.numPassedTests, failed };
}

/** A package in the copy that uses the others as a consumer would. */
export async function addConsumer(copy: Copy, source: string): Promise<void> {
  const folder = join(copy.path, 'consumer');
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, '@tccc'), { recursive: true });
  await symlink(join(root, 'packages/core/node_modules/@types'), join(modules, '@types'));
  for (const name of PACKAGES) await symlink(join(copy.path, 'packages', name), join(modules, '@tccc', name));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  const options = JSON.stringify({
    extends: '../tsconfig.base.json',
    compilerOptions: { rootDir: '.', outDir: 'dist' },
  });
  await writeFile(join(folder, 'tsconfig.build.json'), options);
  await writeFile(join(folder, 'use.ts'), source);
}

/** Dependencies from the registry are those of the original; packages of this house are those of the copy. */
async function copyPackage(name: string, target: string): Promise<void> {
  const [from, to] = [join(root, 'packages', name), join(target, 'packages', name)];
  const build = name === 'core' ? ['build.mjs'] : [];
  for (const part of ['src', 'package.json', 'tsconfig.build.json', ...build])
    await cp(join(from, part), join(to, part), { recursive: true });
  if (!FOLLOWING.includes(name)) await symlink(join(from, 'dist'), join(to, 'dist'));
  const modules = join(to, 'node_modules');
  await mkdir(join(modules, '@tccc'), { recursive: true });
  await symlink(join(from, 'node_modules/@types'), join(modules, '@types'));
  for (const dependency of ['undici', 'ini', 'vitest', 'typescript']) {
    await symlink(join(root, 'packages/core/node_modules', dependency), join(modules, dependency));
  }
  // What only the mocks compile against.
  for (const scope of ['@jest', '@bomb.sh']) await mkdir(join(modules, scope));
  const ofMocks = ['@jest/globals', '@bomb.sh/tab', 'commander', 'expect'];
  for (const dependency of name === 'mocks' ? ofMocks : [])
    await symlink(join(from, 'node_modules', dependency), join(modules, dependency));
  for (const other of ['core', 'outbound'])
    await symlink(join(target, 'packages', other), join(modules, '@tccc', other));
}
