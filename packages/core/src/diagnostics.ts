import type { AnyTcccError } from './errors/errors.js';
import type { Outcome } from './errors/outcome.js';

// Every message is an allow-list: nothing of the parameters, the credentials or the text of the response is in it.

/** What is published on `@tccc/core:attempt` at the end of every attempt that had its turn. */
export interface AttemptMessage {
  action: string;
  /** Origin that the request went to. */
  endpoint: string;
  /** Counts from 1. */
  attempt: number;
  outcome: 'succeeded' | Outcome;
  /** Code of the error, if there was one. */
  code?: string;
  /** Id that the service gave to the request; absent if there was no response of the service. */
  requestId?: string;
  /** What the request was marked with: the X-TC-TraceId header. */
  traceId: string;
  /** How long the attempt waited for its turn, in milliseconds. */
  waitedMs: number;
  /** How long the attempt took after that, in milliseconds. */
  tookMs: number;
}

/** What runs inside of a trace. A subscriber of `start` may set it, so that what follows happens in a context of its own. */
export interface Traced {
  run?: <T>(inside: () => T) => T;
}

/**
 * The context of the tracing channel `@tccc/core:call`: one object for a whole call. What is only known at its end is absent
 * before.
 */
export interface CallTrace extends Traced {
  /** The product that the action belongs to, such as `ccc`. */
  readonly service: string;
  readonly action: string;
  /** Origin that the requests go to. */
  readonly endpoint: string;
  /** Total time of the call, in milliseconds; may be `Infinity`. */
  readonly deadlineMs: number;
  /** Attempts that were handed to the transport. */
  attempts?: number;
  outcome?: 'succeeded' | Outcome;
  /** Why the call failed. */
  error?: AnyTcccError;
}

/** The context of the tracing channel `@tccc/core:attempt`: one object for an attempt, from its turn to its end. */
export interface AttemptTrace extends Traced {
  readonly service: string;
  readonly action: string;
  readonly endpoint: string;
  readonly attempt: number;
  readonly traceId: string;
  /** How long the attempt waited for its turn, in milliseconds. */
  readonly waitedMs: number;
  outcome?: 'succeeded' | Outcome;
  requestId?: string;
  /** HTTP status of the response, if there was a complete one. */
  status?: number;
  error?: AnyTcccError;
}

/** `@tccc/core:unsent`: an attempt ended before its turn, so that nothing was sent. */
export interface UnsentMessage {
  action: string;
  endpoint: string;
  outcome: Outcome;
  code: string;
  /** How long it waited, in milliseconds. */
  waitedMs: number;
}

/** `@tccc/core:queue`: a call begins to wait for its turn. */
export interface QueueMessage {
  action: string;
  endpoint: string;
  /** How many calls of this client wait now, this one included. */
  queued: number;
}

/** Why a failed attempt is not followed by another one. */
export type NoRetryReason =
  | 'executed'
  | 'outcome-unknown'
  | 'would-not-help'
  | 'attempts-used'
  | 'not-corrected'
  | 'budget-or-deadline'
  | 'call-ended';

/** `@tccc/core:retry`: it was decided whether a failed attempt is followed by another one. */
export interface RetryMessage {
  action: string;
  endpoint: string;
  /** Number of the attempt that failed. */
  attempt: number;
  outcome: Outcome;
  code: string;
  isRetried: boolean;
  /** Why it is not retried. */
  reason?: NoRetryReason;
  /** How long the call waited before it goes on, in milliseconds. */
  waitedMs: number;
}

/** `@tccc/core:clock`: the time of the service was learnt from a response. */
export interface ClockMessage {
  endpoint: string;
  /** Milliseconds that are added to the local clock from now on. */
  offsetMs: number;
}

/** `@tccc/core:credentials`: credentials were fetched, or could not be. */
export interface CredentialsMessage {
  isRenewed: boolean;
  /** Code of the error, if they could not be fetched. */
  code?: string;
  /** Unix time in milliseconds; absent if they do not expire. */
  expiresAtMs?: number;
}

/** `@tccc/core:settle`: looking up a creation whose outcome was unknown has ended. */
export interface SettleMessage {
  action: string;
  /** `settled`, or the code of the `SettleError`. */
  result: string;
  /** How many times the list was looked through. */
  lookups: number;
  elapsedMs: number;
}

/** The names of the channels. Those of `call` and `attempt` are also the names of tracing channels. */
export const channelNames = {
  attempt: '@tccc/core:attempt',
  call: '@tccc/core:call',
  unsent: '@tccc/core:unsent',
  queue: '@tccc/core:queue',
  retry: '@tccc/core:retry',
  clock: '@tccc/core:clock',
  credentials: '@tccc/core:credentials',
  settle: '@tccc/core:settle',
} as const;

/** Subscribe with `diagnostics_channel.subscribe('@tccc/core:attempt', listener)`. */
export const ATTEMPT_CHANNEL = channelNames.attempt;
