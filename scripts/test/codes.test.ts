import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as core from '@tccc/core';
import { sdkCodes } from '@tccc/core/internal';
import { CreateAutoCalloutTask, CreatePredictiveDialingCampaign } from '@tccc/outbound';
import { expect, test } from 'vitest';
import { findErrorFact } from '../../packages/core/src/action.js';
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

test('what the page says about each code of the service is what a client makes of it', async () => {
  const page = (await readFile(join(root, 'docs/errors.md'), 'utf8')).split('## Codes of the service')[1]!;
  const section = page.split('## Retries')[0]!;
  const outcomeOf = (definition: core.ActionDefinition, code: string) =>
    findErrorFact(definition.errors(), code)?.outcome ?? 'unknown';
  const task = CreateAutoCalloutTask as core.ActionDefinition;
  const campaign = CreatePredictiveDialingCampaign as core.ActionDefinition;
  const claims = [...section.matchAll(/^\|.*$/gm)].slice(2).flatMap(([row]) => {
    const [, cell, outcome] = row.split('|').slice(1, -1);
    return [...cell!.matchAll(/`([\w.]+)`( and its subcodes)?/g)].flatMap(([, code, family]) =>
      [code!, ...(family === undefined ? [] : [`${code}.SomethingNew`])].map((name) => [
        name,
        outcome!.trim(),
      ]),
    );
  });
  for (const [code, outcome] of claims) {
    expect([code, `\`${outcomeOf(task, code!)}\``]).toEqual([code, outcome]);
    expect([code, `\`${outcomeOf(campaign, code!)}\``]).toEqual([code, outcome]);
  }
  expect(claims.length).toBeGreaterThan(10);
  expect(section).toContain('`LimitExceeded.OutOfCountLimit` is `not-executed` for a campaign');
  for (const [code, known, other] of [
    ['LimitExceeded.OutOfCountLimit', campaign, task],
    ['FailedOperation.PermissionDenied', task, campaign],
  ] as const)
    expect([outcomeOf(known, code), outcomeOf(other, code)]).toEqual(['not-executed', 'unknown']);
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
