import type { DispatchRequest, DispatcherLike, ExchangeController, ResponseHeaders } from './dispatcher.js';
import type { ExchangeRequest } from './exchange.js';
import { Exchange, FIRST_FINAL_STATUS } from './exchange.js';
import { isRefusal, describeConnectFailure } from './connect-failures.js';
import { safeCause } from '../errors/safe-cause.js';
import { tell } from '../tell.js';
import type { Transport } from './transport.js';

/** Sends requests through a dispatcher of the user's own. */
export function through(dispatcher: DispatcherLike): Transport {
  return { exchange: (request) => new DispatchedRequest(dispatcher, request) };
}

/**
 * A request that a dispatcher of the user's own carries. That may do anything behind our back, so only what it cannot
 * avoid counts: it has to read the body to send it, and it gets a body that can be read once.
 */
class DispatchedRequest extends Exchange {
  readonly isConnectionKnown = false;
  readonly #dispatcher: DispatcherLike;
  #controller: ExchangeController | undefined;
  #isStarted = false;
  #isRead = false;

  constructor(dispatcher: DispatcherLike, request: ExchangeRequest) {
    super(request);
    this.#dispatcher = dispatcher;
  }

  protected send(): void {
    const { body, ...options } = this.dispatchOptions;
    const request = body === null ? { ...options, body } : this.#readOnce(options, body);
    try {
      const returned: unknown = this.#dispatcher.dispatch(request, this);
      // An async function where a boolean is asked for, and it failed.
      if (returned instanceof Promise) returned.catch((error: unknown) => this.#end(error));
    } catch (error) {
      this.#end(error);
    }
  }

  onRequestStart(controller: ExchangeController): void {
    if (this.#isStarted) this.#stopReplay();
    this.#isStarted = true;
    // To throw here drops the request and leaves the connection alone.
    if (!this.isWanted) throw new Error('The request was given up.');
    this.#controller = controller;
    this.noteSent();
  }

  onResponseStart(_controller: ExchangeController, status: number, headers: ResponseHeaders): void {
    this.noteSent();
    if (status >= FIRST_FINAL_STATUS) this.takeHead(status, inLowerCase(headers));
  }

  /** Copied: it may be bytes of any kind, such as those of `fetch`, a text, or a buffer that is used again. */
  onResponseData(_controller: ExchangeController, chunk: Buffer | Uint8Array | string): void {
    this.noteSent();
    this.takeChunk(Buffer.from(chunk as Uint8Array));
  }

  onResponseEnd(): void {
    this.noteSent();
    this.complete(false);
  }

  onResponseError(_controller: ExchangeController, error: Error): void {
    this.#end(error);
  }

  silence(): Promise<void> {
    return Promise.resolve();
  }

  releaseConnection(): void {}

  endConnection(): void {}

  protected giveUp(reason: Error): void {
    tell(() => this.#controller?.abort(reason));
  }

  #readOnce(options: Omit<DispatchRequest, 'body'>, bytes: Buffer): DispatchRequest {
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
    if (!this.isWanted) throw new Error('The request was given up.');
    this.noteSent();
    return bytes;
  }

  /** A dispatcher that repeats by itself would send a second request behind our back. */
  #stopReplay(): never {
    const error = new Error('The dispatcher tried to send the request a second time.');
    this.fail('replay', error);
    throw error;
  }

  /**
   * If there was no word of a start and no look at the body, the failure itself has to be of a kind that comes before
   * there is a connection. Any other may come after the request was sent without notice.
   */
  #end(thrown: unknown): void {
    // A copy, for it may be anything, and throw when it is looked at.
    const error = safeCause(thrown);
    const isBeforeSending = isRefusal(error) || describeConnectFailure(error).isCertain;
    if (!isBeforeSending) this.noteSent();
    this.fail('network', error);
  }
}

/** As undici gives them: the names in lower case, and a list if one comes again. `Headers` and pairs will do, too. */
function inLowerCase(
  given: ResponseHeaders | Iterable<[string, string]> | null | undefined,
): ResponseHeaders {
  const headers: Record<string, string | string[]> = {};
  const entries = given != null && Symbol.iterator in given ? given : Object.entries(given ?? {});
  for (const [key, value] of entries) {
    if (value === undefined) continue;
    const name = String(key).toLowerCase();
    const before = headers[name];
    headers[name] = before === undefined ? value : [before, value].flat();
  }
  return headers;
}
