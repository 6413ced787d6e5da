import type { ActionDefinition } from './action.js';
import { pacerFailed, toCallError } from './call-errors.js';
import { Call } from './call.js';
import type { Clock } from './clock.js';
import { ServiceClock } from './clock.js';
import { CredentialCache } from './credentials/cache.js';
import type { Credentials } from './credentials/types.js';
import { publishAttempt } from './diagnostics.js';
import type { AnyTcccError } from './errors.js';
import type { CallOptions, ClientOptions, Settings } from './options.js';
import { clientClosed, resolveOptions } from './options.js';
import { invalidOption } from './option-checks.js';
import type { Pacer, PacingSlot } from './pacing.js';
import { LocalPacer, PacingRefusal } from './pacing.js';
import { readReply, safeRequestId } from './reply.js';
import { RetryBudget, backoffMs } from './retry.js';
import { Signer } from './tc3.js';
import type { DispatcherLike } from './transport/dispatcher.js';
import type { HttpReply } from './transport/exchange.js';
import { exchange } from './transport/exchange.js';
import { createPool } from './transport/pool.js';

const CONTENT_TYPE = 'application/json; charset=utf-8';

/**
 * Calls actions of Tencent Cloud API 3.0. Knows no action itself: each call brings its definition.
 *
 * A call is `params -> validate -> [ credentials -> acquire slot -> sign -> exchange -> read reply -> decide ] -> result`,
 * where the bracket is one attempt. The slot is acquired before signing, so that no timestamp ages in the queue.
 */
export class ServiceClient {
  readonly #settings: Settings;
  readonly #credentials: CredentialCache;
  readonly #serviceClock: ServiceClock;
  readonly #signer = new Signer();
  readonly #budget = new RetryBudget();
  readonly #pacer: Pacer | undefined;
  readonly #calls = new Set<Call>();
  #dispatcher: DispatcherLike | undefined;
  #opening: Promise<DispatcherLike> | undefined;
  #closing: Promise<void> | undefined;
  #onIdle: (() => void) | undefined;

  /** @throws ConfigurationError or CredentialsError that names the option */
  constructor(options: ClientOptions = {}) {
    const settings = resolveOptions(options);
    this.#settings = settings;
    this.#dispatcher = settings.dispatcher;
    this.#credentials = new CredentialCache(settings.credentials, settings.clock);
    this.#serviceClock = new ServiceClock(settings.clock);
    this.#pacer =
      settings.pacing === false ? undefined : (settings.pacing.pacer ?? localPacer(settings.clock));
  }

