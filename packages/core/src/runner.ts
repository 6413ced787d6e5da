import type { ActionDefinition } from './action.js';
import { Attempt, History } from './call/attempt.js';
import type { Call } from './call/call.js';
import { originOf } from './call/call.js';
import { Corrections } from './call/corrections.js';
import { toCallError } from './call/to-error.js';
import { factsOf, isRefusal } from './call/facts.js';
import { judge } from './call/judge.js';
import { RunningCalls } from './call/running.js';
import { describeView } from './call/view.js';
import { CredentialCache } from './credentials/cache.js';
import { secretsOf } from './credentials/types.js';
import type { NoRetryReason } from './diagnostics.js';
import type { AnyTcccError } from './errors/errors.js';
import { isTcccError } from './errors/guards.js';
import { nextTurn } from './clock.js';
import { identityOf } from './identity.js';
import type { Log } from './observe/logger.js';
import { Observer } from './observe/observer.js';
import type { ClientStats } from './observe/stats.js';
import { statsOf } from './observe/stats.js';
import type { Settings } from './options/settings.js';
import type { PacingSlot } from './pacing/pacer.js';
import { PacingRefusal } from './pacing/pacer.js';
import type { MaybePromise } from './pacing/client-slots.js';
import { Slots } from './pacing/client-slots.js';
import type { Success } from './response/read.js';
import { ResponseFailure, followedByAnother, foreign, readResponse } from './response/read.js';
import { soleValueOf } from './response/headers.js';
import { idsOfProcess } from './response/seen-ids.js';
import type { RetryPlan } from './retry/retrier.js';
import { Retrier } from './retry/retrier.js';
import { RequestSigner } from './signing/request-signer.js';
import { ServiceClock } from './signing/service-clock.js';
import { NOT_SENT } from './transport/delivery.js';
import { through } from './transport/dispatched-request.js';
import { refuseIfMocked } from './transport/pool/mocks.js';
import { createPool } from './transport/pool/pool.js';
import type { Transport } from './transport/transport.js';

/** What a call that waited for its turn got: a slot, unless it is not paced; or what kept it from having one. */
type Turn =
  { readonly slot: PacingSlot | undefined } | { readonly slot?: undefined; readonly failure: unknown };

/**
 * Runs the calls of a client, and holds all that they share. Loaded at the first call.
 *
 * A call is `params -> validate -> [ acquire slot -> credentials -> sign -> exchange -> read response -> decide ] -> result`,
 * and the bracket is one attempt. The slot comes first, so that neither credentials nor a timestamp age in the queue. Steps take
 * values and return what they learnt; only this file writes to the attempt and to the history of the call, except that
 * the exchange notes in the attempt whether it was sent and answered.
 */
export class Runner {
  readonly #settings: Settings;
  readonly #credentials: CredentialCache;
  readonly #slots: Slots;
  /** The time of the service, as far as it is known. */
  readonly serviceClock: ServiceClock;
  readonly #signer: RequestSigner;
  readonly #corrections: Corrections;
  readonly #retrier: Retrier;
  readonly #seenIds = idsOfProcess();
  /** What the service at `endpoint` is called in the memory of request ids. */
  readonly #endpointName: string | undefined;
  readonly #running = new RunningCalls();
  readonly #observer: Observer;
  /** Whether its own connections lead to the real service. An endpoint of the caller's own may well be a mock of it. */
  readonly #isForService: boolean;
  #transport: Transport | undefined;
  #opening: Promise<Transport> | undefined;
  #isClosing = false;
  #onIdle: (() => void) | undefined;

  constructor(settings: Settings, log: Log | undefined, endpointName: string | undefined) {
    const observer = new Observer(settings, log);
    this.#settings = settings;
    this.#observer = observer;
    this.#endpointName = endpointName;
    this.#isForService = settings.endpoint === undefined && settings.dispatcher === undefined;
    if (settings.dispatcher !== undefined) this.#transport = through(settings.dispatcher);
    this.#credentials = new CredentialCache(settings.credentials, settings.clock, observer.renewed);
    this.#slots = new Slots(settings.pacing, settings.clock);
    this.serviceClock = new ServiceClock(settings.clock);
    this.#signer = new RequestSigner(this.serviceClock, settings.fixedHeaders);
    this.#corrections = new Corrections(this.serviceClock, this.#credentials, observer.corrected);
    this.#retrier = new Retrier(settings.retry, settings.random);
  }

  run(call: Call): Promise<unknown> {
    const history = new History(call);
    return this.#observer.followsCalls
      ? this.#observer.call(history, () => this.#enter(history))
      : this.#enter(history);
  }

