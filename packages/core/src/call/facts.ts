import { secretsOf } from '../credentials/types.js';
import type { Refusal } from '../response/read.js';
import { ResponseFailure } from '../response/read.js';
import type { Attempt, History } from './attempt.js';
import type { CallFacts } from './errors.js';

/** What is known of a call and of one of its attempts, for an error that is made now. */
export function factsOf({ call, attempts, previous }: History, attempt: Attempt | undefined): CallFacts {
  const { action, definition, origin, deadlineMs, scope } = call;
  const { credentials, exchange } = attempt ?? {};
  return {
    action,
    idempotency: definition.idempotency,
    origin,
    attempts,
    // If it is not known which attempt it is about, any may have been sent.
    delivery: attempt ?? { isSent: attempts > 0, isAnswered: false },
    hasUnknown: false,
    cancelReason: scope.cancelReason,
    deadlineMs,
    traceId: exchange === undefined ? previous?.traceId : attempt!.traceId,
    secrets: credentials === undefined ? [] : secretsOf(credentials),
  };
}

/** Whether the service, or something in its place, has answered with an error code. */
export function isRefusal(thrown: unknown): thrown is ResponseFailure & { reading: Refusal } {
  return thrown instanceof ResponseFailure && thrown.reading.kind === 'refusal';
}

/** Whether a failure says that nothing was done. */
export function claimsNothing(thrown: unknown): boolean {
  return isRefusal(thrown) && thrown.reading.fact?.outcome === 'not-executed';
}
