import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as core from '@tccc/core';
import { sdkCodes } from '@tccc/core/internal';
import { CreateAutoCalloutTask, CreatePredictiveDialingCampaign } from '@tccc/outbound';
import { expect, test } from 'vitest';
import { findErrorFact } from '../../packages/core/src/action.js';
import { classOf, codesList } from '../support/codes-list.js';
import { pageWith } from '../support/pages.js';
import { root } from '../support/root.js';

test('docs/errors.md has the codes that the SDK makes', async () => {
  const page = await pageWith('docs/errors.md', { codes: codesList(sdkCodes) });
  await expect(page).toMatchFileSnapshot(join(root, 'docs/errors.md'));
});

test('the list has each code once, below its class and what became of the request', () => {
  const listed = codesList(sdkCodes)
    .split(/^- /m)
    .slice(1)
    .flatMap((group) => {
      const [, name, became] = /^`(\w+)`: (.*)/.exec(group)!;
      expect(became).toMatch(/`(not-executed|unknown|executed)`.* retried/);
      return [...group.matchAll(/^ {2}- `(\w+)`: ./gm)].map(([, code]) => `${name} ${code}`);
    });
  const codes = Object.entries(sdkCodes).flatMap(([kind, codesOfKind]) =>
    Object.keys(codesOfKind).map((code) => `${classOf(kind)} ${code}`),
  );
  expect(listed.sort()).toEqual(codes.sort());
});

test('only what is certain to have had no effect is retried', () => {
  for (const [group] of codesList(sdkCodes).matchAll(/^- .*, retried.*$/gm))
    expect(group).toContain(': `not-executed`, ');
});

test('what the page says about each code of the service is what a client makes of it', async () => {
  const page = (await readFile(join(root, 'docs/errors.md'), 'utf8')).split('## Codes of the service')[1]!;
  const section = page.split('## Retries')[0]!;
  const outcomeOf = (definition: core.ActionDefinition, code: string) =>
    findErrorFact(definition.errors(), code)?.outcome ?? 'unknown';
  const task = CreateAutoCalloutTask as core.ActionDefinition;
  const campaign = CreatePredictiveDialingCampaign as core.ActionDefinition;
  const claims = [...section.matchAll(/^- (`[\w-]+`), [^:]*: ([^]*?)(?=\n-|\n\n)/gm)].flatMap(
    ([, outcome, item]) =>
      [...item!.matchAll(/`([\w.]+)`( and its subcodes)?/g)].flatMap(([, code, family]) =>
        [code!, ...(family === undefined ? [] : [`${code}.SomethingNew`])].map((name) => [name, outcome!]),
      ),
  );
  for (const [code, outcome] of claims) {
    expect([code, `\`${outcomeOf(task, code!)}\``]).toEqual([code, outcome]);
    expect([code, `\`${outcomeOf(campaign, code!)}\``]).toEqual([code, outcome]);
  }
  expect(claims.length).toBeGreaterThan(10);
  expect(section.replaceAll(/\s+/g, ' ')).toContain(
    '`LimitExceeded.OutOfCountLimit` is `not-executed` for a campaign',
  );
  for (const [code, known, other] of [
    ['LimitExceeded.OutOfCountLimit', campaign, task],
    ['FailedOperation.PermissionDenied', task, campaign],
  ] as const)
    expect([outcomeOf(known, code), outcomeOf(other, code)]).toEqual(['not-executed', 'unknown']);
});

test('docs/errors.md has every class, its fields, and every guard without one', async () => {
  const page = await readFile(join(root, 'docs/errors.md'), 'utf8');
  const section = page.split('## Classes and guards')[1]!.split('## Codes of the service')[0]!;
  const codesIn = (text = '') => [...text.matchAll(/`(\w+)/g)].map(([, code]) => code!);

  const fields = { code: 'x', message: 'x', outcome: 'unknown', issues: [], serviceMessage: '', status: 200 };
  const base = Object.keys(new core.PacingError(fields as never).toJSON());
  const classes = Object.entries(core).flatMap(([name, value]) => {
    if (name === 'TcccError' || !name.endsWith('Error') || !/^[A-Z]/.test(name)) return [];
    return [[name, new (value as typeof core.PacingError)(fields as never)] as const];
  });
  for (const [name, { kind }] of classes) {
    expect(name).toBe(classOf(kind));
    expect(section).toContain(`\`${name}\``);
    expect(core).toHaveProperty(`is${name}`);
  }
  const more = classes.flatMap(([name, error]) => {
    const own = Object.keys(error.toJSON()).filter((field) => !base.includes(field));
    return own.length === 0 ? [] : [`${name}: ${own.sort().join()}`];
  });
  const named = [...section.matchAll(/^- (`\w+Error`) has (.*)$/gm)];
  expect(named.map(([, name, own]) => `${codesIn(name)[0]}: ${codesIn(own).sort().join()}`).sort()).toEqual(
    more.sort(),
  );
  const guards = Object.keys(core).filter((name) => /^(is|mayHave)[A-Z]/.test(name));
  const others = guards.filter((guard) => !classes.some(([name]) => guard === `is${name}`));
  for (const guard of [...others, 'isServiceError']) expect(section).toContain(`\`${guard}(`);
  const common = codesIn(/Every error has[\s\S]*?`cause`/.exec(section)![0]);
  expect([...common, 'name'].sort()).toEqual([...base, 'cause'].sort());
});