  /** What the client is doing now. */
  get stats(): Omit<ClientStats, 'isClosed'> {
    return statsOf(this.#running, this.#slots, this.#transport);
  }

  /** @throws CredentialsError if there is no account */
  async viewOf({ host }: Pick<ActionDefinition, 'host'>): Promise<string> {
    return describeView(this.#settings, host, await this.#credentials.account());
  }

  /** Keeps a slot for the next request of an action, as `Slots.reserve` says. */
  reserve(action: Pick<ActionDefinition, 'host' | 'name' | 'rateLimit'>, signal: AbortSignal | undefined) {
    const origin = this.#settings.endpoint ?? originOf(action);
    return this.#slots.reserve(origin, action, () => this.#credentials.account(), signal);
  }

  /** Many calls wait here at a time. An async function would keep all its variables for each of them; a promise does not. */
  #enter(history: History): Promise<unknown> {
    this.#running.add(history);
    try {
      const slot = this.#takeTurn(history);
      if (!(slot instanceof Promise)) return this.#attempt(history, { slot });
      return slot.then(
        (granted) => this.#attempt(history, { slot: granted }),
        (failure: unknown) => this.#attempt(history, { failure }),
      );
    } catch (failure) {
      return this.#attempt(history, { failure });
    }
  }

  /** Attempts until there is a result, or a failure that must not or cannot be followed by another attempt. */
  async #attempt(history: History, first: Turn): Promise<unknown> {
    try {
      for (let turn = first; ; turn = await this.#waitForTurn(history)) {
        const attempt = new Attempt(history.endWait(), turn.slot);
        history.current = attempt;
        let failure: unknown;
        try {
          if ('failure' in turn) throw turn.failure;
          const success = await (this.#observer.followsAttempts
            ? this.#follow(attempt, history)
            : this.#send(attempt, history));
          this.#succeeded(success, attempt, history);
          return success.result;
        } catch (thrown) {
          failure = thrown;
        } finally {
          this.#slots.release(attempt.slot, attempt.use);
        }
        await this.#retryOrThrow(failure, attempt, history);
      }
    } catch (thrown) {
      // Not one of the family: an object of the caller's own, such as a clock, has failed between two steps.
      if (isTcccError(thrown)) throw thrown;
      const facts = { ...factsOf(history, history.current), hasUnknown: history.hasUnknown };
      // Something thrown that throws when it is looked at: nothing can be said of it.
      throw await toCallError(thrown, facts).catch(() => toCallError(undefined, facts));
    } finally {
      history.call.scope.release();
      this.#running.delete(history);
      if (this.#running.size === 0) this.#onIdle?.();
    }
  }

  async #waitForTurn(history: History): Promise<Turn> {
    try {
      return { slot: await this.#takeTurn(history) };
    } catch (failure) {
      return { failure };
    }
  }

  /** The first half of an attempt: its turn, at once if there is one. */
  #takeTurn(history: History): MaybePromise<PacingSlot | undefined> {
    history.beginWait(this.#settings.clock.monotonic());
    const slot = this.#acquire(history.call);
    if (slot instanceof Promise) this.#observer.waits(history, this.#running);
    return slot;
  }

  #acquire(call: Call): MaybePromise<PacingSlot | undefined> {
    call.scope.throwIfCancelled();
    if (this.#isForService) refuseIfMocked();
    const account = this.#credentials.account();
    if (account instanceof Promise || this.#transport === undefined)
      return this.#openThenAcquire(call, account);
    const { origin, action, definition, scope } = call;
    return this.#slots.acquire({ origin, action, account, rateLimit: definition.rateLimit, scope });
  }

  async #openThenAcquire(call: Call, account: MaybePromise<string>): Promise<PacingSlot | undefined> {
    // Begun now, since neither needs the other. Its failure counts below, unless there are no credentials either.
    const opening = this.#transport === undefined ? this.#open() : undefined;
    opening?.catch(() => {});
    if (account instanceof Promise) await call.scope.race(account);
    if (opening !== undefined) await call.scope.race(opening);
    return this.#acquire(call);
  }

  #follow(attempt: Attempt, history: History): Promise<Success> {
    return this.#observer.attempt(history, attempt, () => this.#send(attempt, history));
  }

  /** The second half: credentials that are fresh, signature, exchange, and what the response says. */
  async #send(attempt: Attempt, history: History): Promise<Success> {
    const { call } = history;
    const { scope, definition } = call;
    const { clock, attemptTimeoutMs, maxResponseBytes } = this.#settings;
    const fetched = this.#credentials.get();
    const credentials = fetched instanceof Promise ? await scope.race(fetched) : fetched;
    const more = this.#observer.request(history, attempt);
    scope.throwIfCancelled();
    attempt.grantedAtMs = clock.monotonic();

    history.attempts++;
    attempt.credentials = credentials;
    attempt.clockOffsetMs = this.serviceClock.offsetMs;
    attempt.exchange = this.#transport!.exchange({
      origin: call.origin,
      path: '/',
      method: 'POST',
      headers: this.#signer.sign(call, credentials, attempt.traceId, more),
      body: call.body,
      timeoutMs: attemptTimeoutMs,
      maxResponseBytes,
      scope,
      clock,
      delivery: attempt,
      isOvertaken: history.retries === 0 ? undefined : () => history.isOvertaken,
      onSent: () => this.#slots.sent(attempt.slot),
    });
    attempt.exchange.start();
    const response = await attempt.exchange.response;
    attempt.head = response;
    attempt.serviceDate = soleValueOf(response.headers.date);

    // Read also if it cannot count, so that its request id is known: a copy of it may come again.
    const reading = readResponse(response, {
      action: definition,
      secrets: secretsOf(credentials),
      maxResponseBytes,
      traceId: attempt.traceId,
      seenIds: this.#seenIds,
      // Dispatchers of the caller's own may lead to different services under one name.
      service: `${identityOf(this.#settings.dispatcher)} ${this.#endpointName ?? call.origin}`,
    });
    if (response.isEarly) throw new ResponseFailure(foreign('came before the request was sent completely'));
    if (attempt.exchange.hasSurplus || history.isOvertaken) throw followedByAnother();
    if (reading.kind === 'success') return reading;
    if (reading.kind === 'unusable') attempt.exchange.endConnection();
    throw new ResponseFailure(reading);
  }

  #succeeded({ requestId }: Success, attempt: Attempt, history: History): void {
    attempt.exchange?.releaseConnection();
    this.#retrier.succeeded(history.retries);
    this.#credentials.confirm(attempt.credentials);
    this.#observer.succeeded(history, attempt, requestId);
  }

  /** Prepares another attempt, or throws what the call ends with. */
  async #retryOrThrow(thrown: unknown, attempt: Attempt, history: History): Promise<void> {
    const { previous } = history;
    const endedAtMs = this.#settings.clock.monotonic();
    history.current = undefined;
    // Nothing follows on the connection before the silence, even if nobody here waits for it.
    const silence = isRefusal(thrown) ? attempt.exchange?.silence() : undefined;
    try {
      const failure = await judge(thrown, silence, attempt, history);
      const facts = factsOf(history, attempt);
      const error = await toCallError(failure, facts);
      this.#observer.failed(history, attempt, error, endedAtMs);
      const reason = await this.#prepareRetry(error, attempt, history, endedAtMs);
      // Retries are decided by what this attempt ended with; the caller gets what is known of all. Asked last: while a correction
      // was made, the real response to an earlier attempt can have come.
      const ending = history.hasUnknown ? await toCallError(failure, { ...facts, hasUnknown: true }) : error;
      this.#observer.decided(history, error, reason, endedAtMs);
      // The queue is full for the retry; the failure before it says more, unless it has turned out to be wrong.
      const stillHolds = facts.cancelReason === undefined && !history.isOvertaken;
      if (failure instanceof PacingRefusal && previous !== undefined && stillHolds) throw previous;
      if (reason !== undefined) throw ending;
      history.previous = ending;
    } finally {
      if (silence === undefined) attempt.exchange?.releaseConnection();
      else void silence.then(() => attempt.exchange?.releaseConnection());
    }
  }

  /**
   * Puts right what was wrong, waits, and looks at the connection once more. Returns why another attempt must not follow, or
   * would not differ; undefined if it should be made.
   *
   * @throws TcccError if the call was cancelled meanwhile, or the real response has come
   */
  async #prepareRetry(
    error: AnyTcccError,
    attempt: Attempt,
    history: History,
    endedAtMs: number,
  ): Promise<NoRetryReason | undefined> {
    const plan = this.#planRetry(error, history);
    if (typeof plan === 'string') return plan;
    history.retry(plan, error, attempt);
    const prepared = await this.#corrections.prepare(plan, attempt, history);
    // In a busy process, what came during the pause is seen only after a turn of the event loop.
    if (attempt.exchange?.isConnectionKnown) await nextTurn();
    // If more has come, the refusal was another request's.
    const failure = attempt.exchange?.hasSurplus ? followedByAnother() : prepared;
    if (failure === 'ready') return undefined;
    if (failure === 'not-corrected') return failure;
    const facts = { ...factsOf(history, attempt), delivery: NOT_SENT, hasUnknown: history.hasUnknown };
    const ending = await toCallError(failure, facts);
    this.#observer.decided(
      history,
      ending,
      failure === prepared ? 'call-ended' : 'outcome-unknown',
      endedAtMs,
    );
    throw ending;
  }

  #planRetry(error: AnyTcccError, history: History): RetryPlan | NoRetryReason {
    const { scope } = history.call;
    if (this.#isClosing || scope.cancelReason !== undefined) return 'call-ended';
    return this.#retrier.plan(error, history, scope.remainingMs);
  }

  /** Builds the pool at the first call; one that could not be built is tried again at the next. */
  #open(): Promise<Transport> {
    this.#opening ??= createPool(this.#settings).then(
      (pool) => (this.#transport = pool),
      (failure: unknown) => {
        this.#opening = undefined;
        throw failure;
      },
    );
    return this.#opening;
  }

  /** Ends what waits for anything but a response, awaits the rest, and then closes the connections. */
  async close(): Promise<void> {
    this.#isClosing = true;
    for (const { call, isAwaitingResponse } of this.#running) {
      if (!isAwaitingResponse) call.scope.cancel({ kind: 'closed' });
    }
    if (this.#running.size > 0) await new Promise<void>((resolve) => (this.#onIdle = resolve));
    this.#credentials.close();
    const own = await this.#opening?.catch(() => undefined);
    await own?.destroy?.();
  }
}
