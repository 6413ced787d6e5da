import type { ErrorFact, Idempotency } from '../action.js';
import { listedCode } from '../action.js';
import type { CancelReason } from '../cancellation.js';
import { Cancelled } from '../cancellation.js';
import type { TcccErrorFields } from '../errors/base.js';
import type { AnyTcccError } from '../errors/errors.js';
import {
  AbortedError,
  ConfigurationError,
  CredentialsError,
  DeadlineError,
  PacingError,
  ResponseError,
  ServiceError,
  TransportError,
} from '../errors/errors.js';
import { UNLISTED_CODE } from '../errors/docs.js';
import { isTcccError } from '../errors/guards.js';
import type { TransportErrorCode } from '../errors/codes.js';
import type { Outcome, RetryClass } from '../errors/outcome.js';
import { safeText } from '../errors/redact.js';
import { safeCause } from '../errors/safe-cause.js';
import { PacerFailure, PacingRefusal } from '../pacing/pacer.js';
import type { Refusal, Unusable } from '../response/read.js';
import { ResponseFailure, followedByAnother } from '../response/read.js';
import { afterDoubt, isPassingRefusal, isPassingResponse } from '../retry/what-helps.js';
import type { ExchangeFailureKind } from '../transport/failures.js';
import { describeConnectFailure, isRefusal } from '../transport/connect-failures.js';
import { ExchangeFailure, SetupFailure } from '../transport/failures.js';
import type { CallFacts } from './facts.js';
import { HookFailure } from './hook-failure.js';

/** Puts whatever a step threw into the error family, so that nothing else escapes from a call. */
export async function toCallError(thrown: unknown, facts: CallFacts): Promise<AnyTcccError> {
  if (thrown instanceof Cancelled) return cancelError(thrown.reason, false, facts);
  if (thrown instanceof ExchangeFailure) {
    if (thrown.kind === 'overtaken') return toCallError(followedByAnother(), facts);
    const isCancelled = thrown.kind === 'cancelled' && facts.cancelReason !== undefined;
    return isCancelled ? cancelError(facts.cancelReason, thrown.sent, facts) : exchangeError(thrown, facts);
  }
  if (thrown instanceof ResponseFailure) {
    const { reading } = thrown;
    if (reading.kind !== 'refusal') return responseError(reading, facts);
    return serviceError(reading, await meaningOf(reading, facts), facts);
  }
  if (thrown instanceof PacingRefusal) return refusedByPacer(thrown, facts);
  if (thrown instanceof HookFailure) return hookError(thrown, facts);
  if (thrown instanceof SetupFailure) return setupError(thrown, facts);
  if (thrown instanceof PacerFailure) return pacerFailed(thrown, facts);
  // Callers that share one fetch of credentials each get an error of their own. Once a request was sent, an error of the family
  // can only come from an object of the caller's own, and knows nothing of this call.
  if (isTcccError(thrown) && !facts.delivery.isSent)
    return thrown.kind === 'credentials' ? credentialsError(thrown, facts) : thrown;
  const says = `met something unexpected; see the cause. ${effectOf(facts.delivery.isSent, facts)}`;
  const rest = { cause: safeCause(thrown, facts.secrets) };
  return transportError('UnexpectedFailure', outcomeOf(facts.delivery.isSent), says, facts, rest);
}

/** A response that cannot be given as a result. */
function responseError(unusable: Unusable, facts: CallFacts): ResponseError {
  const { code, says, outcome, requestId, ...details } = unusable;
  const effect = outcome === 'executed' ? EXECUTED[facts.idempotency] : MAY_HAVE_EXECUTED[facts.idempotency];
  const fields = fieldsOf(code, outcome, `${says} ${effect}`, facts, requestId);
  const isPassing = isPassingResponse(code, details.status);
  return new ResponseError({ ...fields, ...details, retry: afterDoubt(facts.idempotency, isPassing) });
}

/** What to know of a request that may have been executed. */
const MAY_HAVE_EXECUTED: Readonly<Record<Idempotency, string>> = {
  none: 'The request may have been executed, so it is not sent again.',
  idempotent: 'The request may have been executed.',
  safe: 'It only reads, so nothing was changed.',
};

/** What to know of a request that was executed. */
const EXECUTED: Readonly<Record<Idempotency, string>> = {
  none: 'The request was executed. Do not call again.',
  idempotent: 'The request was executed.',
  safe: MAY_HAVE_EXECUTED.safe,
};

/** What a code means, if that is known. */
async function meaningOf({ code, fact }: Refusal, { definition }: CallFacts): Promise<string | undefined> {
  if (fact === undefined) return undefined;
  if (fact.meaning !== undefined) return fact.meaning;
  const meanings = await definition.meanings?.().catch(() => undefined);
  return meanings?.[listedCode(definition.errors(), code)!] ?? EFFECT[fact.outcome];
}

