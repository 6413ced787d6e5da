import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../../support/root.js';
import { declaredTypes, FIXED_FILES, FIXED_NAMES } from '../emit/index.js';
import type { Model } from '../model/model.js';
import type { Place, Places, Problem } from '../read/problems.js';
import type { SpecDocument } from '../read/spec.js';

/** Types of TypeScript that are no values, so that no list of them exists at run time. */
const UTILITY_TYPES = [
  'Record',
  'Partial',
  'Required',
  'Readonly',
  'Pick',
  'Omit',
  'Exclude',
  'Extract',
  'Awaited',
];

/** A name that the spec makes, and the place in the spec that makes it. */
interface Made {
  name: string;
  place: Place;
}

/** Names that would hide one another without a word: exports, modules, and methods of the client. */
export async function nameProblems(document: SpecDocument, model: Model, places: Places): Promise<Problem[]> {
  const placeOf = (name: string) => places.of(document.paths[`/${name}`]!.post, 'operationId');
  const types = document.components?.schemas ?? {};
  const exported: Made[] = [
    ...model.actions.flatMap((action) =>
      [action.name, ...declaredTypes(action)].map((name) => ({ name, place: placeOf(action.name) })),
    ),
    ...Object.keys(types).map((name) => ({ name, place: places.of(types, name) })),
  ];
  const methods = model.actions.flatMap(({ name, method, settleMethod, eachMethod }) =>
    [method, settleMethod, eachMethod].flatMap((one) =>
      one === undefined ? [] : [{ name: one, place: placeOf(name) }],
    ),
  );
  const files = model.actions.map(({ name, file }) => ({ name: file, place: placeOf(name) }));
  return [
    ...clashes(
      exported,
      await exportedByHand(),
      (name) => `the spec makes ${name}, but @tccc/outbound exports that name already`,
    ),
    ...clashes(exported, globalNames(), (name) => `${name} is a name of JavaScript itself`),
    ...clashes(methods, await membersOfClient(), (name) => `the client has two members of the name ${name}`),
    ...clashes(files, FIXED_FILES, (name) => `two generated modules would be ${name}.ts`),
  ];
}

function clashes(made: readonly Made[], taken: readonly string[], says: (name: string) => string): Problem[] {
  const seen = new Set(taken);
  return made.flatMap(({ name, place }) => {
    const isTaken = seen.has(name);
    seen.add(name);
    return isTaken ? [{ ...place, says: says(name), remedy: 'Rename it.' }] : [];
  });
}

function globalNames(): string[] {
  return [...Object.getOwnPropertyNames(globalThis), ...UTILITY_TYPES];
}

/** What the packages export besides generated code. */
async function exportedByHand(): Promise<string[]> {
  const lists = await Promise.all(
    ['outbound', 'core'].map((name) => readFile(join(root, 'packages', name, 'src/index.ts'), 'utf8')),
  );
  const named = lists.flatMap((list) =>
    [...list.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, names]) =>
      names!.split(',').map((name) => name.trim()),
    ),
  );
  return [...FIXED_NAMES, ...named];
}

/** The members that every client has, which a method of an action would replace. */
async function membersOfClient(): Promise<string[]> {
  const path = join(root, 'packages/outbound/src/base-client.ts');
  const file = ts.createSourceFile(path, await readFile(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const members = file.statements.filter(ts.isClassDeclaration).flatMap((one) => [...one.members]);
  return [
    'constructor',
    ...Object.getOwnPropertyNames(Object.prototype),
    ...members.map((one) => one.name?.getText() ?? ''),
  ];
}
