import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generate } from '../generate/generate.js';
import { findDrift, writeTree } from '../generate/tree.js';
import { Copy } from '../support/copy.js';
import { root } from '../support/root.js';

describe('generation', () => {
  test('is what is committed, and the same each time', async () => {
    const [first, second] = [await generate(join(root, 'spec')), await generate(join(root, 'spec'))];
    expect([...second]).toEqual([...first]);
    expect(await findDrift(root, first)).toEqual([]);
  });

  test('knows nothing of the machine or the day', async () => {
    const files = await generate(join(root, 'spec'));
    for (const text of files.values()) expect(text).not.toContain(root);
    for (const text of files.values())
      expect(text).toMatch(/Generated from spec\/ \(hash [0-9a-f]{16}\) by `pnpm generate`/);
  });
});

describe('the drift check', () => {
  test('sees a changed, a missing and an additional file, and writing mends all three', async () => {
    await using copy = await Copy.make();
    const files = await generate(join(copy.path, 'spec'));
    await writeFile(join(copy.path, 'packages/outbound/src/generated/client.ts'), '// edited by hand\n');
    await rm(join(copy.path, 'packages/outbound/REFERENCE.md'));
    await writeFile(join(copy.path, 'packages/mocks/src/generated/extra.ts'), '');
    expect(await findDrift(copy.path, files)).toEqual([
      { path: 'packages/mocks/src/generated/extra.ts', problem: 'is not generated' },
      { path: 'packages/outbound/REFERENCE.md', problem: 'is missing' },
      { path: 'packages/outbound/src/generated/client.ts', problem: 'differs' },
    ]);
    await writeTree(copy.path, files);
    expect(await findDrift(copy.path, files)).toEqual([]);
  });

  test('sees any change of the spec', async () => {
    await using copy = await Copy.make();
    const path = join(copy.path, 'spec/auto-callout/CreateAutoCalloutTask.yaml');
    await writeFile(path, (await readFile(path, 'utf8')).replace('maximum: 3', 'maximum: 4'));
    const drift = await findDrift(copy.path, await generate(join(copy.path, 'spec')));
    expect(drift.map(({ path }) => path)).toContain('packages/outbound/src/generated/validators.ts');
    expect(drift.map(({ path }) => path)).toContain('packages/mocks/src/generated/fixtures.ts');
  });
});

describe('a spec that breaks its rules is refused', () => {
  test.each<[string, string, (text: string) => string, RegExp]>([
    [
      'an operation without rate limit',
      'auto-callout/CreateAutoCalloutTask.yaml',
      (text) => text.replace(/ {2}x-rate-limit.*\n/, ''),
      /required property 'x-rate-limit'/,
    ],
    [
      'an error without outcome',
      'errors.yaml',
      (text) => text.replace('  outcome: not-executed\n', ''),
      /ActionOffline: must have required property 'outcome'/,
    ],
    [
      'a retry of what may have been executed',
      'errors.yaml',
      (text) => text.replace('outcome: unknown\n  retry: never', 'outcome: unknown\n  retry: after-backoff'),
      /FailedOperation/,
    ],
    [
      'a source that is not listed',
      'errors.yaml',
      (text) => text.replace('source: common-errors', 'source: hearsay'),
      /"hearsay" is named as a source/,
    ],
    [
      'an operation under another name',
      'openapi.yaml',
      (text) => text.replace('/CreateAutoCalloutTask:', '/CreateTask:'),
      /its operationId must be CreateTask/,
    ],
    [
      'a reference to nothing',
      'openapi.yaml',
      (text) => text.replace('auto-callout/CreateAutoCalloutTask', 'auto-callout/Nothing'),
      /Nothing/,
    ],
    [
      'a site that is not listed',
      'auto-callout/CreateAutoCalloutTask.yaml',
      (text) => text.replace('x-site: intl', 'x-site: moon'),
      /x-site is not one of x-sites/,
    ],
    [
      'a pattern without an example',
      'types.yaml',
      (text) => text.replace(/ {6}examples: .*\n/, ''),
      /needs "examples"/,
    ],
    [
      'an operation without example',
      'auto-callout/CreateAutoCalloutTask.yaml',
      (text) => text.replaceAll('documented:', 'other:'),
      /examples.documented/,
    ],
    [
      'a type under a name that is taken',
      'types.yaml',
      (text) =>
        `${text.replace("'#/Variable'", "'#/Pacer'")}Pacer: { type: object, description: A clash. }\n`,
      /a type Pacer, but @tccc\/outbound exports that name/,
    ],
  ])('%s', async (_name, file, change, message) => {
    await using copy = await Copy.make();
    const path = join(copy.path, 'spec', file);
    const before = await readFile(path, 'utf8');
    await writeFile(path, change(before));
    expect(await readFile(path, 'utf8')).not.toBe(before);
    await expect(generate(join(copy.path, 'spec'))).rejects.toThrow(message);
  });
});
