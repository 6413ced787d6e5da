import { brotliCompressSync, gzipSync } from 'node:zlib';
import {
  JSON_TYPE,
  anothersText,
  broken,
  bytes,
  envelope,
  html,
  ok,
  refusal,
  refusalText,
  successText,
  twice,
  withId,
} from './makers.js';
import type { FaultKind } from './makers.js';

/** An id that a JavaScript number cannot hold: 2^53 + 1. */
const UNSAFE_ID = '9007199254740993';

/** How far off the clock of `clock-hours-off` is, in milliseconds. */
const HOURS_OFF_MS = 5 * 3_600_000;

/** Longer than any client should read: 2 MiB. */
const OVERSIZE_BYTES = 2 * 1024 * 1024;

/** How late a late response comes, in milliseconds. */
const LATE_MS = 3;

/** How far behind a list is, in milliseconds. */
const LAG_MS = 60_000;

/** More than the buffers on the way hold, so that the rest waits until the server reads on: 8 MiB. */
const LARGE_BYTES = 8 * 1024 * 1024;

/** Every fault that the mock can show, by name. */
export const faultKinds = {
  // Below HTTP. How each is sent: `server/wire.ts`.
  'reset-at-once': {
    ...broken('before', 'the connection is reset when the request arrives, before it is read', 'reset'),
    at: 'head',
  },
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

  // Responses that do not belong to the request.
  'success-twice': twice('after', 'the success twice, in one packet', 0, (context) => [
    successText(context),
    successText(context),
  ]),
  'success-twice-late': twice('after', `the success, and again ${LATE_MS} ms later`, LATE_MS, (context) => [
    successText(context),
    successText(context),
  ]),
  'anothers-first': twice(
    'after',
    'the success of another request and then its own, in one packet',
    0,
    (context) => [anothersText(context), successText(context)],
  ),
  'refusal-twice': twice('before', 'RequestLimitExceeded twice, in one packet', 0, ({ requestId }) => [
    refusalText(requestId),
    refusalText(requestId),
  ]),
  'refusal-twice-late': twice(
    'before',
    `RequestLimitExceeded, and again ${LATE_MS} ms later`,
    LATE_MS,
    ({ requestId }) => [refusalText(requestId), refusalText(requestId)],
  ),
  'refusal-and-success': twice(
    'after',
    'RequestLimitExceeded and then its own success, in one packet',
    0,
    (context) => [refusalText(context.newRequestId()), successText(context)],
  ),
  'refusal-then-success': twice(
    'after',
    `RequestLimitExceeded, and its own success ${LATE_MS} ms later`,
    LATE_MS,
    (context) => [refusalText(context.newRequestId()), successText(context)],
  ),
  'stray-response': {
    strikes: 'before',
    at: 'connection',
    meaning: 'a success as soon as the connection is accepted, before anything was asked',
    needsSockets: true,
    response: (context) => ok(successText(context)),
  },
  'early-refusal': {
    strikes: 'after',
    at: 'head',
    leastBytes: LARGE_BYTES,
    meaning:
      'RequestLimitExceeded before a large request (8 MiB or more) was read, which is then executed if all of it comes',
    needsSockets: true,
    response: ({ requestId }) => ok(refusalText(requestId)),
  },
  'earlier-response': broken(
    'after',
    'the previous response on this connection again; if there was none, its own',
    'repeat',
  ),
  'anothers-trace-id': envelope(
    'after',
    'the success of another request, with the trace id of that request',
    anothersText,
    { 'x-tc-traceid': '00000000-0000-4000-8000-000000000000' },
  ),
  cached: envelope(
    'after',
    'the success of another request, which a cache has kept for a minute (Age)',
    anothersText,
    { age: '60' },
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
  'gzip-bomb': {
    strikes: 'either',
    meaning: 'a small gzip body that expands to 8 MiB',
    response: () => ({ ...ok(gzipBomb()), headers: { ...JSON_TYPE, 'content-encoding': 'gzip' } }),
  },
  oversize: bytes('a body of 2 MiB', 'x'.repeat(OVERSIZE_BYTES)),

  // The service's envelope, but not as documented.
  'truncated-utf8': envelope('either', 'text cut within a character', ({ success }) => {
    const whole = Buffer.from(JSON.stringify({ Response: { ...success, Note: '通' } }));
    const cut = whole.indexOf(Buffer.from('通')) + 2;
    return Buffer.concat([whole.subarray(0, cut), Buffer.from('"}}')]);
  }),
  'error-and-result': envelope('after', 'a result and an error at once', ({ success }) =>
    JSON.stringify({
      Response: { ...success, Error: { Code: 'InvalidParameter', Message: 'Contradictory.' } },
    }),
  ),
  'error-beside': envelope('after', 'a success, and an error next to the key "Response"', (context) =>
    together(successText(context), '{"Error":{"Code":"InternalError","Message":"Contradictory."}}'),
  ),
  'no-id': envelope('either', 'a success without its id', ({ requestId }) =>
    JSON.stringify({ Response: { RequestId: requestId } }),
  ),
  'no-request-id': envelope('after', 'a success without RequestId', ({ success }) => {
    const { RequestId: _left, ...rest } = success;
    return JSON.stringify({ Response: rest });
  }),
  'refusal-no-request-id': envelope('after', 'RequestLimitExceeded without RequestId', ({ requestId }) =>
    refusalText(requestId).replace(`,"RequestId":"${requestId}"`, ''),
  ),
  'two-responses': envelope(
    'after',
    'a success, and RequestLimitExceeded under the same key "Response"',
    (context) => together(successText(context), refusalText(context.newRequestId())),
  ),
  'two-errors': envelope('after', 'two errors under the same key "Error"', ({ requestId }) =>
    refusalText(requestId).replace('"Error"', '"Error":{"Code":"InternalError","Message":""},"Error"'),
  ),
  'two-codes': envelope('after', 'two codes under the same key "Code"', ({ requestId }) =>
    refusalText(requestId).replace('"Code"', '"Code":"InternalError","Code"'),
  ),
  'text-id': withId('an id that is a string of digits', (id) => `"${id}"`),
  'unsafe-id': withId('an id beyond 2^53', UNSAFE_ID),
  'zero-id': withId('an id of 0', '0'),
  'minus-zero-id': withId('an id of -0', '-0'),
  'negative-id': withId('an id below 0', (id) => `-${id}`),
  'rounded-id': withId('an id with a fraction that a number cannot hold', '5.00000000000000000001'),
  'long-new-field': withId(
    'a new field next to the id, with an integer beyond 2^53',
    (id) => `${id},"NewField":${UNSAFE_ID}`,
  ),
  brotli: envelope(
    'after',
    'the success, compressed with brotli',
    (context) => brotliCompressSync(successText(context)),
    { 'content-encoding': 'br' },
  ),

  // Late to know.
  'list-lags': {
    ...envelope(
      'after',
      `a list without what was created in the ${LAG_MS / 1_000} seconds before; no other action changes`,
      successText,
    ),
    listDelayMs: LAG_MS,
  },

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

let bomb: Buffer | undefined;

/** Made once, and only if it is needed. */
function gzipBomb(): Buffer {
  bomb ??= gzipSync(Buffer.alloc(8 * 1024 * 1024));
  return bomb;
}

/** Two JSON objects as one, in which a key may be there twice. */
function together(first: string, second: string): string {
  return `${first.slice(0, -1)},${second.slice(1)}`;
}

/** The groups of the list above, each with the first fault in it. */
const GROUPS = [
  ['Below HTTP', 'reset-at-once'],
  ['Responses that do not belong to the request', 'success-twice'],
  ['A gateway answers instead of the service', 'bad-gateway'],
  ['The service’s envelope, but not as documented', 'error-and-result'],
  ['Late to know', 'list-lags'],
  ['The service’s own codes', 'internal-error'],
] as const satisfies readonly (readonly [title: string, first: FaultName])[];

/** The group that a fault is in, as a title. */
export function faultGroupOf(name: string): string {
  const names = Object.keys(faultKinds);
  return GROUPS.findLast(([, first]) => names.indexOf(first) <= names.indexOf(name))?.[0] ?? '';
}
