import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../support/root.js';

const page = await readFile(join(root, 'docs/promises.md'), 'utf8');
const rows = [...page.matchAll(/^\| (.+?) +\| `(.+?)` +\| (.+?) +\|$/gm)].map(
  ([, promise, file, name]) => [promise!, file!, name!] as const,
);

test('the page of promises has its rows', () => {
  expect(rows.length).toBeGreaterThan(25);
});

test.each(rows)('%s', async (_promise, file, name) => {
  expect(await readFile(join(root, file), 'utf8')).toContain(name);
});
