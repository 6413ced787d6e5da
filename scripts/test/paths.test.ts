import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path/posix';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { root } from '../support/root.js';

const run = promisify(execFile);

/** Every file of the repository, also one that is not committed yet. */
const { stdout } = await run('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root });
const files = stdout.trim().split('\n');

/** The folders, without a slash at their end. */
const folders = new Set(
  files.flatMap((file) => file.split('/').map((_, end, parts) => parts.slice(0, end).join('/'))),
);

/** What is written as code and has the form of a path: a file with its extension, or something with a slash at its end. */
const PATH = /`((?:[\w.<>-]+\/)*(?:[\w.<>-]+\.(?:ts|mjs|json|yaml|md|svg)|[\w.<>-]+\/))`/g;

/** Where the paths of a page may begin. */
const BASES: Record<string, string[]> = {
  'ARCHITECTURE.md': ['', 'packages/core/src'],
  'CONTRIBUTING.md': ['', 'packages/outbound'],
  'spec/README.md': ['', 'spec'],
};

/** A part in angle brackets matches any name. */
function exists(path: string): boolean {
  const pattern = path.replace(/\/$/, '').replaceAll('.', '\\.').replaceAll(/<\w+>/g, '[^/]+');
  const matches = (known: string) => new RegExp(`^${pattern}$`).test(known);
  return path.endsWith('/') ? [...folders].some(matches) : files.some(matches);
}

test.each(Object.keys(BASES))('every path that %s names exists', async (page) => {
  const text = await readFile(join(root, page), 'utf8');
  const named = [...text.matchAll(PATH)].map(([, path]) => path!);
  expect(named.length).toBeGreaterThan(1);
  const missing = named.filter((path) => !BASES[page]!.some((base) => exists(join(base, path))));
  expect(missing).toEqual([]);
});

test('a path that does not exist is noticed', () => {
  expect(exists('packages/core/src/client.ts')).toBe(true);
  expect(exists('spec/<group>/<Action>.yaml')).toBe(true);
  expect(exists('packages/core/src/')).toBe(true);
  expect(exists('packages/core/src/nowhere.ts')).toBe(false);
  expect(exists('packages/core/src/client.ts/')).toBe(false);
  expect(exists('spec/<group>/nowhere.yaml')).toBe(false);
});

test('ARCHITECTURE.md names every folder of core, and the import rules have the same ones', async () => {
  const text = await readFile(join(root, 'ARCHITECTURE.md'), 'utf8');
  const [, ...rows] = text.split('| Folder ');
  const named = [...rows[0]!.matchAll(/^\| `(\w+)\/`/gm)].map(([, folder]) => folder!);
  const known = [...folders]
    .filter((folder) => dirname(folder) === 'packages/core/src' && !folder.endsWith('/generated'))
    .map((folder) => folder.slice('packages/core/src/'.length));
  expect(named.sort()).toEqual(known.sort());
  const [, order] = /sees only those below it: (.*?)\./s.exec(text)!;
  const rules = await readFile(join(root, '.dependency-cruiser.mjs'), 'utf8');
  const [, list] = /FOLDERS = \[(.*?)\]/s.exec(rules)!;
  expect(namesIn(order!, '`')).toEqual(namesIn(list!, "'"));
});

function namesIn(text: string, quote: string): string[] {
  return text.split(quote).filter((_, index) => index % 2 === 1);
}
