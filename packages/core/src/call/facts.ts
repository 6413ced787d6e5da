import type { ActionDefinition, Idempotency } from '../action.js';
import type { CancelReason } from '../cancellation.js';
import { secretsOf } from '../credentials/types.js';
import type { Refusal } from '../response/read.js';
import { ResponseFailure } from '../response/read.js';
import type { Delivery } from '../transport/delivery.js';
import type { Attempt, History } from './attempt.js';

/** What is known of a call when one of its steps fails. Every error of the call is made from it. */
export interface CallFacts {
  readonly action: string;
  readonly definition: Pick<ActionDefinition, 'errors' | 'meanings'>;
  /** What a request that may have been executed means, and whether it may be repeated. */
  readonly idempotency: Idempotency;
  readonly origin: string;
  readonly attempts: number;
  /** How far the request of the current attempt has come. */
  readonly delivery: Readonly<Delivery>;
  /** Whether an earlier attempt may have been executed: then no later one makes the call `not-executed`. */
  readonly hasUnknown: boolean;
  /** Total time of the call, in milliseconds. */
  readonly deadlineMs: number;
  /** What the latest request was marked with; undefined if none was sent. */
  readonly traceId: string | undefined;
  /** Never to be shown. */
  readonly secrets: readonly string[];
  /** Why the call was cancelled, if it was. */
  readonly cancelReason: CancelReason | undefined;
}

/** What is known of a call and of one of its attempts, for an error that is made now. */
export function factsOf({ call, attempts, previous }: History, attempt: Attempt | undefined): CallFacts {
  const { action, definition, origin, deadlineMs, scope } = call;
  const { credentials, exchange } = attempt ?? {};
  const isOfEarlier = previous !== undefined && attempt?.isSent === false;
  return {
    action,
    definition,
    idempotency: definition.idempotency,
    origin,
    attempts,
    // If it is not known which attempt it is about, any may have been sent.
    delivery: attempt ?? { isSent: attempts > 0, isAnswered: false },
    hasUnknown: false,
    cancelReason: scope.cancelReason,
    deadlineMs,
    traceId: exchange === undefined || isOfEarlier ? previous?.traceId : attempt!.traceId,
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
