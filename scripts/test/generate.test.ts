import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generate } from '../generate/generate.js';
import { findDrift, writeTree } from '../generate/tree.js';
import { Copy } from '../support/copy.js';
import { root } from '../support/root.js';

/** What the spec of the repository makes. */
const generated = await generate(join(root, 'spec'));

describe('generation', () => {
  test('is what is committed', async () => {
    expect(await findDrift(root, generated)).toEqual([]);
  });

  test('knows nothing of the machine or the day', () => {
    for (const text of generated.values()) expect(text).not.toContain(root);
    for (const text of generated.values())
      expect(text).toMatch(/^(\/\/|<!--) Generated from spec\/ by `pnpm generate`\. Do not edit\./);
  });
});

describe('the drift check', () => {
  test('sees a changed, a missing and an additional file, and writing mends all three', async () => {
    await using copy = await Copy.make();
    await writeFile(join(copy.path, 'packages/outbound/src/generated/client.ts'), '// edited by hand\n');
    await rm(join(copy.path, 'packages/outbound/REFERENCE.md'));
    await writeFile(join(copy.path, 'packages/mocks/src/generated/extra.ts'), '');
    expect(await findDrift(copy.path, generated)).toEqual([
      { path: 'packages/mocks/src/generated/extra.ts', problem: 'is not generated' },
      { path: 'packages/outbound/REFERENCE.md', problem: 'is missing' },
      { path: 'packages/outbound/src/generated/client.ts', problem: 'differs' },
    ]);
    await writeTree(copy.path, generated);
    expect(await findDrift(copy.path, generated)).toEqual([]);
  });

  test('sees any change of the spec, and only in the files that depend on it', async () => {
    await using copy = await Copy.make();
    const path = join(copy.path, 'spec/auto-callout/CreateAutoCalloutTask.yaml');
    await writeFile(path, (await readFile(path, 'utf8')).replace(/(?<= Tries:\n[^]*?maximum: )\d+/, '999'));
    const drift = await findDrift(copy.path, await generate(join(copy.path, 'spec')));
    expect(drift.map(({ path }) => path)).toEqual([
      'packages/mocks/src/generated/fixtures.ts',
      'packages/outbound/REFERENCE.md',
      'packages/outbound/src/generated/create-auto-callout-task.ts',
    ]);
  });
});
