import type { Outcome } from '../errors/outcome.js';
import type { CallFacts } from './facts.js';

/** What a call that was cancelled now has certainly not done, or may have done. */
export function outcomeOf(isSent: boolean): Outcome {
  return isSent ? 'unknown' : 'not-executed';
}

/** Whether an attempt has done nothing, but an earlier one may have. */
export function isDoubtful(own: Outcome, { hasUnknown }: Pick<CallFacts, 'hasUnknown'>): boolean {
  return hasUnknown && own === 'not-executed';
}

/**
 * The outcome of a call, from that of its latest attempt. If an earlier attempt may have been executed, no later one makes up
 * for it; but a request that only reads has done nothing, whatever became of it.
 */
export function finalOutcome(own: Outcome, facts: CallFacts): Outcome {
  if (facts.idempotency === 'safe') return 'not-executed';
  return isDoubtful(own, facts) ? 'unknown' : own;
}
