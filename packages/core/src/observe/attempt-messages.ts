import type { Attempt, History } from '../call/attempt.js';
import { attemptChannel, unsentChannel } from './channels.js';
import type { AnyTcccError } from '../errors/errors.js';
import { safeRequestId } from '../response/read.js';

/** Tells diagnostics about the end of an attempt that had its turn. */
export function publishAttempt(
  { call, attempts }: History,
  attempt: Attempt,
  error: AnyTcccError | undefined,
  id: string | undefined,
  endedAtMs: number,
): void {
  const { begunAtMs, grantedAtMs } = attempt;
  if (!attemptChannel.hasSubscribers || grantedAtMs === undefined) return;
  const requestId = safeRequestId(id);
  attemptChannel.publish({
    action: call.action,
    endpoint: call.origin,
    attempt: attempts,
    outcome: error?.outcome ?? 'succeeded',
    ...(error === undefined ? {} : { code: error.code }),
    ...(requestId === undefined ? {} : { requestId }),
    traceId: attempt.traceId,
    waitedMs: grantedAtMs - begunAtMs,
    tookMs: endedAtMs - grantedAtMs,
  });
}

/** Tells diagnostics about an attempt that ended before its turn. */
export function publishUnsent(
  { call }: History,
  { begunAtMs, grantedAtMs }: Attempt,
  error: AnyTcccError | undefined,
  endedAtMs: number,
): void {
  if (!unsentChannel.hasSubscribers || grantedAtMs !== undefined || error === undefined) return;
  unsentChannel.publish({
    action: call.action,
    endpoint: call.origin,
    outcome: error.outcome,
    code: error.code,
    waitedMs: endedAtMs - begunAtMs,
  });
}
