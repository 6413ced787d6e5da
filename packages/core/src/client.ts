import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ActionDefinition } from './action.js';
import { Attempt, History } from './call/attempt.js';
import { Call } from './call/call.js';
import type { CallFacts } from './call/errors.js';
import { toCallError } from './call/errors.js';
import { CredentialCache } from './credentials/cache.js';
import type { Credentials } from './credentials/types.js';
import { attemptChannel } from './diagnostics.js';
import type { AnyTcccError } from './errors/errors.js';
import type { CallOptions } from './options/call-options.js';
import { clientClosed } from './checks.js';
import type { ClientOptions } from './options/client-options.js';
import type { Settings } from './options/settings.js';
import { resolveOptions } from './options/settings.js';
import { PacingRefusal } from './pacing/pacer.js';
import { Slots } from './pacing/slots.js';
import type { Success } from './response/read.js';
import { ResponseFailure, foreign, readResponse, safeRequestId } from './response/read.js';
import { SeenIds } from './response/seen-ids.js';
import type { Correction } from './retry/retrier.js';
import { Retrier } from './retry/retrier.js';
import type { RequestToSign } from './signing/request-signer.js';
import { RequestSigner } from './signing/request-signer.js';
import { ServiceClock } from './signing/service-clock.js';
import type { ResponseHeaders } from './transport/dispatcher.js';
import type { Transport } from './transport/exchange.js';
import { startExchange } from './transport/exchange.js';
import { createPool } from './transport/pool/pool.js';

/** A call that has not ended, and how far it has come. */
interface RunningCall {
  readonly call: Call;
  readonly history: History;
}

/**
 * Calls actions of Tencent Cloud API 3.0. Knows no action itself: each call brings its definition.
 *
 * A call is `params -> validate -> [ acquire slot -> credentials -> sign -> exchange -> read response -> decide ] -> result`,
 * and the bracket is one attempt. The slot comes first, so that neither credentials nor a timestamp age in the queue. Steps take
 * values and return what they learnt; only this file writes to the attempt and to the history of the call.
 */
export class ServiceClient {
  readonly #settings: Settings;
  readonly #credentials: CredentialCache;
  readonly #slots: Slots;
  readonly #serviceClock: ServiceClock;
  readonly #signer: RequestSigner;
  readonly #retrier: Retrier;
  readonly #seenIds = new SeenIds();
  readonly #running = new Set<RunningCall>();
  #dispatcher: Transport | undefined;
  #opening: Promise<Transport> | undefined;
  #closing: Promise<void> | undefined;
  #onIdle: (() => void) | undefined;

  /** @throws ConfigurationError or CredentialsError that names the option */
  constructor(options: ClientOptions = {}) {
    const settings = resolveOptions(options);
    this.#settings = settings;
    this.#dispatcher = settings.dispatcher;
    this.#credentials = new CredentialCache(settings.credentials, settings.clock);
    this.#slots = new Slots(settings.pacing, settings.clock);
    this.#serviceClock = new ServiceClock(settings.clock);
    this.#signer = new RequestSigner(this.#serviceClock, settings.fixedHeaders);
    this.#retrier = new Retrier(settings.retry, settings.random);
  }

