import type { MockResponse, Wire } from '../common/protocol.js';

/** A response as it would have been without the fault, and what the fault needs to bend it. */
export interface FaultContext {
  /** The fields under `Response` of a response that reports a success; an id only where something was created. */
  success: Record<string, unknown>;
  requestId: string;
  /** Makes the id of a response to another request. */
  newRequestId: () => string;
  /** Now, as the mock's clock has it, in milliseconds since the Unix epoch. */
  nowMs: number;
}

/** One way to fail. */
export interface FaultKind {
  /** What the client is shown. */
  readonly meaning: string;
  /** Whether it happens below HTTP, so that only the server can show it. */
  readonly needsSockets?: true;
  /**
   * When it strikes: before anything is created, after it, or either (the rule decides; `after` unless it says so).
   * After a creation is the case that matters most: the request was executed, and the client must not believe otherwise.
   */
  readonly strikes: 'before' | 'after' | 'either';
  /**
   * What it does not wait for: it strikes a connection as soon as that is accepted, or a request as soon as its head was
   * read. Absent: it waits for the whole request.
   */
  readonly at?: 'connection' | 'head';
  /** Lists do not show what was created in this many milliseconds before. Default 0. */
  readonly listDelayMs?: number;
  /** Only requests with this many bytes of body can be struck. Default 0. */
  readonly leastBytes?: number;
  /** The response that the client gets instead. */
  response(context: FaultContext): MockResponse;
}

type Strikes = FaultKind['strikes'];

export const JSON_TYPE = { 'content-type': 'application/json' };

/** Something goes wrong while the proper response is sent. */
export function broken(strikes: Strikes, meaning: string, wire: Wire): FaultKind {
  return {
    strikes,
    meaning,
    needsSockets: true,
    response: (context) => ({ ...ok(successText(context)), wire }),
  };
}

/** A page of a gateway. */
export function html(meaning: string, status: number): FaultKind {
  return bytes(
    meaning,
    `<html><body><h1>${status}</h1></body></html>`,
    { 'content-type': 'text/html' },
    status,
  );
}

/** A body that has nothing to do with the request. */
export function bytes(
  meaning: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
  status = 200,
): FaultKind {
  return { strikes: 'either', meaning, response: () => ({ status, headers, body }) };
}

/** A body of its own, which may be made of the proper one. */
export function envelope(
  strikes: Strikes,
  meaning: string,
  body: (context: FaultContext) => string | Buffer,
  headers: Record<string, string> = {},
): FaultKind {
  return {
    strikes,
    meaning,
    response: (context) => ({ status: 200, headers: { ...JSON_TYPE, ...headers }, body: body(context) }),
  };
}

/** A success whose id is written in another way. */
export function withId(meaning: string, write: string | ((id: string) => string)): FaultKind {
  return envelope('after', meaning, (context) => writeId(successText(context), write));
}

/** An error code of the service. */
export function refusal(strikes: Strikes, code: string, clockOffMs = 0): FaultKind {
  return {
    strikes,
    meaning: `the service answers ${code}`,
    response: ({ requestId, nowMs }) => ({
      status: 200,
      headers: { ...JSON_TYPE, date: new Date(nowMs + clockOffMs).toUTCString() },
      body: refusalText(requestId, code),
    }),
  };
}

/** Two responses to one request; the second one after `afterMs`, or in one packet with the first if that is 0. */
export function twice(
  strikes: Strikes,
  meaning: string,
  afterMs: number,
  texts: (context: FaultContext) => [first: string, second: string],
): FaultKind {
  return {
    strikes,
    meaning,
    needsSockets: true,
    response: (context) => {
      const [first, second] = texts(context);
      return { ...ok(first), surplus: { response: ok(second), afterMs } };
    },
  };
}

/** The proper response. */
export function successText({ success }: FaultContext): string {
  return JSON.stringify({ Response: success });
}

/** The same as if it were the response to another request. */
export function anothersText(context: FaultContext): string {
  const { success, newRequestId } = context;
  const other = JSON.stringify({ Response: { ...success, RequestId: newRequestId() } });
  return writeId(other, (id) => String(Number(id) + 1_000_000_000));
}

export function refusalText(requestId: string, code = 'RequestLimitExceeded'): string {
  return JSON.stringify({
    Response: { Error: { Code: code, Message: 'A fault of the mock.' }, RequestId: requestId },
  });
}

export function ok(body: string | Buffer): MockResponse {
  return { status: 200, headers: JSON_TYPE, body };
}

/** The first number of a success is the id of what was created. */
function writeId(text: string, write: string | ((id: string) => string)): string {
  return text.replace(/:(\d+)/, (_all, id: string) => `:${typeof write === 'string' ? write : write(id)}`);
}
