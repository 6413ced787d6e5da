import { Dispatcher } from 'undici';
import type { MockEngine } from '../engine/engine.js';
import type { MockResponse } from '../common/protocol.js';
import { nextTurn } from '../common/real-time.js';

/**
 * The mock as an undici dispatcher: no socket, no port. Give it to a client as its option `dispatcher`, or to undici
 * itself. What needs sockets (resets, stalls, cut responses) it cannot show, so an engine behind it refuses such
 * faults; use the server for them.
 *
 * @example
 * const client = new OutboundClient({ site: 'intl', dispatcher: new MockDispatcher(engine), credentials: mockCredentials });
 */
export class MockDispatcher extends Dispatcher {
  readonly #engine: MockEngine;

  /** @throws Error if the engine has a fault that needs sockets */
  constructor(engine: MockEngine) {
    super();
    engine.faults.forbidSockets();
    this.#engine = engine;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const exchange = handler.onRequestStart === undefined ? new OldStyle(handler) : new NewStyle(handler);
    // Later, as a network would be.
    void nextTurn().then(() => this.#carry(options, exchange));
    return true;
  }

  async #carry(options: Dispatcher.DispatchOptions, exchange: OldStyle | NewStyle): Promise<void> {
    try {
      exchange.start();
      if (exchange.aborted) return;
      const request = readRequest(options, await readBody(options.body));
      if (!exchange.aborted) exchange.answer(this.#engine.handle(request));
    } catch (error) {
      exchange.fail(error as Error);
    }
  }

  override close(): Promise<void>;
  override close(callback: () => void): void;
  override close(callback?: () => void): Promise<void> | void {
    return callback === undefined ? Promise.resolve() : callback();
  }

  override destroy(...args: unknown[]): Promise<void> {
    const callback = args.find((arg) => typeof arg === 'function') as (() => void) | undefined;
    callback?.();
    return Promise.resolve();
  }
}

function readRequest({ method, path, origin, headers }: Dispatcher.DispatchOptions, body: Buffer) {
  const { host } = new URL(String(origin));
  return { method, path, headers: { host, ...readHeaders(headers) }, body };
}

/** A client gives a body that can be read once; undici's own `request` and `fetch` also give others. */
async function readBody(body: unknown): Promise<Buffer> {
  if (body === null || body === undefined) return Buffer.alloc(0);
  if (typeof body === 'string' || body instanceof Uint8Array) return Buffer.from(body);
  if (!(Symbol.asyncIterator in (body as object)))
    throw new TypeError('The mock takes a body of text or bytes only.');
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array | string>)
    chunks.push(Buffer.from(chunk as string));
  return Buffer.concat(chunks);
}

/** Values by name in lower case; of a header that is given several times, all. */
function readHeaders(headers: Dispatcher.DispatchOptions['headers']): Record<string, string | string[]> {
  if (headers === null || headers === undefined) return {};
  const isFlat = Array.isArray(headers);
  const pairs = isFlat
    ? pairUp(headers as string[])
    : Symbol.iterator in headers
      ? [...headers]
      : Object.entries(headers);
  const read: Record<string, string | string[]> = {};
  for (const [title, value] of pairs) {
    const name = String(title).toLowerCase();
    const values = [read[name] ?? [], value].flat().map(String);
    read[name] = values.length === 1 ? values[0]! : values;
  }
  return read;
}

function pairUp(flat: readonly string[]): [string, string][] {
  return Array.from({ length: flat.length / 2 }, (_, index) => [flat[2 * index]!, flat[2 * index + 1]!]);
}

/** The handler interface of undici 7 and later. */
class NewStyle {
  readonly #handler: Dispatcher.DispatchHandler;
  aborted = false;
  readonly #controller: Dispatcher.DispatchController = {
    aborted: false,
    paused: false,
    reason: null,
    abort: (reason) => {
      if (this.aborted) return;
      this.aborted = true;
      this.#handler.onResponseError?.(this.#controller, reason);
    },
    pause: () => {},
    resume: () => {},
  };

  constructor(handler: Dispatcher.DispatchHandler) {
    this.#handler = handler;
  }

  start(): void {
    this.#handler.onRequestStart?.(this.#controller, {});
  }

  answer({ status, headers, body }: MockResponse): void {
    this.#handler.onResponseStart?.(this.#controller, status, headers, '');
    if (!this.aborted) this.#handler.onResponseData?.(this.#controller, Buffer.from(body));
    if (!this.aborted) this.#handler.onResponseEnd?.(this.#controller, {});
  }

  fail(error: Error): void {
    if (!this.aborted) this.#handler.onResponseError?.(this.#controller, error);
  }
}

/** The handler interface that undici's own `request` and `fetch` still use. */
class OldStyle {
  readonly #handler: Dispatcher.DispatchHandler;
  aborted = false;

  constructor(handler: Dispatcher.DispatchHandler) {
    this.#handler = handler;
  }

  start(): void {
    this.#handler.onConnect?.((error) => {
      this.aborted = true;
      this.#handler.onError?.(error ?? new Error('aborted'));
    });
  }

  answer({ status, headers, body }: MockResponse): void {
    const raw = Object.entries(headers)
      .flat()
      .map((text) => Buffer.from(text));
    this.#handler.onHeaders?.(status, raw, () => {}, '');
    this.#handler.onData?.(Buffer.from(body));
    this.#handler.onComplete?.([]);
  }

  fail(error: Error): void {
    if (!this.aborted) this.#handler.onError?.(error);
  }
}
