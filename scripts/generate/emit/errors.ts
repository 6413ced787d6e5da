import { documented } from '../docs.js';
import type { Model } from '../model.js';
import type { SpecError } from '../spec.js';

/** The error codes that every action may answer: what each means for the side effect, as data, and their names. */
export function emitCommonErrors({ commonErrors }: Model): string {
  const names = Object.keys(commonErrors).map((code) => JSON.stringify(code));
  return [
    `import type { ErrorFact, ErrorTable } from '@tccc/core';`,
    documented(
      ['An error code that is documented for every action.'],
      `export type CommonErrorCode = ${names.join(' | ')};`,
    ),
    documented(
      ['Error codes that every action may answer.'],
      `export const commonErrors: Readonly<Record<CommonErrorCode, ErrorFact>> = ${errorRows(commonErrors)};`,
    ),
    documented(
      ["The codes of every action, then an action's own, which take precedence."],
      `export function withCommonErrors(own: ErrorTable): ErrorTable { return { ...commonErrors, ...own }; }`,
    ),
  ].join('\n\n');
}

/** A table of error codes, as an object literal. */
export function errorRows(errors: Record<string, SpecError>): string {
  const rows = Object.entries(errors).map(([code, { meaning, outcome, retry, subcodes }]) => {
    const fact = { meaning, outcome, retry, ...(subcodes === undefined ? {} : { subcodes }) };
    return `${JSON.stringify(code)}: ${JSON.stringify(fact)}`;
  });
  return `{${rows.join(',\n')}}`;
}
