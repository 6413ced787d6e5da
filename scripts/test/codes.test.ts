import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as core from '@tccc/core';
import { sdkCodes } from '@tccc/core';
import { expect, test } from 'vitest';
import { codesTable } from '../support/codes-table.js';
import { pageWith } from '../support/pages.js';
import { root } from '../support/root.js';

test('docs/errors.md has the codes that the SDK makes', async () => {
  const page = await pageWith('docs/errors.md', { codes: codesTable(sdkCodes) });
  await expect(page).toMatchFileSnapshot(join(root, 'docs/errors.md'));
});

test('the table has one row for each code, and says of every one what became of the request', () => {
  const rows = codesTable(sdkCodes).split('\n').slice(2);
  const codes = Object.values(sdkCodes).flatMap((codesOfKind) => Object.keys(codesOfKind));
  expect(rows.map((row) => /^\| `(\w+)` /.exec(row)?.[1])).toEqual(codes);
  for (const row of rows) expect(row).toMatch(/\| (`(not-executed|unknown|executed)`|`unknown` if .*) \|/);
});

test('only what is certain to have had no effect is retried', () => {
  for (const row of codesTable(sdkCodes).split('\n').slice(2)) {
    const [outcome, retried] = row.split(' | ').slice(-2);
    if (outcome !== '`not-executed`') expect(retried).not.toMatch(/^yes/);
  }
});

test('what the table says about each code of the service is what the spec says', async () => {
  const section = (await readFile(join(root, 'docs/errors.md'), 'utf8')).split('## Codes of the service')[1]!;
  const named = [...section.split('## Retries')[0]!.matchAll(/^\|.*$/gm)].slice(2);
  const { actions } = await import('@tccc/outbound');
  const known = Object.values(actions).flatMap(({ errors }) => Object.entries(errors()));
  let count = 0;
  for (const [row] of named) {
    const [, codes, outcome] = row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    for (const [, code, star] of codes!.matchAll(/`([\w.]+)(\*?)`/g)) {
      const facts = known.filter(([name]) => name === code || (star === '*' && name.startsWith(code!)));
      for (const [name, fact] of facts) expect([name, `\`${fact.outcome}\``]).toEqual([name, outcome]);
      count += facts.length;
    }
  }
  expect(count).toBeGreaterThan(5);
});

test('docs/errors.md has every class with its kind and its fields, and every guard', async () => {
  const page = await readFile(join(root, 'docs/errors.md'), 'utf8');
  const section = page.split('## Classes and guards')[1]!.split('\n## ')[0]!;
  const cells = [...section.matchAll(/^\| `.*$/gm)].map(([row]) => row.split('|').map((cell) => cell.trim()));
  const codesIn = (text = '') => [...text.matchAll(/`(\w+)/g)].map(([, code]) => code!);
  const isClass = (cell = '') => cell.endsWith('Error`');
  const classes = cells.filter(([, name]) => isClass(name));
  const guards = cells.filter(([, name]) => !isClass(name)).flatMap(([, name]) => codesIn(name));

  const fields = { code: 'x', message: 'x', outcome: 'unknown', issues: [], serviceMessage: '', status: 200 };
  const base = Object.keys(new core.PacingError(fields as never).toJSON());
  const known = Object.entries(core).flatMap(([name, value]) => {
    if (name === 'TcccError' || !name.endsWith('Error') || !/^[A-Z]/.test(name)) return [];
    const error = new (value as typeof core.PacingError)(fields as never);
    const more = Object.keys(error.toJSON()).filter((field) => !base.includes(field));
    return [[name, error.kind, ...more.sort()]];
  });
  const named = classes.map(([, name, kind, , more]) => [
    ...codesIn(name),
    ...codesIn(kind),
    ...codesIn(more).sort(),
  ]);
  expect(named.sort()).toEqual(known.sort());
  expect(guards.sort()).toEqual(Object.keys(core).filter((name) => /^(is|mayHave)[A-Z]/.test(name)));
  const common = codesIn(/Every error has[\s\S]*?`cause`/.exec(section)![0]);
  expect([...common, 'name'].sort()).toEqual([...base, 'cause'].sort());
});
