import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emit, generate } from '../generate/generate.js';
import { buildModel } from '../generate/model.js';
import { loadSpec } from '../generate/load-spec.js';
import { findDrift, writeTree } from '../generate/tree.js';
import type { SpecDocument } from '../generate/spec.js';
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
      expect(text).toMatch(/^(\/\/|<!--) Generated from spec\/ by `pnpm generate`\. Do not edit\./);
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
    expect(drift.map(({ path }) => path)).toContain(
      'packages/outbound/src/generated/create-auto-callout-task.ts',
    );
    expect(drift.map(({ path }) => path)).toContain('packages/mocks/src/generated/fixtures.ts');
  });
});

describe('every fact of the spec', () => {
  /** What OpenAPI or its linter asks for, and our extensions say in another place or the generator knows. */
  const EXPECTED_UNREAD = [
    'info.license.identifier',
    'info.license.name',
    'openapi',
    'paths.*.post.requestBody.required',
    'paths.*.post.responses.200.content.application/json.schema.type',
  ];

  test('shows in what is generated', async () => {
    const { document } = await loadSpec(join(root, 'spec'));
    document.paths = coveringPaths(document);
    const textOf = async () => JSON.stringify([...(await emit(buildModel({ document })))]);
    const before = await textOf();
    const unread: string[] = [];
    const kinds = kindsOfFacts(document);
    expect(kinds.size).toBeGreaterThan(50);
    for (const [kind, { holder, key }] of kinds) {
      const original = holder[key];
      holder[key] = changed(original);
      // A fact whose change cannot be digested was read.
      if ((await textOf().catch(() => 'refused')) === before) unread.push(kind);
      holder[key] = original;
    }
    expect(unread.sort()).toEqual(EXPECTED_UNREAD);
  }, 180_000);
});

/** Actions that together have every kind of fact: the others would only take time. */
function coveringPaths(document: SpecDocument): SpecDocument['paths'] {
  const seen = new Set<string>();
  return Object.fromEntries(
    Object.entries(document.paths).filter(([, item]) => {
      const kinds = [...kindsOfFacts(item).keys()];
      const hasNew = kinds.some((kind) => !seen.has(kind));
      for (const kind of kinds) seen.add(kind);
      return hasNew;
    }),
  );
}

/** Keys below which names stand that the spec chooses; one entry stands for all. */
const MAPS =
  /^(paths|properties|schemas|value|x-(errors|common-errors|sources|enum-meanings)|initial|counts|wraps|filters|from|to)$/;

interface Fact {
  holder: Record<string, unknown>;
  key: string;
}

/** One fact of each kind: of each path in the document, with chosen names and positions left out. */
function kindsOfFacts(document: object): Map<string, Fact> {
  const kinds = new Map<string, Fact>();
  const visit = (holder: Record<string, unknown>, path: readonly string[]) => {
    const isMap = Array.isArray(holder) || MAPS.test(path.at(-1) ?? '');
    for (const [key, value] of Object.entries(holder)) {
      const place = [...path, isMap ? '*' : key];
      if (typeof value === 'object' && value !== null) visit(value as Record<string, unknown>, place);
      else if (!kinds.has(place.join('.'))) kinds.set(place.join('.'), { holder, key });
    }
  };
  visit(document as Record<string, unknown>, []);
  return kinds;
}

function changed(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  return typeof value === 'boolean' ? !value : `${String(value)}x`;
}