  /**
   * Calls one action.
   *
   * @throws TcccError of some kind, and nothing else; its `outcome` says what is known about the side effect
   */
  call<Params, Result>(
    definition: ActionDefinition<Params, Result>,
    params: Params,
    options?: CallOptions,
  ): Promise<Result> {
    let call: Call;
    try {
      if (this.#closing !== undefined) throw clientClosed(definition.name);
      call = new Call(definition, params, options, this.#settings);
    } catch (error) {
      return Promise.reject(error as AnyTcccError);
    }
    // What waits for its turn should hold on to the body only, not to the parameters that it was made from.
    return this.#run({ call, history: new History() }) as Promise<Result>;
  }

  /** Attempts until there is a result, or a failure that must not or cannot be followed by another attempt. */
  async #run(running: RunningCall): Promise<unknown> {
    const { call, history } = running;
    let previous: AnyTcccError | undefined;
    this.#running.add(running);
    try {
      for (;;) {
        const attempt = new Attempt(this.#settings.clock.monotonic());
        history.current = attempt;
        let failure: unknown;
        let facts: CallFacts;
        let error: AnyTcccError;
        try {
          const { result, requestId } = await this.#attempt(call, attempt, history);
          this.#retrier.succeeded(history.retries);
          this.#credentials.confirm(attempt.credentials);
          this.#publish(running, attempt, undefined, requestId);
          attempt.exchange?.releaseConnection();
          return result;
        } catch (thrown) {
          failure = thrown;
          facts = factsOf(running);
          error = toCallError(failure, facts);
          // There was no place in the queue for another attempt; why the one before failed says more.
          if (failure instanceof PacingRefusal && previous !== undefined && facts.cancelReason === undefined)
            throw previous;
          previous = error;
          this.#publish(running, attempt, error, error.requestId);
        } finally {
          history.current = undefined;
          this.#slots.release(attempt.slot, attempt.use);
        }
        try {
          if (await this.#isRetried(error, running, attempt)) continue;
        } finally {
          attempt.exchange?.releaseConnection();
        }
        throw history.hasUnknown ? toCallError(failure, { ...facts, hasUnknown: true }) : error;
      }
    } finally {
      call.scope.release();
      this.#running.delete(running);
      if (this.#running.size === 0) this.#onIdle?.();
    }
  }

  /** The bracket: one attempt, from top to bottom. Waits only if there is something to wait for. */
  async #attempt(call: Call, attempt: Attempt, history: History): Promise<Success> {
    const { scope, definition } = call;
    const { clock, attemptTimeoutMs, maxResponseBytes } = this.#settings;
    scope.throwIfCancelled();
    const named = this.#credentials.account();
    const account = named instanceof Promise ? await scope.race(named) : named;
    const dispatcher = this.#dispatcher ?? (await scope.race(this.#open()));

    const turn = this.#slots.acquire({
      key: `${call.origin} ${call.action} ${account}`,
      rateLimit: definition.rateLimit,
      scope,
    });
    attempt.slot = turn instanceof Promise ? await turn : turn;
    const fetched = this.#credentials.get();
    const credentials = fetched instanceof Promise ? await scope.race(fetched) : fetched;
    scope.throwIfCancelled();
    attempt.grantedAtMs = clock.monotonic();

    history.attempts++;
    history.traceId = attempt.traceId;
    attempt.credentials = credentials;
    attempt.clockOffsetMs = this.#serviceClock.offsetMs;
    attempt.exchange = startExchange({
      dispatcher,
      origin: call.origin,
      path: '/',
      method: 'POST',
      headers: this.#signer.sign(requestToSign(call, attempt), credentials),
      body: call.body,
      timeoutMs: attemptTimeoutMs,
      maxResponseBytes,
      scope,
      clock,
      onSent: () => {
        attempt.isSent = true;
        this.#slots.sent(attempt.slot);
      },
    });
    const response = await attempt.exchange.response;
    attempt.isAnswered = true;
    if (response.isEarly) throw new ResponseFailure(foreign('came before the request was sent completely'));
    if (attempt.exchange.hasSurplus) throw new ResponseFailure(foreign('was followed by another one'));
    attempt.serviceDate = readDate(response.headers);

    const reading = readResponse(response, {
      action: definition,
      secrets: secretsOf(credentials),
      maxResponseBytes,
      traceId: attempt.traceId,
      seenIds: this.#seenIds,
    });
    if (reading.kind === 'success') return reading;
    if (reading.kind === 'unusable') attempt.exchange.endConnection();
    throw new ResponseFailure(reading);
  }

  /**
   * Whether another attempt is to be made. Waits, or puts right what was wrong, before it says so.
   *
   * @throws TcccError if the call was cancelled meanwhile
   */
  async #isRetried(error: AnyTcccError, running: RunningCall, attempt: Attempt): Promise<boolean> {
    const { call, history } = running;
    if (this.#closing !== undefined || call.scope.cancelReason !== undefined) return false;
    const { retries, corrections } = history;
    const { remainingMs } = call.scope;
    const plan = this.#retrier.plan(error, { retries, corrections, remainingMs });
    if (plan === undefined) return false;
    if (error.outcome !== 'not-executed') history.hasUnknown = true;
    history.retries++;
    let isWorthwhile = true;
    let cancelled: unknown;
    try {
      if (plan.correction !== undefined) {
        corrections.add(plan.correction);
        isWorthwhile = await this.#correct(plan.correction, call, attempt);
      }
      if (isWorthwhile) await call.scope.sleep(plan.waitMs);
    } catch (thrown) {
      isWorthwhile = false; // A correction failed; the service's own answer says more than its failure.
      if (call.scope.cancelReason !== undefined) cancelled = thrown;
    }
    // In a busy process, what came during the pause is seen only after a turn of the event loop.
    if (attempt.exchange?.isConnectionKnown) await nextTurn();
    // The real response has come meanwhile, so the refusal was another request's.
    if (attempt.exchange?.hasSurplus)
      throw toCallError(new ResponseFailure(foreign('was followed by another one')), factsOf(running));
    if (cancelled === undefined) return isWorthwhile;
    throw toCallError(cancelled, { ...factsOf(running), hasUnknown: history.hasUnknown });
  }

  /** Puts right what made the service refuse an attempt; returns whether the next one would differ. */
  #correct(correction: Correction, { scope }: Call, attempt: Attempt): boolean | Promise<boolean> {
    return correction === 'clock'
      ? this.#serviceClock.correct(attempt.serviceDate, attempt.clockOffsetMs)
      : scope.race(this.#credentials.replace(attempt.credentials!));
  }

  /** Tells diagnostics about the end of an attempt that had its turn. */
  #publish(
    { call, history }: RunningCall,
    { begunAtMs, grantedAtMs, traceId }: Attempt,
    error: AnyTcccError | undefined,
    id: string | undefined,
  ): void {
    if (!attemptChannel.hasSubscribers || grantedAtMs === undefined) return;
    const requestId = safeRequestId(id);
    attemptChannel.publish({
      action: call.action,
      endpoint: call.origin,
      attempt: history.attempts,
      outcome: error?.outcome ?? 'succeeded',
      ...(error === undefined ? {} : { code: error.code }),
      ...(requestId === undefined ? {} : { requestId }),
      traceId,
      waitedMs: grantedAtMs - begunAtMs,
      tookMs: this.#settings.clock.monotonic() - grantedAtMs,
    });
  }

