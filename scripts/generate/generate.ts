import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { exampleProblems } from './check/examples.js';
import { nameProblems } from './check/names.js';
import { emitAction } from './emit/action.js';
import { emitActions } from './emit/actions.js';
import { emitClient } from './emit/client.js';
import { emitDataTypes } from './emit/data-types.js';
import { emitEndStatuses } from './emit/end-statuses.js';
import { emitEffects } from './emit/effects.js';
import { emitCommonErrors, emitCommonMeanings } from './emit/errors.js';
import { emitFixtures } from './emit/fixtures.js';
import { emitIndex } from './emit/index.js';
import { emitProduct } from './emit/product.js';
import { emitReference } from './emit/reference.js';
import { emitCommonRules } from './emit/rules.js';
import { emitSites } from './emit/sites.js';
import { emitTimeZoneNames, emitTimeZones } from './emit/time-zones.js';
import { emitTypes } from './emit/types.js';
import type { Model } from './model/model.js';
import { buildModel } from './model/model.js';
import { SpecRefused } from './read/problems.js';
import type { Spec } from './read/spec.js';
import { loadSpec } from './load-spec.js';
import { root } from '../support/root.js';

/** Folders that hold nothing but generated files, relative to the root of the repository. */
export const GENERATED_FOLDERS = [
  'packages/outbound/src/generated',
  'packages/mocks/src/generated',
  'packages/core/src/params/generated',
];

/** Generated files outside those folders. */
export const GENERATED_FILES = ['packages/outbound/REFERENCE.md'];

/** Generates everything from a spec folder: contents by path, relative to the root of the repository. */
export async function generate(specFolder: string): Promise<Map<string, string>> {
  const spec = await loadSpec(specFolder);
  const model = buildModel(spec);
  await checkModel(spec, model);
  const files = await emit(model);
  const printed = [...files].map(async ([path, text]) => [path, await print(path, text)] as const);
  return new Map(await Promise.all(printed));
}

/** Refuses what shows only in the model: names that clash, and examples that break a rule. */
async function checkModel({ document, places }: Spec, model: Model): Promise<void> {
  const names = await nameProblems(document, model, places);
  const problems = [...names, ...exampleProblems(document, model, places)];
  if (problems.length > 0) throw new SpecRefused(problems);
}

/** The text of every file, without header and as yet unformatted. */
export async function emit(model: Model): Promise<Map<string, string>> {
  const types = await emitTypes(model);
  const [outbound, mocks, core] = GENERATED_FOLDERS;
  return new Map<string, string>([
    ...model.actions.map((action): File => [
      `${outbound}/${action.file}.ts`,
      emitAction(action, model, types),
    ]),
    [`${outbound}/data-types.ts`, emitDataTypes(model, types)],
    [`${outbound}/common-errors.ts`, emitCommonErrors(model)],
    [`${outbound}/common-meanings.ts`, emitCommonMeanings(model)],
    [`${outbound}/common-rules.ts`, emitCommonRules()],
    [`${outbound}/end-statuses.ts`, emitEndStatuses(model)],
    [`${outbound}/sites.ts`, emitSites(model)],
    [`${outbound}/product.ts`, emitProduct(model)],
    [`${outbound}/actions.ts`, emitActions(model)],
    [`${outbound}/client.ts`, emitClient(model)],
    [`${outbound}/index.ts`, emitIndex(model)],
    [`${mocks}/effects.ts`, emitEffects(model)],
    [`${mocks}/fixtures.ts`, emitFixtures(model)],
    [`${mocks}/time-zones.ts`, emitTimeZoneNames()],
    [`${core}/time-zones.ts`, emitTimeZones()],
    ['packages/outbound/REFERENCE.md', await emitReference(model)],
  ]);
}

type File = [path: string, text: string];

/** The same in every file and for every spec, so that a change of the spec changes only what depends on it. */
const NOTICE = 'Generated from spec/ by `pnpm generate`. Do not edit.';

/** Adds the header and formats. A table under `// prettier-ignore` ends its file: it may be very long, and stays as it is. */
async function print(path: string, text: string): Promise<string> {
  if (path.endsWith('.md')) return `<!-- ${NOTICE} -->\n\n${text}`;
  // A faster parser than that of TypeScript, for the same text; a test compares.
  const options = { ...(await resolveConfig(join(root, '.prettierrc.json'))), parser: 'babel-ts' } as const;
  const [code, table] = text.split(/(?<=\n)(?=\/\/ prettier-ignore\n)/) as [string, string?];
  const formatted = await format(`// ${NOTICE}\n\n${code}`, options);
  return table === undefined ? formatted : `${formatted}${table}\n`;
}
