import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../support/root.js';

const page = await readFile(join(root, 'docs/promises.md'), 'utf8');
/** Each promise links to a test: its file, and in the title what tells its name from the others in the file. */
const rows = [...page.matchAll(/^- (.+) \(\[[\w.-]+\]\(\.\.\/(\S+) ["'](.+)["']\)\)$/gm)].map(
  ([, promise, file, name]) => [promise!, file!, name!] as const,
);

test('the page of promises has its rows', () => {
  expect(rows.length).toBeGreaterThan(100);
  expect(rows).toHaveLength([...page.matchAll(/^- /gm)].length);
});

test.each(rows)('%s', async (_promise, file, name) => {
  expect((await readFile(join(root, file), 'utf8')).split(name)).toHaveLength(2);
});

test('what docs/outcomes.md says cannot be seen is what the tests show', async () => {
  const outcomes = await readFile(join(root, 'docs/outcomes.md'), 'utf8');
  const section = outcomes.split('## What still cannot be seen')[1]!;
  const named = [...section.matchAll(/^- ([^]*?)(?=\n-|\n\n)/gm)].map(([, item]) => item!);
  const [, file] = /`(packages\S+\.ts)`/.exec(section)!;
  const source = await readFile(join(root, file!), 'utf8');
  const [, part] = source.split("describe('even with its own connections");
  const shown = [...part!.split('describe(')[0]!.matchAll(/ test\('(.+?)'/g)].map(([, name]) => name!);
  const unseen = shown.filter((name) => !name.startsWith('while'));
  expect(named.map((item, index) => item.slice(0, unseen[index]?.length))).toEqual(unseen);
});
