import type { AnyTcccError } from '@tccc/outbound';
import { isServiceError, isSettleError, isTcccError } from '@tccc/outbound';
import type { ChunkState } from '../ledger/ledger.js';

/** What follows from a failed request: what the chunk becomes, and how the run goes on. */
export interface Verdict {
  readonly state: ChunkState;
  readonly next: 'go-on' | 'pause' | 'stop';
  readonly code: string;
  readonly message: string;
}

/** Reads a failure by what it says of its effect, and of what would help. The one code that it knows is that of quotas. */
export function verdictOf(error: unknown, idField: string): Verdict {
  if (!isTcccError(error)) return UNEXPECTED;
  const reason = reasonOf(error);
  const { code } = reason;
  const { outcome, message } = error;
  const become = (state: ChunkState, next: Verdict['next']): Verdict => ({ state, next, code, message });
  if (outcome === 'executed') {
    const id = error.kind === 'response' ? error.digits?.[idField] : undefined;
    return become(id === undefined ? { state: 'unknown', code } : { state: 'accepted', id }, 'go-on');
  }
  if (outcome === 'unknown') {
    // The next chunk would exceed the quota, too, and would be as unknown as this one.
    return become({ state: 'unknown', code }, isServiceError(reason, 'LimitExceeded') ? 'stop' : 'go-on');
  }
  // It is certain that nothing was done.
  // A request that has waited too long for its turn may find one later.
  if (reason.retry === 'after-backoff' || reason.kind === 'deadline')
    return become({ state: 'planned' }, 'pause');
  if (reason.kind === 'service' && reason.retry === 'never')
    return become({ state: 'refused', code }, 'stop');
  return become({ state: 'planned' }, 'stop');
}

const UNEXPECTED: Verdict = {
  state: { state: 'unknown', code: 'UnexpectedFailure' },
  next: 'stop',
  code: 'UnexpectedFailure',
  message: 'The client failed in an unexpected way.',
};

/** Why an outcome is unknown says more than that a first look has not found the task. */
function reasonOf(error: AnyTcccError): AnyTcccError {
  const isOpen = isSettleError(error) && error.code !== 'FoundTwice';
  return isOpen && isTcccError(error.cause) ? error.cause : error;
}
