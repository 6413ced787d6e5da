import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { BuildOptions } from 'esbuild';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestServer } from './support/service.js';

const run = promisify(execFile);
const core = fileURLToPath(new URL('..', import.meta.url));

/** Bundlers that have to be fetched from the registry first: `BUNDLERS=all` tests them, too. */
const isComplete = process.env.BUNDLERS === 'all';

/** A program that makes one call, and says how it went. */
const PROGRAM = `
import { ServiceClient } from ${JSON.stringify(join(core, 'src/index.ts'))};
const action = {
  name: 'CreateThing', version: '2020-01-01', service: 'thing', host: 'thing.example.invalid',
  rateLimit: { limit: 20, windowMs: 1000 }, maxRequestBytes: 1000, errors: () => ({}), rules: () => ({ type: 'object' }),
  result: { required: ['TaskId', 'RequestId'], integers: ['TaskId'] },
};
const credentials = { secretId: 'AKIDexample', secretKey: 'example-key' };
const client = new ServiceClient({ credentials, endpoint: process.argv[2] });
client.call(action, { Name: 'x' }).then(
  (result) => console.log('TaskId', result.TaskId),
  (error) => console.log(error.code, error.outcome, error.message),
).finally(() => client.close());
`;

let folder: string;
let server: TestServer;