/** What to say of a code if no meaning is at hand. */
const EFFECT: Readonly<Record<ErrorFact['outcome'], string>> = {
  'not-executed': 'Nothing was done.',
  unknown: 'The request may have been executed.',
};

/** A response with an error code of the service. */
function serviceError(refusal: Refusal, known: string | undefined, facts: CallFacts): ServiceError {
  const { code, fact, status, requestId } = refusal;
  const serviceMessage = safeText(refusal.rawMessage, facts.secrets);
  const doubt = doubtOf(refusal);
  const meaning = known ?? `${doubt}. ${MAY_HAVE_EXECUTED[facts.idempotency]}`;
  const quoted = serviceMessage === '' ? '' : ` The service says: ${serviceMessage}`;
  const outcome = fact?.outcome ?? 'unknown';
  const says = `got the error ${code}. ${meaning}${quoted}`;
  return new ServiceError({
    ...fieldsOf(code, outcome, says, facts, requestId),
    docsCode: listedCode(facts.definition.errors(), code) ?? UNLISTED_CODE,
    retry:
      outcome === 'unknown' ? afterDoubt(facts.idempotency, isPassingRefusal(fact, status)) : fact?.retry,
    status,
    serviceMessage,
  });
}

function doubtOf({ status, isOfService }: Refusal): string {
  if (isOfService) return 'This version does not know the code';
  return status === 200 ? 'It came without a request id' : `It came with HTTP status ${status}`;
}

function cancelError(reason: CancelReason, isSent: boolean, facts: CallFacts): AnyTcccError {
  const outcome = outcomeOf(isSent);
  const effect = effectOf(isSent, facts);
  if (reason.kind === 'aborted') {
    const fields = fieldsOf('Aborted', outcome, `was aborted by the caller. ${effect}`, facts);
    return new AbortedError({ ...fields, cause: reason.reason });
  }
  if (reason.kind === 'deadline') {
    return deadlineError(
      outcome,
      `did not finish within its deadline of ${facts.deadlineMs} ms. ${effect}`,
      facts,
    );
  }
  return new ConfigurationError(
    fieldsOf('ClientClosed', outcome, `ended because the client was closed. ${effect}`, facts),
  );
}

function deadlineError(outcome: Outcome, says: string, facts: CallFacts): DeadlineError {
  const fields = fieldsOf('DeadlineExceeded', outcome, says, facts);
  // A new call has a new deadline.
  return new DeadlineError({
    ...fields,
    retry: fields.outcome === 'not-executed' ? 'after-backoff' : 'never',
  });
}

function refusedByPacer(refusal: PacingRefusal, facts: CallFacts): AnyTcccError {
  if (facts.cancelReason !== undefined) return cancelError(facts.cancelReason, false, facts);
  if (refusal.reason === 'queue-full') {
    const says = `was not sent: ${refusal.message} Wait for earlier calls, or raise pacing.maxQueue.`;
    return pacingError('QueueFull', says, facts, undefined, 'after-backoff');
  }
  const says = `was not sent: ${refusal.message} Raise deadlineMs, or send fewer calls at a time.`;
  return deadlineError('not-executed', says, facts);
}

/** Only the words of a `PacingRefusal` are shown: those of any other error may hold a secret or a number. */
function pacerFailed({ cause }: PacerFailure, facts: CallFacts): PacingError {
  if (cause instanceof PacingRefusal)
    return pacingError('PacerFailed', `was not sent: the pacer failed. ${cause.message}`, facts, undefined);
  return pacingError('PacerFailed', 'was not sent: the pacer failed; see the cause.', facts, cause);
}

function pacingError(
  code: PacingError['code'],
  says: string,
  facts: CallFacts,
  cause: unknown,
  retry?: RetryClass,
): PacingError {
  const fields = fieldsOf(code, 'not-executed', says, facts);
  return new PacingError({
    ...fields,
    retry,
    cause: cause === undefined ? undefined : safeCause(cause, facts.secrets),
  });
}

function credentialsError(error: CredentialsError, facts: CallFacts): CredentialsError {
  const fields = fieldsOf(error.code, 'not-executed', `was not sent: ${error.message}`, facts);
  return new CredentialsError({ ...fields, retry: error.retry, cause: error.cause });
}

/** The client's own connections cannot be set up. Nothing of the cause of a wrong proxy is shown: it can hold a password. */
function setupError({ kind, message, cause }: SetupFailure, facts: CallFacts): ConfigurationError {
  const isLoad = kind === 'load';
  const code = isLoad ? 'TransportUnavailable' : 'InvalidOption';
  const fields = fieldsOf(code, 'not-executed', `was not sent: ${message}`, facts);
  return new ConfigurationError({ ...fields, cause: isLoad ? safeCause(cause, facts.secrets) : undefined });
}

