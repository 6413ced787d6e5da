import type { Attempt, History } from '../call/attempt.js';
import type { AnyTcccError } from '../errors/errors.js';
import type { ResponseInfo } from '../options/observe-options.js';
import { soleValueOf } from '../response/headers.js';
import { safeRequestId } from '../response/read.js';
import type { ResponseHeaders } from '../transport/dispatcher.js';

const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** Headers that hold nothing of a call, if they have their usual form: an allow-list, since a gateway may send back anything. */
const SHOWN: readonly (readonly [name: string, form: RegExp])[] = [
  [
    'content-type',
    /^[a-z]{1,20}\/[a-z.+-]{1,40}(?:; ?charset="?(?:utf-8|us-ascii|iso-8859-1|gbk|gb18030)"?)?$/i,
  ],
  ['date', HTTP_DATE],
  ['retry-after', new RegExp(`^\\d{1,5}$|${HTTP_DATE.source}`)],
  // A name, and a version of six digits at most.
  ['server', /^[a-z-]{1,20}(?:\/\d{1,2}(?:\.\d{1,2}){0,2})?(?: \([a-z ]{1,20}\))?$/i],
  ['x-request-id', /^(?=.*[a-f])[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i],
];

/** What may be told of a response. */
export function responseInfo(
  { call, attempts }: History,
  { head, traceId, begunAtMs, grantedAtMs }: Attempt,
  error: AnyTcccError | undefined,
  id: string | undefined,
  endedAtMs: number,
): ResponseInfo {
  const requestId = safeRequestId(id);
  return {
    action: call.action,
    endpoint: call.origin,
    attempt: attempts,
    status: head?.status ?? 0,
    headers: shownHeaders(head?.headers ?? {}),
    outcome: error?.outcome ?? 'succeeded',
    ...(error === undefined ? {} : { code: error.code }),
    ...(requestId === undefined ? {} : { requestId }),
    traceId,
    waitedMs: (grantedAtMs ?? endedAtMs) - begunAtMs,
    tookMs: grantedAtMs === undefined ? 0 : endedAtMs - grantedAtMs,
  };
}

function shownHeaders(headers: ResponseHeaders): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, form] of SHOWN) {
    const value = soleValueOf(headers[name]);
    if (typeof value === 'string' && form.test(value)) shown[name] = value;
  }
  return shown;
}
