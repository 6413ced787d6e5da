import type { AnyTcccError } from '@tccc/outbound';
import { isSettleError, isTcccError } from '@tccc/outbound';
import type { ChunkState } from './ledger/ledger.js';

/** What follows from a failed request: what the chunk becomes, and how the run goes on. */
export interface Verdict {
  readonly state: ChunkState;
  readonly next: 'go-on' | 'pause' | 'stop';
  readonly code: string;
  readonly message: string;
}

/**
 * Reads a failure by what it says of its effect, and of what would help; by no list of codes.
 *
 * @param idField name of the field with the id in the result
 */
export function verdictOf(error: unknown, idField: string): Verdict {
  if (!isTcccError(error)) {
    const code = 'UnexpectedFailure';
    return {
      state: { state: 'unknown', code },
      next: 'stop',
      code,
      message: 'The client failed in an unexpected way.',
    };
  }
  const { outcome, retry, kind, message } = error;
  const code = codeOf(error);
  const about = { code, message };
  if (outcome === 'executed') {
    const id = kind === 'response' ? error.digits?.[idField] : undefined;
    return {
      state: id === undefined ? { state: 'unknown', code } : { state: 'accepted', id },
      next: 'go-on',
      ...about,
    };
  }
  if (outcome === 'unknown') return { state: { state: 'unknown', code }, next: 'go-on', ...about };
  // It is certain that nothing was done.
  if (retry === 'after-backoff') return { state: { state: 'planned' }, next: 'pause', ...about };
  if (kind === 'service' && retry === 'never')
    return { state: { state: 'refused', code }, next: 'stop', ...about };
  return { state: { state: 'planned' }, next: 'stop', ...about };
}

/** Why an outcome is unknown says more than that a first look has not found the task. */
function codeOf(error: AnyTcccError): string {
  const { code, cause } = error;
  return isSettleError(error) && code !== 'FoundTwice' && isTcccError(cause) ? cause.code : code;
}
