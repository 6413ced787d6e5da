import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emitEffects } from '../generate/emit/effects.js';
import { emitFixtures } from '../generate/emit/fixtures.js';
import { emitReference } from '../generate/emit/reference.js';
import { emit } from '../generate/generate.js';
import { loadSpec } from '../generate/load-spec.js';
import type { Model } from '../generate/model/model.js';
import { buildModel } from '../generate/model/model.js';
import type { SpecDocument } from '../generate/read/spec.js';
import { root } from '../support/root.js';

/** What OpenAPI or its linter asks for, and our extensions say in another place or the generator knows. */
const EXPECTED_UNREAD = [
  'info.license.identifier',
  'info.license.name',
  'openapi',
  'paths.*.post.requestBody.required',
  'paths.*.post.responses.200.content.application/json.schema.type',
];

type Emitter = (model: Model) => Promise<unknown>;

/** The files in which most facts show, which take a sixth of the time; and all. */
const EMITTERS: readonly Emitter[] = [
  async (model) => [await emitReference(model), emitEffects(model), emitFixtures(model)],
  async (model) => [...(await emit(model))],
];

test('every fact of the spec shows in what is generated', async () => {
  const { document } = await loadSpec(join(root, 'spec'));
  document.paths = coveringPaths(document);
  const textsOf = async (some: Emitter) => JSON.stringify(await some(buildModel({ document })));
  const before = await Promise.all(EMITTERS.map(textsOf));
  /** Whether a change shows. One that cannot be digested was read. */
  const isShown = async () => {
    for (const [index, some] of EMITTERS.entries())
      if ((await textsOf(some).catch(() => 'refused')) !== before[index]) return true;
    return false;
  };
  const unread: string[] = [];
  const kinds = kindsOfFacts(document);
  expect(kinds.size).toBeGreaterThan(50);
  for (const [kind, { holder, key }] of kinds) {
    const original = holder[key];
    holder[key] = changed(original);
    if (!(await isShown())) unread.push(kind);
    holder[key] = original;
  }
  expect(unread.sort()).toEqual(EXPECTED_UNREAD);
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

/** Keys whose entries have names that the spec chooses; one entry represents all. */
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
