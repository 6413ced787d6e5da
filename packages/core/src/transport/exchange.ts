import type { CancelScope } from '../cancellation.js';
import type { Clock } from '../clock.js';
import type { Delivery } from './delivery.js';
import type { DispatchRequest, ExchangeController, ResponseHandler, ResponseHeaders } from './dispatcher.js';
import type { ExchangeFailureKind } from './failures.js';
import { ExchangeFailure } from './failures.js';
import { realTime } from '../real-time.js';

/** One HTTP request and the limits of its response. */
export interface ExchangeRequest {
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
  /** Where it is noted that the request was sent, and that it was answered. */
  delivery: Delivery;
  /** Whether the real response to an earlier attempt of the call has come: then this request must not be written any more. */
  isOvertaken?: (() => boolean) | undefined;
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

/** Interim responses have a lower status. */
export const FIRST_FINAL_STATUS = 200;

/**
 * One HTTP exchange: a request, its way to the service, and its response. It follows no redirect and repeats nothing. How the
 * request gets to a connection is for those that extend it; undici, or a dispatcher of the user's own, tells it the rest.
 */
export abstract class Exchange implements ResponseHandler {
  /** The complete response; rejects with `ExchangeFailure`, and nothing else. */
  readonly response: Promise<HttpResponse>;
  readonly delivery: Delivery;
  /** Whether its connection can be watched; false with a dispatcher of the user's own. */
  abstract readonly isConnectionKnown: boolean;
  readonly #request: ExchangeRequest;
  #resolve!: (response: HttpResponse) => void;
  #reject!: (failure: ExchangeFailure) => void;
  #cancelTimer: (() => void) | undefined;
  readonly #onCancel = () => {
    const isLate = this.#request.scope.cancelReason?.kind === 'deadline';
    if (isLate) this.#whenRead(() => this.fail('cancelled'));
    else this.fail('cancelled');
  };
  #isSettled = false;
  #hasSurplus = false;
  #status = 0;
  #headers: ResponseHeaders = {};
  #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(request: ExchangeRequest) {
    this.#request = request;
    this.delivery = request.delivery;
    this.response = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  start(): void {
    const { scope, timeoutMs, clock } = this.#request;
    scope.onCancelUntimed(this.#onCancel);
    const { remainingMs } = scope;
    const expire = remainingMs <= timeoutMs ? () => scope.expire() : () => this.fail('timeout');
    this.#cancelTimer = clock.schedule(
      () => this.#whenRead(expire),
      Math.max(0, Math.min(timeoutMs, remainingMs)),
    );
    this.send();
  }

  /** Whether bytes came on its connection that belong to no request of ours, since its response ended. */
  get hasSurplus(): boolean {
    return this.#hasSurplus;
  }

  onSurplus(): void {
    this.#hasSurplus = true;
  }

  /**
   * False once it has ended: its request must not be written any more. The clock is read, too: a process that was suspended
   * finds its connection made before its timers fire, and must not write a request whose time is over.
   */
  get isWanted(): boolean {
    const { scope, isOvertaken } = this.#request;
    if (this.#isSettled || this.delivery.isSent) return !this.#isSettled;
    if (isOvertaken?.() === true) this.fail('overtaken');
    else if (scope.remainingMs <= 0) scope.expire();
    return !this.#isSettled;
  }

  /**
   * Resolves once its connection has been silent for so long that a refusal counts, or has ended. Real time: neither an
   * option nor the clock of a client makes it shorter. With a dispatcher of the user's own there is nothing to wait for.
   */
  abstract silence(): Promise<void>;

  /**
   * Lets another request follow on its connection; to be called once the response has been looked at, since until then
   * nothing else can be taken for this one's response, nor the other way round. Does nothing if there is none.
   */
  abstract releaseConnection(): void;

  /**
   * Ends its connection, so that nothing that comes on it can be taken for the response to another call. Does nothing
   * before the request has one, after a later request has taken it over, and with a dispatcher of the user's own.
   */
  abstract endConnection(): void;

  abstract onRequestStart(controller: ExchangeController, context: unknown): void;
  abstract onResponseStart(controller: ExchangeController, status: number, headers: ResponseHeaders): void;
  abstract onResponseData(controller: ExchangeController, chunk: Buffer): void;
  abstract onResponseEnd(controller: ExchangeController, trailers: ResponseHeaders): void;
  abstract onResponseError(controller: ExchangeController, error: Error): void;

  /** Sends the request, now or later. */
  protected abstract send(): void;

  /** It has failed: a request that is not written never will be, and one that is loses its connection. */
  protected abstract giveUp(reason: Error): void;

  /** The request, as a dispatcher takes it. */
  protected get dispatchOptions(): DispatchRequest & { body: Buffer | null } {
    const { origin, path, method, headers, body } = this.#request;
    return { origin, path, method, headers, body, headersTimeout: 0, bodyTimeout: 0 };
  }

  /** The request is about to be written, or may have been. May be called again. */
  protected noteSent(): void {
    const { delivery } = this;
    if (delivery.isSent || this.#isSettled) return;
    delivery.isSent = true;
    this.#request.onSent?.();
  }

  protected takeHead(status: number, headers: ResponseHeaders): void {
    this.#status = status;
    this.#headers = headers;
  }

  protected takeChunk(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#request.maxResponseBytes) this.fail('too-large');
    else this.#chunks.push(chunk);
  }

  /** The response is complete. */
  protected complete(isEarly: boolean): void {
    if (!this.#settle()) return;
    this.delivery.isAnswered = true;
    const body = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#resolve({ status: this.#status, headers: this.#headers, body, isEarly });
  }

  /** There will be no response. */
  protected fail(kind: ExchangeFailureKind, cause?: unknown): void {
    if (!this.#settle()) return;
    this.#chunks = [];
    const failure = new ExchangeFailure(kind, this.delivery, cause);
    this.#reject(failure);
    this.giveUp(failure);
  }

  /**
   * Ends it once all that has come is read, unless that was the response: timers of a process that was busy or suspended fire
   * before the event loop has looked at its sockets. Two turns, for a response over TLS takes one of its own.
   */
  #whenRead(end: () => void): void {
    if (this.delivery.isSent)
      realTime.setImmediate(() => realTime.setImmediate(() => this.#isSettled || end()));
    else end();
  }

  /** Frees the timer and the listener; false if that had been done before. */
  #settle(): boolean {
    if (this.#isSettled) return false;
    this.#isSettled = true;
    this.#cancelTimer?.();
    this.#request.scope.offCancel(this.#onCancel);
    return true;
  }
}
