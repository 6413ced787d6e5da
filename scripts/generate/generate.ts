import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { emitActions } from './emit/actions.js';
import { emitClient } from './emit/client.js';
import { emitErrors } from './emit/errors.js';
import { emitFixtures } from './emit/fixtures.js';
import { emitIndex } from './emit/index.js';
import { emitReference } from './emit/reference.js';
import { emitTypes } from './emit/types.js';
import { emitValidators } from './emit/validators.js';
import type { Model } from './model.js';
import { buildModel } from './model.js';
import { loadSpec } from './spec.js';

/** Folders that hold nothing but generated files, relative to the root of the repository. */
export const GENERATED_FOLDERS = ['packages/outbound/src/generated', 'packages/mocks/src/generated'];

/** Generated files outside those folders. */
export const GENERATED_FILES = ['packages/outbound/REFERENCE.md'];

/** Generates everything from a spec folder: contents by path, relative to the root of the repository. */
export async function generate(specFolder: string): Promise<Map<string, string>> {
  const model = buildModel(await loadSpec(specFolder));
  await checkNames(model);
  const [outbound, mocks] = GENERATED_FOLDERS;
  const files: [path: string, text: string][] = [
    [`${outbound}/types.ts`, await emitTypes(model)],
    [`${outbound}/validators.ts`, emitValidators(model)],
    [`${outbound}/errors.ts`, emitErrors(model)],
    [`${outbound}/actions.ts`, emitActions(model)],
    [`${outbound}/client.ts`, emitClient(model)],
    [`${outbound}/index.ts`, emitIndex(model)],
    [`${mocks}/fixtures.ts`, emitFixtures(model)],
    ['packages/outbound/REFERENCE.md', emitReference(model)],
  ];
  const printed = files.map(async ([path, text]) => [path, await print(path, text, model)] as const);
  return new Map(await Promise.all(printed));
}

/**
 * A type of the spec with the name of a hand-written export would be hidden behind it without a word.
 */
async function checkNames({ types }: Model): Promise<void> {
  const index = await readFile(new URL('../../packages/outbound/src/index.ts', import.meta.url), 'utf8');
  const taken = new Set(
    [...index.matchAll(/\{([^}]*)\}/g)].flatMap(([, names]) => names!.split(',').map((name) => name.trim())),
  );
  const clash = Object.keys(types).find((name) => taken.has(name));
  if (clash !== undefined)
    throw new Error(
      `The spec has a type ${clash}, but @tccc/outbound exports that name already. Rename the type.`,
    );
}

/** Adds the header and formats. AJV's code is formatted by nobody, since nobody reads it. */
async function print(path: string, text: string, model: Model): Promise<string> {
  const notice = `Generated from spec/ (hash ${model.specHash}) by \`pnpm generate\`. Do not edit.`;
  if (path.endsWith('/validators.ts')) return `// ${notice}\n${text}`;
  const options = {
    ...(await resolveConfig(new URL('../../.prettierrc.json', import.meta.url).pathname)),
    filepath: path,
  };
  return format(path.endsWith('.md') ? `<!-- ${notice} -->\n\n${text}` : `// ${notice}\n\n${text}`, options);
}
