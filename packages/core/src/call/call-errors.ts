import type { CallEnd } from '../cancellation.js';
import { CallEnded } from '../cancellation.js';
import type { AnyTcccError } from '../errors/errors.js';
import {
  AbortedError,
  ConfigurationError,
  CredentialsError,
  DeadlineError,
  PacingError,
  TransportError,
  isTcccError,
} from '../errors/errors.js';
import type { Outcome } from '../errors/outcome.js';
import { PacingRefusal } from '../pacing/pacer.js';
import { safeCause } from '../errors/redact.js';
import { ExchangeFailure } from '../transport/failures.js';
import { exchangeError } from '../transport/failures.js';

/** What is known of a call when one of its steps throws. */
export interface CallState {
  readonly action: string;
  readonly origin: string;
  readonly attempts: number;
  /** Whether the first byte of the current attempt may have been handed to a socket. */
  readonly isSent: boolean;
  /** Why the call has to end, where it has. */
  readonly end: CallEnd | undefined;
}

/** Puts whatever a step threw into the error family, so that nothing else escapes from a call. */
export function toCallError(thrown: unknown, call: CallState): AnyTcccError {
  if (thrown instanceof CallEnded) return endError(thrown.end, false, call);
  if (thrown instanceof ExchangeFailure) {
    const isCancelled = thrown.kind === 'cancelled' && call.end !== undefined;
    return isCancelled ? endError(call.end, thrown.sent, call) : exchangeError(thrown, call);
  }
  if (thrown instanceof PacingRefusal) return pacingError(thrown, call);
  // Callers that share one fetch of credentials each get an error of their own.
  if (isTcccError(thrown) && thrown.kind === 'credentials') return credentialsError(thrown, call);
  return isTcccError(thrown) ? thrown : unexpected(thrown, call);
}

function endError(end: CallEnd, sent: boolean, { action, attempts }: CallState): AnyTcccError {
  const outcome: Outcome = sent ? 'unknown' : 'not-executed';
  const effect = effectOf(sent, attempts);
  const base = { action, attempts, outcome };
  if (end.kind === 'aborted') {
    const message = `${action} was aborted by the caller. ${effect}`;
    return new AbortedError({ ...base, code: 'Aborted', cause: end.reason, message });
  }
  if (end.kind === 'deadline') {
    const message = `${action} did not finish before its deadline. ${effect}`;
    return new DeadlineError({ ...base, code: 'DeadlineExceeded', message });
  }
  const message = `${action} ended because the client was closed. ${effect}`;
  return new ConfigurationError({ ...base, code: 'ClientClosed', message });
}

function pacingError(refusal: PacingRefusal, call: CallState): AnyTcccError {
  if (call.end !== undefined) return endError(call.end, false, call);
  const { action, attempts } = call;
  const base = { action, attempts, outcome: 'not-executed' as const };
  if (refusal.reason === 'queue-full') {
    const message = `${action} was not sent: ${refusal.message} Wait for earlier calls, or raise pacing.maxQueue.`;
    return new PacingError({ ...base, code: 'QueueFull', retry: 'after-backoff', message });
  }
  const message = `${action} was not sent: ${refusal.message} Raise deadlineMs, or send fewer calls at a time.`;
  return new DeadlineError({ ...base, code: 'DeadlineExceeded', message });
}

function credentialsError(error: CredentialsError, { action, attempts }: CallState): CredentialsError {
  const { code, message, outcome, cause } = error;
  return new CredentialsError({
    code,
    outcome,
    cause,
    action,
    attempts,
    message: `${action} was not sent: ${message}`,
  });
}

function unexpected(thrown: unknown, { action, attempts, isSent }: CallState): TransportError {
  const outcome = isSent ? 'unknown' : 'not-executed';
  const message = `${action}: something unexpected went wrong; see the cause. ${effectOf(isSent, attempts)}`;
  return new TransportError({
    code: 'UnexpectedFailure',
    outcome,
    action,
    attempts,
    cause: safeCause(thrown),
    message,
  });
}

function effectOf(sent: boolean, attempts: number): string {
  if (sent) return 'The request was on its way and may have been executed.';
  return attempts === 0 ? 'It had not been sent.' : 'No attempt was executed.';
}

/** A pacer of the caller's own failed; no request had been made. */
export function pacerFailed(thrown: unknown, { action, attempts }: CallState): PacingError {
  const message = `${action} was not sent: the pacer failed; see the cause.`;
  const cause = safeCause(thrown);
  return new PacingError({ code: 'PacerFailed', outcome: 'not-executed', action, attempts, cause, message });
}
