import { execFile } from 'node:child_process';
import { access, cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishedPackages } from '../release/project.js';
import { root } from '../support/root.js';

const run = promisify(execFile);
const packages = await publishedPackages();

/** A sentence for users, in a changeset of its own. */
const SENTENCE = 'A sentence that users read in the changelog.';

/** The manifests and changesets of the repository, in a repository of their own, as the release workflow finds them. */
let copy: string;
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'tccc-changelog-'));
  const patterns = ['package.json', '*/package.json', 'pnpm-workspace.yaml', '.changeset'];
  const { stdout } = await run('git', ['ls-files', '-co', '--exclude-standard', ...patterns], { cwd: root });
  for (const file of stdout.trim().split('\n')) await cp(join(root, file), join(copy, file));
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  await writeFile(join(copy, '.changeset/own.md'), `---\n'@tccc/core': minor\n---\n\n${SENTENCE}\n`);
  const git = ['-c', 'user.name=x', '-c', 'user.email=x@example.com'];
  for (const args of [
    ['init', '-q', '-b', 'main'],
    ['add', '.'],
    [...git, 'commit', '-qm', 'all'],
  ])
    await run('git', args, { cwd: copy });
  await run(process.execPath, ['node_modules/@changesets/cli/bin.js', 'version'], { cwd: copy });
}, 60_000);
afterAll(() => rm(copy, { recursive: true }));

const read = (file: string) => readFile(join(copy, file), 'utf8');

test('the changesets make one next version for all packages', async () => {
  const versions = await Promise.all(
    packages.map(async ({ folder }) => {
      const { version } = JSON.parse(await read(`packages/${folder}/package.json`)) as { version: string };
      return version;
    }),
  );
  expect(new Set(versions).size).toBe(1);
  expect(versions[0]).not.toBe(packages[0]!.manifest.version);
});

test('every package gets a changelog, which is published with it', async () => {
  for (const { folder, manifest } of packages) {
    expect([folder, await read(`packages/${folder}/CHANGELOG.md`)]).toEqual([
      folder,
      expect.stringContaining(`# ${manifest.name}\n\n## `),
    ]);
    expect([folder, manifest.files]).toEqual([folder, expect.arrayContaining(['CHANGELOG.md'])]);
  }
  expect(await read('packages/core/CHANGELOG.md')).toContain(SENTENCE);
});

test('what is private gets no version and no changelog', async () => {
  const { stdout } = await run('git', ['status', '--porcelain', '--untracked-files=all'], { cwd: copy });
  const changed = new Set(
    stdout
      .trim()
      .split('\n')
      .map((line) => dirname(line.slice(3))),
  );
  const published = packages.map(({ folder }) => `packages/${folder}`);
  expect([...changed].filter((folder) => /^(packages|scripts|site)/.test(folder)).sort()).toEqual(
    published.sort(),
  );
  await expect(access(join(copy, '.changeset/own.md'))).rejects.toThrow(/ENOENT/);
});