beforeAll(async () => {
  // Outside of the tree, so that no node_modules is above.
  folder = await mkdtemp(join(tmpdir(), 'bundling-'));
  await writeFile(join(folder, 'program.mjs'), PROGRAM);
  server = await TestServer.start();
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Runs a bundle through the given variables of the environment. */
async function output(file: string, env: Record<string, string> = {}): Promise<string> {
  const { stdout, stderr } = await run(process.execPath, [file, server.url], {
    cwd: dirname(file),
    env: { PATH: process.env.PATH, ...env },
  });
  return (stdout + stderr).trim();
}

async function esbuilt(name: string, options: BuildOptions): Promise<string> {
  const outfile = join(folder, 'esbuild', name);
  await build({
    entryPoints: [join(folder, 'program.mjs')],
    bundle: true,
    platform: 'node',
    outfile,
    logLevel: 'silent',
    ...options,
  });
  return outfile;
}

let commonJs: Promise<string> | undefined;

/** The whole program as CommonJS, made by the first test that asks for it. */
const asCommonJs = (): Promise<string> => (commonJs ??= esbuilt('program.cjs', { format: 'cjs' }));

let chunks: Promise<string> | undefined;

/** The folder with the program in chunks, below its own name. */
const inChunks = (): Promise<string> => (chunks ??= buildChunks(join(folder, 'chunks')));

async function buildChunks(outdir: string): Promise<string> {
  await build({
    entryPoints: [join(folder, 'program.mjs')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: BANNER },
    splitting: true,
    outdir,
    outExtension: { '.js': '.mjs' },
    minify: true,
  });
  return outdir;
}

/** As in docs/bundling.md. */
const BANNER = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

describe('a bundle that holds everything runs without node_modules', () => {
  test('esbuild, CommonJS', async () => {
    expect(await output(await asCommonJs())).toBe('TaskId 7');
  });

  test('esbuild, ESM with a require function', async () => {
    const file = await esbuilt('banner.mjs', { format: 'esm', banner: { js: BANNER } });
    expect(await output(file)).toBe('TaskId 7');
  });

  test('esbuild, ESM in chunks, minified', async () => {
    expect(await output(join(await inChunks(), 'program.mjs'))).toBe('TaskId 7');
  });

  test('through a proxy', async () => {
    // Nothing listens there.
    expect(await output(await asCommonJs(), { http_proxy: 'http://127.0.0.1:9' })).toMatch(
      /^ConnectionRefused not-executed/,
    );
  });

  test('Vite, for the server', async () => {
    // The one that the test runner brings along.
    const ofRunner = createRequire(createRequire(import.meta.url).resolve('vitest/package.json'));
    const vite = (await import(pathToFileURL(ofRunner.resolve('vite')).href)) as {
      build(options: object): Promise<unknown>;
    };
    const outDir = join(folder, 'vite');
    await vite.build({
      root: folder,
      configFile: false,
      logLevel: 'silent',
      ssr: { noExternal: true },
      build: {
        ssr: join(folder, 'program.mjs'),
        outDir,
        rollupOptions: { output: { entryFileNames: 'program.mjs' } },
      },
    });
    expect(await output(join(outDir, 'program.mjs'))).toBe('TaskId 7');
  });
});

describe('a bundle that cannot load undici says so', () => {
  test('esbuild, ESM without a require function', async () => {
    const said = await output(await esbuilt('plain.mjs', { format: 'esm' }));
    expect(said).toMatch(
      /^TransportUnavailable not-executed CreateThing was not sent: undici could not be loaded: Dynamic require of /,
    );
    expect(said).toContain('docs/bundling.md');
    expect(said).not.toContain('PROXY');
  });

  test('undici was left out, and is not there', async () => {
    const file = await esbuilt('external.mjs', { format: 'esm', external: ['undici', 'ini'] });
    const said = await output(file);
    expect(said).toMatch(
      /^TransportUnavailable not-executed CreateThing was not sent: undici could not be loaded: Cannot find package 'undici'/,
    );
  });
});

describe('a bundle in chunks that lost one', () => {
  async function lacking(chunk: RegExp): Promise<string> {
    const outdir = await mkdtemp(join(folder, 'lacking-'));
    await cp(await inChunks(), outdir, { recursive: true });
    const lost = (await readdir(outdir)).filter((name) => chunk.test(name));
    expect(lost).toHaveLength(1);
    await rm(join(outdir, lost[0]!));
    return join(outdir, 'program.mjs');
  }

  test('that makes calls: nothing was sent', async () => {
    expect(await output(await lacking(/^runner-/))).toMatch(
      /^TransportUnavailable not-executed CreateThing was not sent: a module of this package could not be loaded: Cannot find module /,
    );
  });

  test('that a call with fixed credentials does not need: the call succeeds', async () => {
    expect(await output(await lacking(/^asking-/))).toBe('TaskId 7');
  });
});

describe.runIf(isComplete)('bundlers from the registry', () => {
  /** The program and the sources as JavaScript, beside the packages that they need. */
  async function project(): Promise<string> {
    const path = await mkdtemp(join(folder, 'project-'));
    await build({
      entryPoints: [join(folder, 'program.mjs')],
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['undici', 'ini'],
      outfile: join(path, 'program.mjs'),
    });
    await writeFile(join(path, 'package.json'), '{ "type": "module" }');
    const packages = [
      'undici@7.30.2',
      'ini@5.0.0',
      'rollup@4',
      '@rollup/plugin-commonjs@29',
      '@rollup/plugin-node-resolve@16',
      '@rollup/plugin-json@6',
      'webpack@5',
    ];
    await run('npm', ['install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], {
      cwd: path,
    });
    return path;
  }

  test('Rollup and webpack', { timeout: 300_000 }, async () => {
    const path = await project();
    await writeFile(
      join(path, 'bundle.mjs'),
      `
import { rollup } from 'rollup';
import commonjs from '@rollup/plugin-commonjs';
import json from '@rollup/plugin-json';
import resolve from '@rollup/plugin-node-resolve';
import webpack from 'webpack';

const bundle = await rollup({
  input: 'program.mjs',
  plugins: [resolve({ preferBuiltins: true }), commonjs({ ignore: ['node:sqlite'] }), json()],
  onwarn() {},
});
await bundle.write({ dir: '../rollup', format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' });
const stats = await new Promise((resolve, reject) =>
  webpack(
    {
      mode: 'production',
      target: 'node20',
      entry: './program.mjs',
      output: { path: process.cwd() + '/../webpack', filename: 'program.cjs', chunkFilename: '[id].cjs' },
    },
    (error, stats) => (error ? reject(error) : resolve(stats)),
  ),
);
if (stats.hasErrors()) throw new Error(stats.toString());
`,
    );
    await run(process.execPath, ['bundle.mjs'], { cwd: path });
    await rm(join(path, 'node_modules'), { recursive: true });
    expect(await output(join(folder, 'rollup/program.mjs'))).toBe('TaskId 7');
    expect(await output(join(folder, 'webpack/program.cjs'))).toBe('TaskId 7');
  });
});