function hookError({ message, cause }: HookFailure, facts: CallFacts): ConfigurationError {
  const fields = fieldsOf('InvalidOption', 'not-executed', `was not sent: ${message}`, facts);
  return new ConfigurationError({
    ...fields,
    cause: cause === undefined ? undefined : safeCause(cause, facts.secrets),
  });
}

/** An exchange without a complete response. */
function exchangeError(failure: ExchangeFailure, facts: CallFacts): AnyTcccError {
  const cause = failure.cause === undefined ? undefined : safeCause(failure.cause, facts.secrets);
  if (failure.kind === 'too-large') {
    const says = 'got a response that is longer than maxResponseBytes; it was not read.';
    return responseError({ kind: 'unusable', code: 'ResponseTooLarge', outcome: 'unknown', says }, facts);
  }
  if (failure.sent) return lostAfterSending(failure, facts, cause);
  if (isRefusal(failure.cause)) {
    const says =
      'was not sent: the dispatcher refused the request. It must be an open dispatcher of undici 7 or later.';
    return new ConfigurationError({ ...fieldsOf('InvalidOption', 'not-executed', says, facts), cause });
  }
  const { code, what, helps } =
    failure.kind === 'timeout' ? ATTEMPT_TIMEOUT : describeConnectFailure(failure.cause);
  const retry = helps ? 'after-backoff' : 'never';
  return transportError(code, 'not-executed', `was not sent: ${what} (${facts.origin}).`, facts, {
    cause,
    retry,
  });
}

const ATTEMPT_TIMEOUT = {
  code: 'AttemptTimeout',
  what: 'no connection was free within attemptTimeoutMs',
  helps: true,
} as const;

/** The request was sent and no response came: nobody knows what the service did. */
function lostAfterSending({ kind }: ExchangeFailure, facts: CallFacts, cause?: Error): TransportError {
  const isTimeout = kind === 'timeout';
  const what = LOST[kind] ?? 'the connection was lost before a complete response came';
  const says = `was sent, but ${what} from ${facts.origin}. ${MAY_HAVE_EXECUTED[facts.idempotency]}`;
  const code = isTimeout ? 'ResponseTimeout' : 'ConnectionLost';
  return transportError(code, 'unknown', says, facts, { cause, retry: afterDoubt(facts.idempotency) });
}

const LOST: Partial<Record<ExchangeFailureKind, string>> = {
  timeout: 'no complete response came in time',
  replay: 'the dispatcher tried to send it a second time, so no response can be trusted,',
};

function transportError(
  code: TransportErrorCode,
  outcome: Outcome,
  says: string,
  facts: CallFacts,
  rest: { cause?: Error | undefined; retry?: RetryClass },
): TransportError {
  return new TransportError({ ...fieldsOf(code, outcome, says, facts), ...rest });
}

/** What a call that was cancelled now has certainly not done, or may have done. */
function outcomeOf(isSent: boolean): Outcome {
  return isSent ? 'unknown' : 'not-executed';
}

function effectOf(isSent: boolean, { attempts, idempotency }: CallFacts): string {
  if (isSent && idempotency === 'safe') return MAY_HAVE_EXECUTED.safe;
  if (isSent) return 'The request was on its way and may have been executed.';
  return attempts === 0 ? 'It had not been sent.' : 'No attempt was executed.';
}

/**
 * What every error of a call has. If an earlier attempt may have been executed, no later one makes up for it; but a request
 * that only reads has done nothing, whatever became of it.
 */
function fieldsOf<Code extends string>(
  code: Code,
  own: Outcome,
  says: string,
  { action, idempotency, attempts, hasUnknown, traceId }: CallFacts,
  requestId?: string,
): TcccErrorFields<Code> {
  const isDoubtful = hasUnknown && own === 'not-executed';
  const outcome = idempotency === 'safe' ? 'not-executed' : isDoubtful ? 'unknown' : own;
  const sentences = [`${action} ${says}`];
  if (isDoubtful) sentences.push('But an earlier attempt may have been executed, so the outcome is unknown.');
  if (outcome === 'unknown') sentences.push(ADVICE[idempotency], quoting(requestId, traceId));
  return { code, action, attempts, outcome, requestId, traceId, message: sentences.join(' ').trimEnd() };
}

/** What to do about an unknown outcome. */
const ADVICE: Readonly<Record<Idempotency, string>> = {
  none: 'Find out what it did before you call again.',
  idempotent: 'You may call again: the same request twice has the effect of one.',
  safe: '',
};

/** What to quote. */
function quoting(requestId: string | undefined, traceId: string | undefined): string {
  const ids = [
    ...(requestId === undefined ? [] : [`request id ${requestId}`]),
    ...(traceId === undefined ? [] : [`trace id ${traceId}`]),
  ];
  return ids.length === 0 ? '' : `Quote to the support of the service: ${ids.join(', ')}.`;
}