  /**
   * Calls one action.
   *
   * @throws TcccError of some kind, and nothing else; its `outcome` says what is known about the side effect
   */
  async call<Params, Result>(
    definition: ActionDefinition<Params, Result>,
    params: Params,
    options: CallOptions = {},
  ): Promise<Result> {
    if (this.#closing !== undefined) throw clientClosed(definition.name);
    const call = new Call(definition, params, options, this.#settings);
    this.#calls.add(call);
    try {
      return (await this.#run(call)) as Result;
    } finally {
      call.scope.close();
      this.#calls.delete(call);
      if (this.#calls.size === 0) this.#onIdle?.();
    }
  }

  /** Attempts until there is a result, or a failure that must not or cannot be repeated. */
  async #run(call: Call): Promise<unknown> {
    for (;;) {
      try {
        const result = await this.#attempt(call);
        this.#budget.refund(call.repetitions);
        this.#credentials.confirm(call.credentials);
        return result;
      } catch (thrown) {
        const error = toCallError(thrown, call);
        if (!(await this.#prepareRepetition(error, call))) throw stateOutcome(error, call);
      }
    }
  }

  /** One attempt, from credentials to result. */
  async #attempt(call: Call): Promise<unknown> {
    call.scope.check();
    call.isSent = false;
    const credentials = await this.#getCredentials(call);
    const dispatcher = this.#dispatcher ?? (await call.scope.race(this.#open()));
    const startedAt = this.#settings.clock.monotonic();
    const slot = await this.#acquire(call, credentials);
    const acquiredAt = this.#settings.clock.monotonic();
    let failure: unknown;
    let result: Record<string, unknown> | undefined;
    try {
      call.scope.check();
      result = readReply(await this.#exchange(call, credentials, dispatcher), {
        action: call.definition,
        attempts: call.attempts,
        maxReplyBytes: this.#settings.maxReplyBytes,
        secrets: secretsOf(credentials),
      });
      return result;
    } catch (thrown) {
      failure = toCallError(thrown, call);
      throw failure;
    } finally {
      call.isAwaitingReply = false;
      releaseSlot(slot, call.isSent);
      publishAttempt(() => {
        const error = failure as AnyTcccError | undefined;
        const requestId = error === undefined ? safeRequestId(result?.RequestId) : error.requestId;
        return {
          action: call.action,
          endpoint: call.origin,
          attempt: call.attempts,
          outcome: error?.outcome ?? 'succeeded',
          ...(error === undefined ? {} : { code: error.code }),
          ...(requestId === undefined ? {} : { requestId }),
          waitedMs: acquiredAt - startedAt,
          tookMs: this.#settings.clock.monotonic() - acquiredAt,
        };
      });
    }
  }

  async #getCredentials(call: Call): Promise<Credentials> {
    const credentials = this.#credentials.get();
    return credentials instanceof Promise ? call.scope.race(credentials) : credentials;
  }

  /** Waits for a turn in the paced queue; without pacing there is no slot. */
  async #acquire(call: Call, { secretId, account = secretId }: Credentials): Promise<PacingSlot | undefined> {
    const { pacing } = this.#settings;
    if (pacing === false || this.#pacer === undefined) return undefined;
    const { limit, windowMs } = call.definition.rateLimit;
    call.scope.check();
    let slot: PacingSlot | Promise<PacingSlot> | undefined;
    try {
      slot = this.#pacer.acquire({
        key: `${call.origin} ${call.action} ${account}`,
        mode: pacing.mode,
        limit: pacing.limit ?? limit,
        windowMs,
        maxQueue: pacing.maxQueue,
        remainingMs: call.scope.remainingMs,
        cancellation: call.scope,
      });
      return slot instanceof Promise ? await call.scope.race(slot) : slot;
    } catch (thrown) {
      // A slot that comes after all, to a call that has given up, goes back unused.
      Promise.resolve(slot).then((late) => releaseSlot(late, false), nothing);
      call.scope.check();
      throw thrown instanceof PacingRefusal ? thrown : pacerFailed(thrown, call);
    }
  }

