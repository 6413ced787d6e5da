import type { CancelScope } from '../cancellation.js';
import type { Clock } from '../clock.js';
import { ExchangeFailure } from './failures.js';
import type { ExchangeFailureKind } from './failures.js';
import type { DispatcherLike, ExchangeController, ResponseHandler, ResponseHeaders } from './dispatcher.js';
import { ConnectionPool } from './pool.js';

/** One HTTP request and the limits of its response. */
export interface ExchangeRequest {
  dispatcher: DispatcherLike;
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
  /** Called once, at the moment at which the first byte is handed to a socket. */
  onSent?: () => void;
}

/** One HTTP exchange that is under way, or over. */
export interface Exchange {
  /** Whether the first byte may have been handed to a socket; false is certain. */
  readonly isSent: boolean;
  /** The complete response; rejects with an ExchangeFailure. */
  readonly response: Promise<HttpResponse>;
}

/** A complete response, whatever it says. */
export interface HttpResponse {
  status: number;
  /** Names in lower case. */
  headers: ResponseHeaders;
  body: Buffer;
}

/** Begins one HTTP exchange, which follows no redirect and repeats nothing. */
export function startExchange(request: ExchangeRequest): Exchange {
  const exchange = new RunningExchange(request);
  exchange.start();
  return exchange;
}

class RunningExchange implements Exchange, ResponseHandler {
  readonly response: Promise<HttpResponse>;
  readonly #request: ExchangeRequest;
  #resolve!: (response: HttpResponse) => void;
  #reject!: (failure: ExchangeFailure) => void;
  #controller: ExchangeController | undefined;
  #cancelTimer: (() => void) | undefined;
  #leaveCall: (() => void) | undefined;
  #isWaiting = false;
  #sent = false;
  #settled = false;
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
  }

  get isSent(): boolean {
    return this.#sent;
  }

  start(): void {
    const { dispatcher, origin, path, method, headers, body, timeoutMs, scope, clock } = this.#request;
    this.#leaveCall = scope.onCancelUntimed(() => this.#fail('cancelled'));
    const { remainingMs } = scope;
    const expire = remainingMs <= timeoutMs ? () => scope.expire() : () => this.#fail('timeout');
    this.#cancelTimer = clock.schedule(expire, Math.max(0, Math.min(timeoutMs, remainingMs)));
    this.#beginWait();
    try {
      dispatcher.dispatch({ origin, path, method, headers, body, headersTimeout: 0, bodyTimeout: 0 }, this);
    } catch (error) {
      this.#fail('network', error);
    }
  }

  onRequestStart(controller: ExchangeController): void {
    // A dispatcher that lost the connection may put the request back into its queue and come here again: that would
    // be a second request. And one that was given up must not be written at all. To throw here drops the request and
    // leaves the connection alone.
    if (this.#sent) this.#fail('replay');
    if (this.#settled) throw new ExchangeFailure('cancelled', this.#sent);
    this.#controller = controller;
    this.#markSent();
  }

  onResponseStart(_controller: ExchangeController, status: number, headers: ResponseHeaders): void {
    this.#markSent();
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: ExchangeController, chunk: Buffer): void {
    this.#markSent();
    this.#bytes += chunk.length;
    if (this.#bytes > this.#request.maxResponseBytes) this.#fail('too-large');
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#markSent();
    if (!this.#settle()) return;
    const body = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    this.#resolve({ status: this.#status, headers: this.#headers, body });
  }

  onResponseError(_controller: ExchangeController, error: Error): void {
    this.#fail('network', error);
  }

  /** Also from whatever proves it later, for a dispatcher might leave the beginning out. */
  #markSent(): void {
    if (this.#sent) return;
    this.#sent = true;
    this.#endWait(true);
    this.#request.onSent?.();
  }

  #beginWait(): void {
    const { dispatcher } = this.#request;
    if (!(dispatcher instanceof ConnectionPool)) return;
    this.#isWaiting = true;
    dispatcher.connecting.waitBegins();
  }

  #endWait(hasConnection: boolean): void {
    const { dispatcher } = this.#request;
    if (!this.#isWaiting || !(dispatcher instanceof ConnectionPool)) return;
    this.#isWaiting = false;
    dispatcher.connecting.waitEnds(hasConnection);
  }

  #fail(kind: ExchangeFailureKind, cause?: unknown): void {
    if (!this.#settle()) return;
    const failure = new ExchangeFailure(kind, this.#sent, cause);
    this.#chunks = [];
    this.#reject(failure);
    this.#controller?.abort(failure);
    this.#endWait(false);
  }

  /** Frees the timer and the listener; false where that had been done before. */
  #settle(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    this.#cancelTimer?.();
    this.#leaveCall?.();
    return true;
  }
}
