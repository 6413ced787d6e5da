import type { CancelScope } from '../cancellation.js';
import type { Clock } from '../clock.js';
import type { CarriedRequest, RequestEvents } from './carrier.js';
import type { DispatcherLike, ResponseHeaders } from './dispatcher.js';
import type { ExchangeFailureKind } from './failures.js';
import { ExchangeFailure } from './failures.js';
import { ForeignRequest } from './foreign-request.js';
import { ConnectionPool } from './pool/pool.js';

/** What carries requests: connections of the client's own, or a dispatcher of the user's. */
export type Transport = ConnectionPool | DispatcherLike;

/** One HTTP request and the limits of its response. */
export interface ExchangeRequest {
  dispatcher: Transport;
  origin: string;
  path: string;
  method: 'GET' | 'POST';
  /** Names and values in turn. */
  headers: string[];
  body: Buffer | null;
  /** From now to the end of the response, in milliseconds. */
  timeoutMs: number;
  /** Longest body of the response, in bytes. */
  maxResponseBytes: number;
  /** The call that the exchange is for; its deadline may end it earlier. */
  scope: CancelScope;
  clock: Clock;
  /** Called once, when the first byte is about to be handed to a socket. */
  onSent?: () => void;
}

/** A complete response, whatever it says. */
export interface HttpResponse {
  status: number;
  /** Names in lower case. */
  headers: ResponseHeaders;
  body: Buffer;
  /** Whether it began before the request was written completely, so that it cannot be the answer to all of it. */
  isEarly: boolean;
}

/** One HTTP exchange that is under way, or has ended. */
export interface Exchange {
  /** Whether the first byte may have been handed to a socket; false is certain. */
  readonly isSent: boolean;
  /** The complete response; rejects with `ExchangeFailure`, and nothing else. */
  readonly response: Promise<HttpResponse>;
  /** Whether its connection can be watched; false with a dispatcher of the user's own. */
  readonly isConnectionKnown: boolean;
  /** Whether bytes came on its connection that belong to no request of ours, since its response ended. */
  readonly hasSurplus: boolean;
  /**
   * Resolves once its connection has been silent for so long that a refusal counts, or has ended. Real time: neither an
   * option nor the clock of a client makes it shorter. With a dispatcher of the user's own there is nothing to wait for.
   */
  silence(): Promise<void>;
  /**
   * Lets another request follow on its connection; to be called once the response has been looked at, for until then
   * nothing else can be taken for this one's response, nor the other way round. Does nothing if there is none.
   */
  releaseConnection(): void;
  /**
   * Ends its connection, so that nothing that comes on it can be taken for the response to another call. Does nothing
   * before the request has one, after a later request has taken it over, and with a dispatcher of the user's own.
   */
  endConnection(): void;
}

/** Starts one HTTP exchange, which follows no redirect and repeats nothing. */
export function startExchange(request: ExchangeRequest): Exchange {
  return new RunningExchange(request);
}

class RunningExchange implements Exchange, RequestEvents {
  readonly response: Promise<HttpResponse>;
  readonly #request: ExchangeRequest;
  readonly #carried: CarriedRequest;
  #resolve!: (response: HttpResponse) => void;
  #reject!: (failure: ExchangeFailure) => void;
  #cancelTimer: (() => void) | undefined;
  #leaveCall: (() => void) | undefined;
  #isSent = false;
  #isSettled = false;
  #status = 0;
  #headers: ResponseHeaders = {};
  #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(request: ExchangeRequest) {
    this.#request = request;
    this.response = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#limitTime(request);
    const { dispatcher, origin, path, method, headers, body } = request;
    const options = { origin, path, method, headers, body, headersTimeout: 0, bodyTimeout: 0 };
    const isOwn = dispatcher instanceof ConnectionPool;
    const carried = isOwn ? dispatcher.request(options, this) : new ForeignRequest(dispatcher, options, this);
    this.#carried = carried;
    carried.start();
  }

  #limitTime({ scope, timeoutMs, clock }: ExchangeRequest): void {
    this.#leaveCall = scope.onCancelUntimed(() => this.#fail('cancelled'));
    const { remainingMs } = scope;
    const expire = remainingMs <= timeoutMs ? () => scope.expire() : () => this.#fail('timeout');
    this.#cancelTimer = clock.schedule(expire, Math.max(0, Math.min(timeoutMs, remainingMs)));
  }

  get isSent(): boolean {
    return this.#isSent;
  }

  get isConnectionKnown(): boolean {
    return this.#carried.isConnectionKnown;
  }

  get hasSurplus(): boolean {
    return this.#carried.hasSurplus;
  }

  silence(): Promise<void> {
    return this.#carried.silence();
  }

  releaseConnection(): void {
    this.#carried.releaseConnection();
  }

  endConnection(): void {
    this.#carried.endConnection();
  }

  /**
   * The clock is read, too: a process that was suspended finds its connection made before its timers fire, and must not write a
   * request whose time is over.
   */
  get isWanted(): boolean {
    const { scope } = this.#request;
    if (!this.#isSettled && !this.#isSent && scope.remainingMs <= 0) scope.expire();
    return !this.#isSettled;
  }

  onSent(): void {
    if (this.#isSent || this.#isSettled) return;
    this.#isSent = true;
    this.#request.onSent?.();
  }

  onHead(status: number, headers: ResponseHeaders): void {
    this.#status = status;
    this.#headers = headers;
  }

  onData(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#request.maxResponseBytes) this.#fail('too-large');
    else this.#chunks.push(chunk);
  }

  onEnd(isEarly: boolean): void {
    if (!this.#settle()) return;
    const body = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#resolve({ status: this.#status, headers: this.#headers, body, isEarly });
  }

  onFailure(kind: ExchangeFailureKind, cause: unknown): void {
    this.#fail(kind, cause);
  }

  #fail(kind: ExchangeFailureKind, cause?: unknown): void {
    if (!this.#settle()) return;
    this.#chunks = [];
    const failure = new ExchangeFailure(kind, this.#isSent, cause);
    this.#reject(failure);
    this.#carried.giveUp(failure);
  }

  /** Frees the timer and the listener; false if that had been done before. */
  #settle(): boolean {
    if (this.#isSettled) return false;
    this.#isSettled = true;
    this.#cancelTimer?.();
    this.#leaveCall?.();
    return true;
  }
}
