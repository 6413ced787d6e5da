/**
 * The part of an undici `Dispatcher` (version 7 or later) that this package uses. Described by its shape, so that a
 * dispatcher of another copy of undici fits too.
 */
export interface DispatcherLike {
  dispatch(options: DispatchRequest, handler: ResponseHandler): boolean;
  close?(): Promise<void>;
  destroy?(error?: Error | null): Promise<void>;
}

/** One HTTP request, as handed to a dispatcher. */
export interface DispatchRequest {
  origin: string;
  path: string;
  method: 'GET' | 'POST';
  /** Names and values in turn. */
  headers: string[];
  /**
   * `null`, or an `AsyncIterable<Buffer>` that can be read once, with its length in the header `content-length`;
   * `String(body)` reads it, too. undici takes it, though its types have no word for that.
   */
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
  /** Both off (0): this package times its calls itself. */
  headersTimeout: number;
  bodyTimeout: number;
}

/** Ends an exchange from the outside; see undici's `DispatchController`. */
export interface ExchangeController {
  abort(reason: Error): void;
}

export type ResponseHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** What a dispatcher tells about the exchange; see undici's `DispatchHandler`. */
export interface ResponseHandler {
  /** The request has a connection and is about to be written to it. */
  onRequestStart(controller: ExchangeController, context: unknown): void;
  onResponseStart(
    controller: ExchangeController,
    status: number,
    headers: ResponseHeaders,
    statusText?: string,
  ): void;
  onResponseData(controller: ExchangeController, chunk: Buffer): void;
  onResponseEnd(controller: ExchangeController, trailers: ResponseHeaders): void;
  onResponseError(controller: ExchangeController, error: Error): void;
}
