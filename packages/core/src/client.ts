import type { ActionDefinition } from './action.js';
import { toCallError } from './call/call-errors.js';
import { Call } from './call/call.js';
import { ServiceClock } from './signing/service-clock.js';
import { CredentialCache } from './credentials/cache.js';
import type { Credentials } from './credentials/types.js';
import { attempts } from './diagnostics.js';
import type { AnyTcccError } from './errors/errors.js';
import { ConfigurationError } from './errors/errors.js';
import { safeCause } from './errors/redact.js';
import { invalidOption } from './options/checks.js';
import type { CallOptions, ClientOptions, Settings } from './options/options.js';
import { clientClosed, resolveOptions } from './options/options.js';
import type { PacingSlot } from './pacing/pacer.js';
import { Repetition, withEarlierAttempts } from './retry/retrier.js';
import { readResponse, safeRequestId } from './response/read.js';
import { RequestHeaders } from './signing/request-signer.js';
import { Slots } from './pacing/slots.js';
import type { HttpResponse, Transport } from './transport/exchange.js';
import { startExchange } from './transport/exchange.js';
import { SetupFailure } from './transport/failures.js';
import { createPool } from './transport/pool.js';

/**
 * Calls actions of Tencent Cloud API 3.0. Knows no action itself: each call brings its definition.
 *
 * A call is `params -> validate -> [ credentials -> acquire slot -> sign -> exchange -> read response -> decide ] -> result`,
 * where the bracket is one attempt. The slot is acquired before signing, so that no timestamp ages in the queue.
 */
export class ServiceClient {
  readonly #settings: Settings;
  readonly #credentials: CredentialCache;
  readonly #slots: Slots;
  readonly #headers: RequestHeaders;
  readonly #repetition: Repetition;
  readonly #calls = new Set<Call>();
  #dispatcher: Transport | undefined;
  #opening: Promise<Transport> | undefined;
  #closing: Promise<void> | undefined;
  #onIdle: (() => void) | undefined;

  /** @throws ConfigurationError or CredentialsError that names the option */
  constructor(options: ClientOptions = {}) {
    const settings = resolveOptions(options);
    const serviceClock = new ServiceClock(settings.clock);
    this.#settings = settings;
    this.#dispatcher = settings.dispatcher;
    this.#credentials = new CredentialCache(settings.credentials, settings.clock);
    this.#slots = new Slots(settings);
    this.#headers = new RequestHeaders(serviceClock, settings.fixedHeaders);
    this.#repetition = new Repetition(settings.retry, settings.random, this.#credentials, serviceClock);
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
    return this.#run(call) as Promise<Result>;
  }

  /**
   * Attempts until there is a result, or a failure that must not or cannot be repeated. Waits only where there is
   * something to wait for.
   */
  async #run(call: Call): Promise<unknown> {
    this.#calls.add(call);
    try {
      for (;;) {
        let slot: PacingSlot | undefined;
        let isBegun = false;
        let error: AnyTcccError;
        try {
          call.beginAttempt(attempts.hasSubscribers);
          const fetched = this.#credentials.get();
          const credentials = fetched instanceof Promise ? await call.scope.race(fetched) : fetched;
          const dispatcher = this.#dispatcher ?? (await call.scope.race(this.#open()));
          const turn = this.#slots.acquire(call, credentials);
          slot = turn instanceof Promise ? await turn : turn;
          call.beginExchange(attempts.hasSubscribers);
          isBegun = true;
          const response = await this.#exchange(call, credentials, dispatcher);
          const result = readResponse(response, call, this.#settings.maxResponseBytes);
          this.#repetition.succeeded(call);
          this.#publish(call, undefined, result.RequestId);
          return result;
        } catch (thrown) {
          error = toCallError(thrown, call);
          if (isBegun) this.#publish(call, error, error.requestId);
        } finally {
          call.isAwaitingResponse = false;
          this.#slots.release(slot, call.isSent);
        }
        const repeat = this.#closing === undefined && (await this.#repetition.prepare(error, call));
        if (!repeat) throw error;
      }
    } catch (error) {
      throw withEarlierAttempts(error as AnyTcccError, call);
    } finally {
      call.scope.close();
      this.#calls.delete(call);
      if (this.#calls.size === 0) this.#onIdle?.();
    }
  }

  /** Signs the request, and sends it at once. */
  async #exchange(call: Call, credentials: Credentials, dispatcher: Transport): Promise<HttpResponse> {
    const exchange = startExchange({
      dispatcher,
      origin: call.origin,
      path: '/',
      method: 'POST',
      headers: this.#headers.sign(call, credentials),
      body: call.body,
      timeoutMs: this.#settings.attemptTimeoutMs,
      maxResponseBytes: this.#settings.maxResponseBytes,
      scope: call.scope,
      clock: this.#settings.clock,
      onSent: () => call.onSent(),
    });
    const response = await exchange.response;
    call.onResponse(response.headers);
    return response;
  }

  /** Tells diagnostics about the end of an attempt. */
  #publish(call: Call, error: AnyTcccError | undefined, id: unknown): void {
    if (!attempts.hasSubscribers) return;
    const requestId = safeRequestId(id);
    attempts.publish({
      action: call.action,
      endpoint: call.origin,
      attempt: call.attempts,
      outcome: error?.outcome ?? 'succeeded',
      ...(error === undefined ? {} : { code: error.code }),
      ...(requestId === undefined ? {} : { requestId }),
      ...call.times,
    });
  }

  /** Builds the pool at the first call; one that could not be built is tried again at the next. */
  #open(): Promise<Transport> {
    this.#opening ??= createPool(this.#settings).then(
      (pool) => (this.#dispatcher = pool),
      (failure: unknown) => {
        this.#opening = undefined;
        if (!(failure instanceof SetupFailure)) throw failure;
        const { kind, message, variable, cause } = failure;
        if (kind === 'proxy') throw invalidOption(`${variable} of the environment`, 'the URL of a proxy');
        throw new ConfigurationError({
          code: 'TransportUnavailable',
          outcome: 'not-executed',
          message,
          cause: safeCause(cause),
        });
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
    for (const call of this.#calls) if (!call.isAwaitingResponse) call.scope.end({ kind: 'closed' });
    if (this.#calls.size > 0) await new Promise<void>((resolve) => (this.#onIdle = resolve));
    this.#credentials.close();
    const own = await this.#opening?.catch(() => undefined);
    await own?.destroy?.();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
