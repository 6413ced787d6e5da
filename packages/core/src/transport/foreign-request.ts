import type { CarriedRequest, RequestEvents } from './carrier.js';
import type {
  DispatchRequest,
  DispatcherLike,
  ExchangeController,
  ResponseHandler,
  ResponseHeaders,
} from './dispatcher.js';
import { isRefusal, describeConnectFailure } from './failures.js';

/** Interim responses have a lower status. */
const FIRST_FINAL_STATUS = 200;

/**
 * A request that a dispatcher of the user's own carries. That may do anything behind our back, so only what it cannot
 * avoid counts: it has to read the body to send it, and it gets a body that can be read once.
 */
export class ForeignRequest implements CarriedRequest, ResponseHandler {
  readonly isConnectionKnown = false;
  readonly hasSurplus = false;
  readonly #dispatcher: DispatcherLike;
  readonly #options: DispatchRequest;
  readonly #events: RequestEvents;
  #controller: ExchangeController | undefined;
  #isStarted = false;
  #isRead = false;

  constructor(
    dispatcher: DispatcherLike,
    options: DispatchRequest & { body: Buffer | null },
    events: RequestEvents,
  ) {
    this.#dispatcher = dispatcher;
    this.#events = events;
    this.#options = options.body === null ? options : this.#readOnce(options, options.body);
  }

  start(): void {
    try {
      const returned: unknown = this.#dispatcher.dispatch(this.#options, this);
      // An async function where a boolean is asked for, and it failed.
      if (returned instanceof Promise) returned.catch((error: unknown) => this.#fail(error));
    } catch (error) {
      this.#fail(error);
    }
  }

  onRequestStart(controller: ExchangeController): void {
    if (this.#isStarted) this.#stopReplay();
    this.#isStarted = true;
    // To throw here drops the request and leaves the connection alone.
    if (!this.#events.isWanted) throw new Error('The request was given up.');
    this.#controller = controller;
    this.#events.onSent();
  }

  onResponseStart(_controller: ExchangeController, status: number, headers: ResponseHeaders): void {
    this.#events.onSent();
    if (status >= FIRST_FINAL_STATUS) this.#events.onHead(status, headers);
  }

  onResponseData(_controller: ExchangeController, chunk: Buffer): void {
    this.#events.onSent();
    this.#events.onData(chunk);
  }

  onResponseEnd(): void {
    this.#events.onSent();
    this.#events.onEnd(false);
  }

  onResponseError(_controller: ExchangeController, error: Error): void {
    this.#fail(error);
  }

  giveUp(reason: Error): void {
    this.#controller?.abort(reason);
  }

  silence(): Promise<void> {
    return Promise.resolve();
  }

  releaseConnection(): void {}

  endConnection(): void {}

  #readOnce(options: DispatchRequest, bytes: Buffer): DispatchRequest {
    const headers = [...options.headers, 'content-length', String(bytes.length)];
    const read = () => this.#read(bytes);
    const body = {
      async *[Symbol.asyncIterator]() {
        yield read();
      },
      // For a small dispatcher of a test, to which `String(body)` comes naturally.
      toString: () => read().toString(),
    };
    return { ...options, headers, body };
  }

  #read(bytes: Buffer): Buffer {
    if (this.#isRead) this.#stopReplay();
    this.#isRead = true;
    if (!this.#events.isWanted) throw new Error('The request was given up.');
    this.#events.onSent();
    return bytes;
  }

  /** A dispatcher that repeats by itself would send a second request behind our back. */
  #stopReplay(): never {
    const error = new Error('The dispatcher tried to send the request a second time.');
    this.#events.onFailure('replay', error);
    throw error;
  }

  /**
   * If there was no word of a start and no look at the body, the failure itself has to be of a kind that comes before
   * there is a connection. Any other may stand for a request that was sent without a word.
   */
  #fail(error: unknown): void {
    const isBeforeSending = isRefusal(error) || describeConnectFailure(error).isCertain;
    if (!isBeforeSending) this.#events.onSent();
    this.#events.onFailure('network', error);
  }
}
