import { documented } from '../model/docs.js';
import type { Model } from '../model/model.js';
import type { SpecError } from '../read/spec.js';

/** The error codes that every action may answer: what each means for the side effect, as data, and their names. */
export function emitCommonErrors({ commonErrors }: Model): string {
  const names = Object.keys(commonErrors).map((code) => JSON.stringify(code));
  return [
    `import type { ErrorFact } from '@tccc/core';`,
    documented(
      ['An error code that is documented for every action.'],
      `export type CommonErrorCode = ${names.join(' | ')};`,
    ),
    documented(
      ['Error codes that every action may answer.'],
      `export const commonErrors: Readonly<Record<CommonErrorCode, ErrorFact>> = {${errorRows(commonErrors)}};`,
    ),
  ].join('\n\n');
}

/** The entries of a table of error codes. */
export function errorRows(errors: Record<string, SpecError>): string {
  const rows = Object.entries(errors).map(([code, error]) => `${JSON.stringify(code)}: ${errorRow(error)}`);
  return rows.join(',\n');
}

/** What is known of one code, as an object literal; the same text for the same facts. */
export function errorRow(error: SpecError | undefined): string | undefined {
  if (error === undefined) return undefined;
  const { meaning, outcome, retry, subcodes } = error;
  return JSON.stringify({ meaning, outcome, retry, ...(subcodes === undefined ? {} : { subcodes }) });
}
