import type { MockResponse, Wire } from '../protocol.js';

/** A response as it would have been without the fault, and what the fault needs to bend it. */
export interface FaultContext {
  /** The fields under `Response` of a response that reports a success; an id only where something was created. */
  success: Record<string, unknown>;
  requestId: string;
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
  /** The response that the client gets instead. */
  response(context: FaultContext): MockResponse;
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** An id that a JavaScript number cannot hold: 2^53 + 1. */
export const UNSAFE_ID = '9007199254740993';

/** How far off the clock of `clock-hours-off` is, in milliseconds. */
export const HOURS_OFF_MS = 5 * 3_600_000;

/** Longer than any client should read: 2 MiB. */
const OVERSIZE_BYTES = 2 * 1024 * 1024;

/** Every fault that the mock can show, by name. */
export const faultKinds = {
  // Below HTTP.
  'reset-at-once': broken(
    'before',
    'the connection is reset when the request arrives, before it is read',
    'reset',
  ),
  'reset-before-create': broken(
    'before',
    'the connection is reset after the request was read, before anything is created',
    'reset',
  ),
  'reset-after-create': broken('after', 'the connection is reset after the request was executed', 'reset'),
  'no-answer': broken('either', 'nothing is ever answered', 'hang'),
  'stall-in-headers': broken('either', 'the response stops within its headers', 'stall-headers'),
  'stall-in-body': broken('either', 'the response stops within its body', 'stall-body'),
  'cut-body': broken('either', 'the connection ends before the announced length', 'cut-length'),
  'cut-chunks': broken('either', 'the connection ends within a chunked body', 'cut-chunks'),
  'slow-drip': broken('after', 'the whole response, a few bytes at a time', 'drip'),
  'close-after-response': broken(
    'after',
    'the response is complete, then the kept-alive connection is closed without notice',
    'close-after',
  ),

  // A gateway answers instead of the service.
  'bad-gateway': html('HTML with status 502', 502),
  unavailable: html('HTML with status 503', 503),
  'gateway-timeout': html('HTML with status 504', 504),
  'gateway-429': bytes(
    'status 429 of a gateway, with Retry-After',
    'Too Many Requests',
    { 'retry-after': '3' },
    429,
  ),
  redirect: bytes('status 307 to another place', '', { location: '/elsewhere' }, 307),
  html: html('HTML with status 200', 200),
  empty: bytes('an empty body', ''),
  'empty-object': bytes('{}', '{}', JSON_TYPE),
  null: bytes('null', 'null', JSON_TYPE),
  'empty-array': bytes('[]', '[]', JSON_TYPE),
  'bad-gzip': bytes('a body that says it is gzip but is not', 'not gzip', {
    ...JSON_TYPE,
    'content-encoding': 'gzip',
  }),
  oversize: bytes('a body of 2 MiB', 'x'.repeat(OVERSIZE_BYTES)),

  // The service's envelope, but not as documented.
  'truncated-utf8': envelope('either', 'a text cut within a character', ({ success }) => {
    const whole = Buffer.from(JSON.stringify({ Response: { ...success, Note: '通' } }));
    const cut = whole.indexOf(Buffer.from('通')) + 2;
    return Buffer.concat([whole.subarray(0, cut), Buffer.from('"}}')]);
  }),
  'error-and-result': envelope('after', 'a result and an error at once', ({ success }) =>
    JSON.stringify({
      Response: { ...success, Error: { Code: 'InvalidParameter', Message: 'Contradictory.' } },
    }),
  ),
  'no-id': envelope('either', 'a success without its id', ({ requestId }) =>
    JSON.stringify({ Response: { RequestId: requestId } }),
  ),
  'no-request-id': envelope('after', 'a success without RequestId', ({ success }) => {
    const { RequestId: _left, ...rest } = success;
    return JSON.stringify({ Response: rest });
  }),
  'text-id': envelope('after', 'an id that is a string of digits', ({ success }) =>
    JSON.stringify({ Response: success }).replace(/:(\d+)/, ':"$1"'),
  ),
  'unsafe-id': envelope('after', 'an id beyond 2^53', ({ success }) =>
    JSON.stringify({ Response: success }).replace(/:\d+/, `:${UNSAFE_ID}`),
  ),

  // The service's own codes.
  'internal-error': refusal('either', 'InternalError'),
  'unknown-code': refusal('either', 'FailedOperation.SomethingNew'),
  'rate-limited': refusal('before', 'RequestLimitExceeded'),
  'rate-limited-account': refusal('before', 'RequestLimitExceeded.UinLimitExceeded'),
  'rate-limited-global': refusal('before', 'RequestLimitExceeded.GlobalRegionUinLimitExceeded'),
  'rate-limited-address': refusal('before', 'RequestLimitExceeded.IPLimitExceeded'),
  'clock-hours-off': refusal('before', 'AuthFailure.SignatureExpire', HOURS_OFF_MS),
  'token-refused': refusal('before', 'AuthFailure.TokenFailure'),
} satisfies Record<string, FaultKind>;

/** Name of a fault. */
export type FaultName = keyof typeof faultKinds;

function broken(strikes: FaultKind['strikes'], meaning: string, wire: Wire): FaultKind {
  return {
    strikes,
    meaning,
    needsSockets: true,
    response: ({ success }) => ({ ...ok(JSON.stringify({ Response: success })), wire }),
  };
}

function html(meaning: string, status: number): FaultKind {
  return bytes(
    meaning,
    `<html><body><h1>${status}</h1></body></html>`,
    { 'content-type': 'text/html' },
    status,
  );
}

function bytes(meaning: string, body: string, headers: Record<string, string> = {}, status = 200): FaultKind {
  return { strikes: 'either', meaning, response: () => ({ status, headers, body }) };
}

function envelope(
  strikes: FaultKind['strikes'],
  meaning: string,
  body: (context: FaultContext) => string | Buffer,
): FaultKind {
  return { strikes, meaning, response: (context) => ok(body(context)) };
}

function refusal(strikes: FaultKind['strikes'], code: string, clockOffMs = 0): FaultKind {
  return {
    strikes,
    meaning: `the service answers ${code}`,
    response: ({ requestId, nowMs }) => {
      const response = ok(
        JSON.stringify({
          Response: { Error: { Code: code, Message: 'A fault of the mock.' }, RequestId: requestId },
        }),
      );
      return {
        ...response,
        headers: { ...response.headers, date: new Date(nowMs + clockOffMs).toUTCString() },
      };
    },
  };
}

function ok(body: string | Buffer): MockResponse {
  return { status: 200, headers: JSON_TYPE, body };
}
