import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { emitAction } from './emit/action.js';
import { emitActions } from './emit/actions.js';
import { emitClient } from './emit/client.js';
import { emitDataTypes } from './emit/data-types.js';
import { emitCommonErrors } from './emit/errors.js';
import { emitFixtures } from './emit/fixtures.js';
import { emitIndex, exportedNames } from './emit/index.js';
import { emitReference } from './emit/reference.js';
import { emitSites } from './emit/sites.js';
import { emitTypes } from './emit/types.js';
import { emitValidator } from './emit/validator.js';
import type { Model } from './model.js';
import { buildModel } from './model.js';
import { loadSpec } from './spec.js';
import { root } from '../support/root.js';

/** Folders that hold nothing but generated files, relative to the root of the repository. */
export const GENERATED_FOLDERS = ['packages/outbound/src/generated', 'packages/mocks/src/generated'];

/** Generated files outside those folders. */
export const GENERATED_FILES = ['packages/outbound/REFERENCE.md'];

/** Generates everything from a spec folder: contents by path, relative to the root of the repository. */
export async function generate(specFolder: string): Promise<Map<string, string>> {
  const model = buildModel(await loadSpec(specFolder));
  await checkNames(model);
  const files = await emit(model);
  const printed = [...files].map(async ([path, text]) => [path, await print(path, text, model)] as const);
  return new Map(await Promise.all(printed));
}

/** The text of every file, without header and as yet unformatted. */
export async function emit(model: Model): Promise<Map<string, string>> {
  const types = await emitTypes(model);
  const [outbound, mocks] = GENERATED_FOLDERS;
  return toMap([
    ...model.actions.flatMap((action): File[] => [
      [`${outbound}/${action.file}.ts`, emitAction(action, model, types)],
      [`${outbound}/${action.file}.validator.ts`, emitValidator(action, model)],
    ]),
    [`${outbound}/data-types.ts`, emitDataTypes(model, types)],
    [`${outbound}/common-errors.ts`, emitCommonErrors(model)],
    [`${outbound}/sites.ts`, emitSites(model)],
    [`${outbound}/actions.ts`, emitActions(model)],
    [`${outbound}/client.ts`, emitClient(model)],
    [`${outbound}/index.ts`, emitIndex(model)],
    [`${mocks}/fixtures.ts`, emitFixtures(model)],
    ['packages/outbound/REFERENCE.md', emitReference(model)],
  ]);
}

type File = [path: string, text: string];

/** An action whose name makes the path of another file would replace that file without a word. */
function toMap(files: readonly File[]): Map<string, string> {
  const map = new Map<string, string>();
  for (const [path, text] of files) {
    if (map.has(path)) throw new Error(`Two files would be ${path}. Rename the action.`);
    map.set(path, text);
  }
  return map;
}

/** Two exports of one name would hide one another without a word. */
async function checkNames(model: Model): Promise<void> {
  const lists = await Promise.all(
    ['outbound', 'core'].map((name) => readFile(join(root, 'packages', name, 'src/index.ts'), 'utf8')),
  );
  const taken = new Set(
    lists.flatMap((list) =>
      [...list.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, names]) =>
        names!.split(',').map((name) => name.trim()),
      ),
    ),
  );
  for (const name of exportedNames(model)) {
    if (taken.has(name))
      throw new Error(`The spec makes ${name}, but @tccc/outbound exports that name already. Rename it.`);
    taken.add(name);
  }
}

/** Adds the header and formats. */
async function print(path: string, text: string, model: Model): Promise<string> {
  const notice = `Generated from spec/ (hash ${model.specHash}) by \`pnpm generate\`. Do not edit.`;
  const options = { ...(await resolveConfig(join(root, '.prettierrc.json'))), filepath: path };
  return format(path.endsWith('.md') ? `<!-- ${notice} -->\n\n${text}` : `// ${notice}\n\n${text}`, options);
}
