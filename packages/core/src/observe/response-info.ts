import type { Attempt, History } from '../call/attempt.js';
import type { AnyTcccError } from '../errors/errors.js';
import type { ResponseInfo } from '../options/observe-options.js';
import { soleValueOf } from '../response/headers.js';
import { safeRequestId } from '../response/read.js';

/** Headers that hold nothing of a call: an allow-list, for a gateway may send back anything. */
const SHOWN = ['content-type', 'date', 'retry-after', 'server', 'x-request-id'] as const;

/** A value that is longer, or has other characters, is not one that these headers have. */
const ORDINARY = /^[\x20-\x7e]{1,128}$/;

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

function shownHeaders(headers: Readonly<Record<string, string | readonly string[] | undefined>>) {
  const pairs = SHOWN.map((name) => [name, soleValueOf(headers[name])] as const);
  return Object.fromEntries(
    pairs.filter(([, value]) => value !== undefined && ORDINARY.test(value)),
  ) as Record<string, string>;
}
