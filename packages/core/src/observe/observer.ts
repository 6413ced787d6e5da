import type { Attempt, History } from '../call/attempt.js';
import type { RunningCalls } from '../call/running.js';
import { checkFunction } from '../checks.js';
import type { Clock } from '../clock.js';
import type { AttemptTrace, CallTrace, CredentialsMessage } from '../diagnostics.js';
import {
  attemptTracing,
  callTracing,
  clockChannel,
  credentialsChannel,
  endTrace,
  isTraced,
  queueChannel,
  retryChannel,
  runTraced,
} from '../diagnostics.js';
import type { AnyTcccError } from '../errors/errors.js';
import type { ClientOptions } from '../options/client-options.js';
import { readHeaders } from '../options/headers.js';
import type { RequestHook, ResponseHook } from '../options/observe-options.js';
import type { RetryPolicy } from '../retry/policy.js';
import { publishAttempt, publishUnsent } from './attempt-messages.js';
import type { Log } from './logger.js';
import { resolveLog } from './logger.js';
import { whyNot } from './reason.js';
import { responseInfo } from './response-info.js';

const NO_HEADERS: readonly string[] = [];

/**
 * Tells of what a client does: to the log, to the hooks, and to the diagnostics channels. If nobody listens, it costs a few
 * comparisons for each call, and makes nothing.
 */
export class Observer {
  readonly #log: Log | undefined;
  readonly #onRequest: RequestHook | undefined;
  readonly #onResponse: ResponseHook | undefined;
  readonly #clock: Clock;
  readonly #policy: RetryPolicy;

  /** @throws ConfigurationError that names the option */
  constructor({ logger, logLevel, onRequest, onResponse }: ClientOptions, clock: Clock, policy: RetryPolicy) {
    checkFunction('onRequest', onRequest);
    checkFunction('onResponse', onResponse);
    this.#log = resolveLog(logger, logLevel);
    this.#onRequest = onRequest;
    this.#onResponse = onResponse;
    this.#clock = clock;
    this.#policy = policy;
  }

  /** Runs a call, between the start and the end of a trace if somebody follows it. */
  run<T>(history: History, inside: (history: History) => Promise<T>): Promise<T> {
    return isTraced(callTracing) ? traceCall(history, inside) : inside(history);
  }

  /** The same for an attempt that has its turn. Its trace ends when it is known what came of it. */
  send<T>(history: History, attempt: Attempt, inside: () => Promise<T>): Promise<T> {
    if (!isTraced(attemptTracing)) return inside();
    const { call } = history;
    const trace: AttemptTrace = {
      service: call.definition.service,
      action: call.action,
      endpoint: call.origin,
      attempt: history.attempts + 1,
      traceId: attempt.traceId,
      waitedMs: this.#clock.monotonic() - attempt.begunAtMs,
    };
    attempt.trace = trace;
    return runTraced(attemptTracing, trace, inside);
  }

  /** A call begins to wait for its turn. */
  waits({ call }: History, running: RunningCalls): void {
    if (!queueChannel.hasSubscribers) return;
    const queued = running.count((attempt) => attempt.isQueued);
    queueChannel.publish({ action: call.action, endpoint: call.origin, queued });
  }

  /** Headers that a hook adds to a request: names and values in turn. */
  request({ call, attempts }: History, { traceId }: Attempt): readonly string[] {
    if (this.#onRequest === undefined) return NO_HEADERS;
    const { action, origin } = call;
    const more = this.#onRequest({ action, endpoint: origin, attempt: attempts, traceId });
    return more === undefined ? NO_HEADERS : readHeaders(more);
  }

  /** An attempt has ended: well, or with an error. */
  ended(
    history: History,
    attempt: Attempt,
    error: AnyTcccError | undefined,
    requestId: string | undefined,
    endedAtMs: number,
  ): void {
    publishAttempt(history, attempt, error, requestId, endedAtMs);
    publishUnsent(history, attempt, error, endedAtMs);
    if (attempt.trace !== undefined) endAttempt(attempt.trace, attempt, error, requestId);
    const { onResponse } = history.call;
    const hooks = this.#onResponse ?? onResponse;
    if (hooks === undefined && this.#log === undefined) return;
    const info = responseInfo(history, attempt, error, requestId, endedAtMs);
    if (attempt.head !== undefined) {
      tell(this.#onResponse, info);
      tell(onResponse, info);
    }
    const { headers: _headers, ...fields } = info;
    const event = attempt.grantedAtMs === undefined ? 'unsent' : 'attempt';
    this.#log?.write(error === undefined ? 'debug' : 'info', event, {
      ...fields,
      status: attempt.head?.status,
    });
  }

  /** It was decided whether another attempt follows. */
  decided(error: AnyTcccError, history: History, isRetried: boolean, sinceMs: number): void {
    if (this.#log === undefined && !retryChannel.hasSubscribers) return;
    const { call, attempts } = history;
    const message = {
      action: call.action,
      endpoint: call.origin,
      attempt: attempts,
      outcome: error.outcome,
      code: error.code,
      isRetried,
      ...(isRetried ? {} : { reason: whyNot(error, history, call.retry ?? this.#policy) }),
      waitedMs: this.#clock.monotonic() - sinceMs,
    };
    retryChannel.publish(message);
    this.#log?.write(isRetried ? 'info' : 'warn', 'retry', { ...message, traceId: error.traceId });
  }

  /** The time of the service was learnt. */
  corrected(endpoint: string, offsetMs: number): void {
    clockChannel.publish({ endpoint, offsetMs });
    this.#log?.write('warn', 'clock', { endpoint, offsetMs });
  }

  /** Credentials were fetched, or could not be. */
  renewed(message: CredentialsMessage): void {
    credentialsChannel.publish(message);
    this.#log?.write(message.isRenewed ? 'debug' : 'warn', 'credentials', { ...message });
  }
}

async function traceCall<T>(history: History, inside: (history: History) => Promise<T>): Promise<T> {
  const { call } = history;
  const trace: CallTrace = {
    service: call.definition.service,
    action: call.action,
    endpoint: call.origin,
    deadlineMs: call.deadlineMs,
  };
  try {
    const result = await runTraced(callTracing, trace, () => inside(history));
    trace.outcome = 'succeeded';
    return result;
  } catch (error) {
    trace.error = error as AnyTcccError;
    trace.outcome = trace.error.outcome;
    throw error;
  } finally {
    trace.attempts = history.attempts;
    endTrace(callTracing, trace);
  }
}

function endAttempt(
  trace: AttemptTrace,
  { head }: Attempt,
  error: AnyTcccError | undefined,
  requestId: string | undefined,
): void {
  trace.outcome = error?.outcome ?? 'succeeded';
  if (requestId !== undefined) trace.requestId = requestId;
  if (head !== undefined) trace.status = head.status;
  if (error !== undefined) trace.error = error;
  endTrace(attemptTracing, trace);
}

/** What a hook throws is not lost, and changes nothing. */
function tell(hook: ResponseHook | undefined, info: Parameters<ResponseHook>[0]): void {
  try {
    hook?.(info);
  } catch (error) {
    process.nextTick(() => {
      throw error;
    });
  }
}