  /** Builds the pool at the first call; one that could not be built is tried again at the next. */
  #open(): Promise<Transport> {
    this.#opening ??= createPool(this.#settings).then(
      (pool) => (this.#dispatcher = pool),
      (failure: unknown) => {
        this.#opening = undefined;
        throw failure;
      },
    );
    return this.#opening;
  }

  /**
   * Closes the client: calls that wait for anything but a response end at once as `not-executed`, responses that are
   * outstanding are awaited, and then the client's own connections are closed. Safe to call twice.
   */
  close(): Promise<void> {
    this.#closing ??= this.#shutDown();
    return this.#closing;
  }

  async #shutDown(): Promise<void> {
    for (const { call, history } of this.#running) {
      if (!history.isAwaitingResponse) call.scope.cancel({ kind: 'closed' });
    }
    if (this.#running.size > 0) await new Promise<void>((resolve) => (this.#onIdle = resolve));
    this.#credentials.close();
    const own = await this.#opening?.catch(() => undefined);
    await own?.destroy?.();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

function requestToSign(
  { definition, host, payloadHash, extraHeaders }: Call,
  { traceId }: Attempt,
): RequestToSign {
  return { definition, host, payloadHash, extraHeaders, traceId };
}

function secretsOf({ secretId, secretKey, token }: Credentials): string[] {
  return token === undefined ? [secretId, secretKey] : [secretId, secretKey, token];
}

function readDate({ date }: ResponseHeaders): string | undefined {
  return typeof date === 'string' ? date : undefined;
}

/** What is known of the current attempt of a call, for an error that is made now. */
function factsOf({ call, history }: RunningCall): CallFacts {
  return {
    action: call.action,
    origin: call.origin,
    attempts: history.attempts,
    isSent: history.current?.isSent ?? false,
    hasUnknown: false,
    cancelReason: call.scope.cancelReason,
    deadlineMs: call.deadlineMs,
    traceId: history.traceId,
    secrets: history.current?.credentials === undefined ? [] : secretsOf(history.current.credentials),
  };
}
