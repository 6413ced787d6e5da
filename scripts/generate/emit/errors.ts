import { documented } from '../docs.js';
import type { Model } from '../model.js';
import type { SpecError } from '../spec.js';

/** The error codes: what each means for the side effect, as data, and their names as a type. */
export function emitErrors(model: Model): string {
  return [
    `import type { ErrorTable } from '@tccc/core';`,
    documented(
      ['Error codes that every action may answer.'],
      `export const commonErrors = ${tableOf(model.commonErrors)} as const satisfies ErrorTable;`,
    ),
    ...model.actions.flatMap((action) => [
      documented(
        [`Error codes that ${action.name} may answer: its own, then those of every action.`],
        `export const errorsOf${action.name} = { ...commonErrors, ...${tableOf(action.errors)} } as const satisfies ErrorTable;`,
      ),
    ]),
    documented(
      ['A code that the documentation lists, for any action. The service may answer others, too.'],
      `export type ErrorCode = keyof typeof commonErrors${model.actions.map(({ name }) => ` | keyof typeof errorsOf${name}`).join('')};`,
    ),
  ].join('\n\n');
}

function tableOf(errors: Record<string, SpecError>): string {
  const rows = Object.entries(errors).map(([code, { meaning, outcome, retry, subcodes }]) => {
    const fact = { meaning, outcome, retry, ...(subcodes === undefined ? {} : { subcodes }) };
    return `${JSON.stringify(code)}: ${JSON.stringify(fact)}`;
  });
  return `{${rows.join(',\n')}}`;
}
