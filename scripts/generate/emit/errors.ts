import { documented } from '../model/docs.js';
import type { Model } from '../model/model.js';
import type { SpecError } from '../read/spec.js';

/** What is emitted of a code; its meaning may be elsewhere. */
type ErrorFacts = Omit<SpecError, 'meaning'> & Partial<Pick<SpecError, 'meaning'>>;

/**
 * The error codes that every action may answer: what each says of the side effect, as data, and their names. What they mean is
 * needed late, and by few calls, so it is in a module of its own.
 */
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
      `export const commonErrors: Readonly<Record<CommonErrorCode, ErrorFact>> = {${errorRows(withoutMeanings(commonErrors))}};`,
    ),
    documented(
      ['What they mean.'],
      `export const loadMeanings = async () => (await import('./common-meanings.js')).commonMeanings;`,
    ),
  ].join('\n\n');
}

/** What the error codes mean that every action may answer. Nothing but `import()` may name this module. */
export function emitCommonMeanings({ commonErrors }: Model): string {
  const meanings = Object.fromEntries(
    Object.entries(commonErrors).map(([code, { meaning }]) => [code, meaning]),
  );
  return documented(
    ['What each error code means that every action may answer.'],
    `export const commonMeanings: Readonly<Record<string, string>> = ${JSON.stringify(meanings)};`,
  );
}

function withoutMeanings(errors: Record<string, SpecError>): Record<string, ErrorFacts> {
  return Object.fromEntries(
    Object.entries(errors).map(([code, { meaning: _meaning, ...facts }]) => [code, facts]),
  );
}

/** The entries of a table of error codes. */
export function errorRows(errors: Record<string, ErrorFacts>): string {
  const rows = Object.entries(errors).map(([code, error]) => `${JSON.stringify(code)}: ${errorRow(error)}`);
  return rows.join(',\n');
}

/** What is known of one code, as an object literal; the same text for the same facts. */
export function errorRow(error: ErrorFacts | undefined): string | undefined {
  if (error === undefined) return undefined;
  const { meaning, outcome, retry, subcodes } = error;
  return JSON.stringify({ meaning, outcome, retry, ...(subcodes === undefined ? {} : { subcodes }) });
}
