import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { DOCS_PLACEHOLDER } from '../../packages/core/src/errors/docs.js';
import { problemsOf } from '../release/checks.js';
import { Consumer } from '../release/consumer.js';
import type { Packed } from '../release/pack.js';
import { packAll, packFolder } from '../release/pack.js';
import { publishedPackages } from '../release/project.js';
import { tryPackages } from '../release/try.js';
import { root } from '../support/root.js';

const run = promisify(execFile);
const IDENTITY = {
  repository: { type: 'git', url: 'git+https://github.com/owner/name.git' },
  homepage: 'https://docs.example.com',
  bugs: { url: 'https://github.com/owner/name/issues' },
};

let target: string;
let all: Packed[];
// Some tests install from the registry.
vi.setConfig({ testTimeout: 600_000 });

beforeAll(async () => {
  target = await mkdtemp(join(tmpdir(), 'tccc-release-'));
  all = await packAll(await publishedPackages(), target, IDENTITY);
}, 600_000);
afterAll(() => rm(target, { recursive: true }));

const find = (folder: string) => all.find((one) => one.folder === folder)!;

test('every package may be published', async () => {
  for (const packed of all)
    expect([packed.folder, await problemsOf(packed, true)]).toEqual([packed.folder, []]);
});

test('every package says where the project lives, and errors lead to its docs', async () => {
  for (const { folder, manifest } of all) {
    const { repository, homepage, bugs } = manifest;
    expect({ repository, homepage, bugs }).toEqual({
      ...IDENTITY,
      repository: { ...IDENTITY.repository, directory: `packages/${folder}` },
    });
  }
  const dist = join(find('core').contents, 'dist');
  const files = (await readdir(dist)).filter((file) => file.endsWith('.js'));
  const code = (await Promise.all(files.map((file) => readFile(join(dist, file), 'utf8')))).join('\n');
  expect(code).toContain(IDENTITY.homepage);
  expect(code).not.toContain(DOCS_PLACEHOLDER);
});

test('the notices of what is bundled in the page of the mock are published', async () => {
  const notices = await readFile(join(find('mocks').contents, 'page/dist/LICENSES.txt'), 'utf8');
  for (const text of [
    'preact ',
    '@preact/signals ',
    '@preact/signals-core ',
    'Jason Miller',
    'Permission is',
  ])
    expect(notices).toContain(text);
});

test('a file too many, a file too few and wrong types are noticed', async () => {
  const broken = find('core');
  const contents = join(target, 'broken');
  await cp(broken.contents, contents, { recursive: true });
  await writeFile(join(contents, 'dist/secret.txt'), 'x');
  await rm(join(contents, 'dist/index.d.ts'));
  await rm(join(contents, 'LICENSE'));
  const problems = await problemsOf({ ...broken, contents, ...(await packFolder(contents, contents)) }, true);
  expect(problems).toContain('dist/secret.txt is not expected.');
  expect(problems).toContain('LICENSE is missing.');
  expect(problems.join('\n')).toContain('publint: ');
  expect(problems.join('\n')).toContain('attw: ');
});

/** The lowest version that a range such as `^7.0.0` allows. */
const lowest = (range: string) => range.replace(/^\^/, '');

test.each([
  ['lowest', 'pnpm'],
  ['newest', 'npm'],
] as const)(
  'with the %s version of each dependency, which %s installs, a first program runs',
  async (which, installer) => {
    const foreign = all.flatMap(({ manifest }) =>
      Object.entries(manifest.dependencies ?? {}).filter(([name]) => !name.startsWith('@tccc/')),
    );
    const versions = foreign.map(([name, range]) => [name, which === 'lowest' ? lowest(range) : range]);
    const fixed = Object.fromEntries(versions) as Record<string, string>;
    const dependencies = { ...fixed, '@opentelemetry/api': '^1.9.0' };
    await using consumer = await Consumer.make(all, dependencies, installer);
    const ofConsumer = createRequire(join(consumer.path, 'x.js'));
    for (const [name, range] of Object.entries(fixed)) {
      const file = join(consumer.path, 'node_modules', name, 'package.json');
      const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string };
      if (which === 'lowest') expect([name, version]).toEqual([name, range]);
      else expect(version).not.toBe('');
    }
    expect(ofConsumer.resolve('undici')).toContain('node_modules');
    const names = all.map(({ manifest }) => manifest.name);
    await tryPackages(consumer, names);
  },
);

test('nothing is published while the project has no address', async () => {
  const main = join(root, 'scripts/release/main.ts');
  const { homepage } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    homepage?: string;
  };
  if (homepage !== undefined) return;
  const refusal = await run(process.execPath, ['--import', 'tsx', main], { cwd: join(root, 'scripts') }).then(
    () => undefined,
    (error: { code: number; stderr: string; stdout: string }) => error,
  );
  expect(refusal?.code).toBe(1);
  expect(refusal?.stderr).toMatch(/^Nothing was published: .* repository, homepage, bugs\./);
  expect(refusal?.stdout).toBe('');
});