  /** Signs the request and sends it. */
  async #exchange(call: Call, credentials: Credentials, dispatcher: DispatcherLike): Promise<HttpReply> {
    const { attemptTimeoutMs, maxReplyBytes, clock } = this.#settings;
    call.attempts++;
    const reply = await exchange({
      dispatcher,
      origin: call.origin,
      path: '/',
      method: 'POST',
      headers: this.#signedHeaders(call, credentials),
      body: call.body,
      timeoutMs: attemptTimeoutMs,
      maxReplyBytes,
      cancellation: call.scope,
      clock,
      onSent: () => call.markSent(),
    });
    const { date } = reply.headers;
    call.replyDate = typeof date === 'string' ? date : undefined;
    return reply;
  }

  #signedHeaders(call: Call, credentials: Credentials): string[] {
    const { name, version, service } = call.definition;
    const { secretId, secretKey, token } = credentials;
    call.credentials = credentials;
    call.clockOffsetMs = this.#serviceClock.offsetMs;
    const timestamp = this.#serviceClock.seconds();
    const authorization = this.#signer.authorization({
      secretId,
      secretKey,
      service,
      timestamp,
      payloadHash: call.payloadHash,
      headers: [
        ['content-type', CONTENT_TYPE],
        ['host', call.host],
        ['x-tc-action', name],
      ],
    });
    const headers = [
      ...['host', call.host, 'content-type', CONTENT_TYPE, 'x-tc-action', name, 'x-tc-version', version],
      ...['x-tc-timestamp', String(timestamp), 'authorization', authorization],
      ...this.#settings.fixedHeaders,
      ...call.extraHeaders,
    ];
    if (token !== undefined) headers.push('x-tc-token', token);
    return headers;
  }

  /** Decides whether to attempt again and, if so, waits until it may. A deadline too near for the wait ends the call. */
  async #prepareRepetition(error: AnyTcccError, call: Call): Promise<boolean> {
    const { retry, random } = this.#settings;
    if (this.#closing !== undefined || call.end !== undefined) return false;
    if (call.attempts === 0 || call.attempts >= retry.maxAttempts) return false;
    if (error.outcome === 'unknown' && retry.onUnknown === 'risk-duplicates' && isRepeatable(error)) {
      call.mayHaveExecuted = true;
      return this.#backOff(call, backoffMs(retry, call.repetitions, random));
    }
    if (error.outcome !== 'not-executed') return false;
    switch (error.retry) {
      case 'after-backoff':
        return this.#backOff(call, backoffMs(retry, call.repetitions, random));
      case 'after-clock-correction':
        return this.#correctOnce(call, error, () =>
          Promise.resolve(this.#serviceClock.correct(call.replyDate, call.clockOffsetMs)),
        );
      case 'after-credential-refresh':
        return this.#correctOnce(call, error, () =>
          call.scope.race(this.#credentials.replace(call.credentials!)),
        );
      case 'never':
        return false;
    }
  }

  async #backOff(call: Call, waitMs: number): Promise<boolean> {
    if (waitMs >= call.scope.remainingMs || !this.#budget.spend()) return false;
    call.repetitions++;
    try {
      await call.scope.sleep(waitMs);
      return true;
    } catch (thrown) {
      throw stateOutcome(toCallError(thrown, call), call);
    }
  }

  async #correctOnce(call: Call, error: AnyTcccError, correct: () => Promise<boolean>): Promise<boolean> {
    const correction = error.retry;
    if (correction === 'never' || correction === 'after-backoff' || call.corrected.has(correction))
      return false;
    call.corrected.add(correction);
    try {
      return await correct();
    } catch (thrown) {
      // The correction failed; the service's own answer says more than that, unless the call itself has to end.
      if (call.end !== undefined) throw stateOutcome(toCallError(thrown, call), call);
      return false;
    }
  }

  /** Builds the pool at the first call; one that could not be built is tried again at the next. */
  #open(): Promise<DispatcherLike> {
    this.#opening ??= createPool(this.#settings).then(
      (pool) => (this.#dispatcher = pool),
      () => {
        this.#opening = undefined;
        // The cause could show the password of a proxy.
        throw invalidOption('HTTPS_PROXY of the environment', 'the URL of a proxy that undici can use');
      },
    );
    return this.#opening;
  }

  /**
   * Closes the client: calls that wait for anything but a reply end at once as `not-executed`, replies that are
   * outstanding are awaited, and then the client's own connections are closed. Safe to call twice.
   */
  close(): Promise<void> {
    this.#closing ??= this.#shutDown();
    return this.#closing;
  }

  async #shutDown(): Promise<void> {
    for (const call of this.#calls) if (!call.isAwaitingReply) call.scope.end({ kind: 'closed' });
    if (this.#calls.size > 0) await new Promise<void>((resolve) => (this.#onIdle = resolve));
    this.#credentials.close();
    const own = await this.#opening?.catch(nothing);
    await own?.destroy?.();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

function secretsOf({ secretId, secretKey, token }: Credentials): string[] {
  return token === undefined ? [secretId, secretKey] : [secretId, secretKey, token];
}

/** A reply that is certain to stay the same is not worth the risk, even where the caller takes it. */
function isRepeatable(error: AnyTcccError): boolean {
  return error.kind === 'transport' || error.kind === 'reply' || error.kind === 'service';
}

/** Where an earlier attempt may have been executed, a later one that was not does not make the call so. */
function stateOutcome(error: AnyTcccError, call: Call): AnyTcccError {
  if (!call.mayHaveExecuted || error.outcome !== 'not-executed') return error;
  return Object.assign(error, { outcome: 'unknown' as const });
}

/** A pacer of the caller's own must not be able to turn a success into a failure. */
function releaseSlot(slot: PacingSlot | undefined, sent: boolean): void {
  try {
    Promise.resolve(slot?.release(sent)).catch(nothing);
  } catch {
    // It was told; what it makes of it is its own affair.
  }
}

function nothing(): undefined {
  return undefined;
}

/**
 * The pacer of this process: two clients of one account share its limit. What it holds is keyed by endpoint, action and
 * account, so clients of different accounts do not meet. One per clock, of which there are several only in tests.
 */
const sharedPacers = new WeakMap<Clock, LocalPacer>();

function localPacer(clock: Clock): LocalPacer {
  const known = sharedPacers.get(clock);
  if (known !== undefined) return known;
  const pacer = new LocalPacer(clock);
  sharedPacers.set(clock, pacer);
  return pacer;
}
