/** A request as any way in receives it. */
export interface MockRequest {
  method: string;
  path: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
}

/** A response as any way in gives it. */
export interface MockResponse {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
  /** How the response goes wrong below HTTP; only the server can do it. Absent: it does not. */
  wire?: Wire;
  /** Another response on the same connection that nobody asked for; only the server can send it. Absent: none. */
  surplus?: Surplus;
}

/** A response to no request. */
export interface Surplus {
  response: MockResponse;
  /** How long after the proper one it comes, in milliseconds; 0: in one packet with it. */
  afterMs: number;
}

/** What the server does to the connection instead of sending the response properly. */
export type Wire =
  | 'reset'
  | 'hang'
  | 'stall-headers'
  | 'stall-body'
  | 'cut-length'
  | 'cut-chunks'
  | 'drip'
  | 'close-after'
  | 'repeat';

/**
 * Refuses a request with one of the service's codes.
 *
 * @example
 * engine.respond('StopAutoCalloutTask', () => new Refusal('UnsupportedOperation', 'It has ended.'));
 */
export class Refusal extends Error {
  readonly code: string;
  /** What helps to find the cause; kept in the journal, never on the wire. */
  readonly detail: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, detail: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.detail = detail;
  }
}

/** A header's value; of several with one name, the first. */
export function header(request: MockRequest, name: string): string | undefined {
  const value: unknown = request.headers[name];
  if (typeof value === 'string') return value;
  // Clients name headers, too: `constructor` finds what every object has, which is neither a text nor a list.
  return Array.isArray(value) ? (value as string[])[0] : undefined;
}
