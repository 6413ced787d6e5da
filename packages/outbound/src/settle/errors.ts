import type { AnyTcccError } from '@tccc/core';
import { SettleError } from '@tccc/core';
import type { Progress, Search } from './search.js';

/** The lookups are over, and the creation is not settled. */
export function settleError(code: SettleError['code'], search: Search, progress: Progress): SettleError {
  const { creation, marker, cause } = search;
  const { lookups, elapsedMs, failure, ids } = progress;
  return new SettleError({
    code,
    outcome: 'unknown',
    action: creation.name,
    message: describe(code, search, progress),
    attempts: cause?.attempts,
    requestId: cause?.requestId,
    traceId: cause?.traceId,
    cause: cause ?? failure,
    marker,
    lookups,
    elapsedMs,
    ids,
  });
}

function describe(code: SettleError['code'], search: Search, progress: Progress): string {
  const { creation, list, cause } = search;
  const { lookups, elapsedMs, ids } = progress;
  const failure = progress.failure as AnyTcccError | undefined;
  const why = cause === undefined ? '' : ` had an unknown outcome (${cause.code}), and`;
  const times = lookups === 1 ? 'once' : `${lookups} times`;
  const sentences = [`${creation.name}${why} was looked up ${times} in ${elapsedMs} ms with ${list.name}.`];
  if (failure !== undefined)
    sentences.push(`The latest lookup failed with ${failure.code ?? 'a response that cannot be read'}.`);
  if (code !== 'FoundTwice' && ids.length > 0) sentences.push(OTHERS);
  return [...sentences, ADVICE[code]].join(' ');
}

const OTHERS =
  'Something has a name that ends with its marker, but not the name that was sent: a copy, or it was renamed. The ids are on this error.';

const ADVICE: Readonly<Record<SettleError['code'], string>> = {
  NotFound:
    'Nothing has its name and marker yet, which does not prove that it was not executed. Look again later with the marker on this error, before you call again.',
  NoLookup:
    'No lookup was complete, so the outcome is still unknown. Look again later with the marker on this error.',
  Cancelled:
    'The lookups were ended, so the outcome is still unknown. Look again later with the marker on this error.',
  FoundTwice:
    'More than one thing has its name and marker, and nothing tells which of them it is, if it is one of them. Their ids are on this error; see whether one of them should not run.',
};
