import type { Attempt, History } from '../call/attempt.js';
import { HookFailure } from '../call/hook-failure.js';
import type { RunningCalls } from '../call/running.js';
import type { Clock } from '../clock.js';
import type { CredentialsMessage, NoRetryReason } from '../diagnostics.js';
import {
  attemptChannel,
  attemptTracing,
  callTracing,
  clockChannel,
  credentialsChannel,
  isTraced,
  queueChannel,
  retryChannel,
  unsentChannel,
} from './channels.js';
import type { AnyTcccError } from '../errors/errors.js';
import { isConfigurationError } from '../errors/guards.js';
import { readHeaders } from '../options/headers.js';
import type { RequestHook, ResponseHook } from '../options/observe-options.js';
import type { Settings } from '../options/settings.js';
import { apart } from './apart.js';
import { publishAttempt, publishUnsent } from './attempt-messages.js';
import type { Log } from './logger.js';
import { responseInfo } from './response-info.js';
import { endAttempt, traceAttempt, traceCall } from './trace.js';

/**
 * Tells of what a client does: to the log, to the hooks, and to the diagnostics channels. If nobody listens, it costs a few
 * comparisons for each call, and makes nothing. Nothing that a listener does changes what a call reports.
 */
export class Observer {
  readonly #log: Log | undefined;
  readonly #onRequest: RequestHook | undefined;
  readonly #onResponse: ResponseHook | undefined;
  readonly #clock: Clock;

  constructor({ onRequest, onResponse, clock }: Settings, log: Log | undefined) {
    this.#log = log;
    this.#onRequest = onRequest;
    this.#onResponse = onResponse;
    this.#clock = clock;
  }

  /** Whether somebody follows calls; only then is one to be run by `call`. */
  get followsCalls(): boolean {
    return isTraced(callTracing);
  }

  /** Runs a call, between the start and the end of its trace. */
  call<T>(history: History, run: () => Promise<T>): Promise<T> {
    return traceCall(history, run);
  }

  /** Whether somebody follows attempts; only then is one to be run by `attempt`. */
  get followsAttempts(): boolean {
    return isTraced(attemptTracing);
  }

  /** Runs an attempt that has its turn. Its trace ends when it is known what came of it. */
  attempt<T>(history: History, attempt: Attempt, send: () => Promise<T>): Promise<T> {
    return traceAttempt(history, attempt, this.#clock, send);
  }

  /** A call begins to wait for its turn. */
  waits({ call }: History, running: RunningCalls): void {
    if (!queueChannel.hasSubscribers) return;
    const queued = running.count((other) => other.isQueued);
    queueChannel.publish({ action: call.action, endpoint: call.origin, queued });
  }

  /**
   * Headers that a hook adds to a request; undefined if it adds none. Those with the same name are joined, as in a `Headers`.
   *
   * @throws HookFailure
   */
  request({ call, attempts }: History, { traceId }: Attempt): ReadonlyMap<string, string> | undefined {
    if (this.#onRequest === undefined) return undefined;
    const { action, origin } = call;
    try {
      const given = this.#onRequest({ action, endpoint: origin, attempt: attempts + 1, traceId });
      return given === undefined ? undefined : headersOf(given);
    } catch (error) {
      if (error instanceof HookFailure) throw error;
      throw new HookFailure(
        'The option onRequest must be a function that does not throw; see the cause.',
        error,
      );
    }
  }

  succeeded(history: History, attempt: Attempt, requestId: string | undefined): void {
    if (!this.#isHeard(history, attempt)) return;
    apart(() => this.#ended(history, attempt, undefined, requestId, this.#clock.monotonic()));
  }

  failed(history: History, attempt: Attempt, error: AnyTcccError, endedAtMs: number): void {
    if (!this.#isHeard(history, attempt)) return;
    apart(() => this.#ended(history, attempt, error, error.requestId, endedAtMs));
  }

  #isHeard({ call }: History, { trace }: Attempt): boolean {
    const hasListener = attemptChannel.hasSubscribers || unsentChannel.hasSubscribers || trace !== undefined;
    return hasListener || (this.#log ?? this.#onResponse ?? call.onResponse) !== undefined;
  }

  #ended(
    history: History,
    attempt: Attempt,
    error: AnyTcccError | undefined,
    requestId: string | undefined,
    endedAtMs: number,
  ): void {
    publishAttempt(history, attempt, error, requestId, endedAtMs);
    publishUnsent(history, attempt, error, endedAtMs);
    apart(() => endAttempt(attempt, error, requestId));
    const info = responseInfo(history, attempt, error, requestId, endedAtMs);
    if (attempt.head !== undefined) {
      apart(() => this.#onResponse?.(info));
      apart(() => history.call.onResponse?.(info));
    }
    const { headers: _headers, ...fields } = info;
    this.#log?.write(error === undefined ? 'debug' : 'info', attempt.isQueued ? 'unsent' : 'attempt', {
      ...fields,
      status: attempt.head?.status,
    });
  }

  /** It was decided whether another attempt follows one that failed; `reason` says why not. */
  decided(
    { call, attempts }: History,
    { outcome, code, traceId }: AnyTcccError,
    reason: NoRetryReason | undefined,
    sinceMs: number,
  ): void {
    if (this.#log === undefined && !retryChannel.hasSubscribers) return;
    apart(() => {
      const isRetried = reason === undefined;
      const message = {
        action: call.action,
        endpoint: call.origin,
        attempt: attempts,
        outcome,
        code,
        isRetried,
        ...(isRetried ? {} : { reason }),
        waitedMs: this.#clock.monotonic() - sinceMs,
      };
      retryChannel.publish(message);
      this.#log?.write(isRetried ? 'info' : 'warn', 'retry', { ...message, traceId });
    });
  }

  /** The time of the service was learnt. */
  readonly corrected = (endpoint: string, offsetMs: number): void => {
    clockChannel.publish({ endpoint, offsetMs });
    this.#log?.write('warn', 'clock', { endpoint, offsetMs });
  };

  /** Credentials were fetched, or could not be. */
  readonly renewed = (message: CredentialsMessage): void => {
    credentialsChannel.publish(message);
    this.#log?.write(message.isRenewed ? 'debug' : 'warn', 'credentials', { ...message });
  };
}

function headersOf(given: unknown): ReadonlyMap<string, string> {
  if (isPromise(given)) {
    given.then(undefined, () => {});
    throw new HookFailure('The option onRequest must be a function that is not asynchronous.');
  }
  const pairs = readPairs(given);
  const headers = new Map<string, string>();
  for (let index = 0; index < pairs.length; index += 2) {
    const [name, value] = [pairs[index]!, pairs[index + 1]!];
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return headers;
}

function readPairs(given: unknown): readonly string[] {
  try {
    return readHeaders(given, 'headers of onRequest');
  } catch (error) {
    throw isConfigurationError(error) ? new HookFailure(error.message) : error;
  }
}

function isPromise(given: unknown): given is PromiseLike<unknown> {
  return typeof (given as Partial<PromiseLike<unknown>> | null)?.then === 'function';
}
