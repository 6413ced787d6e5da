import type { Attempt, History } from '../call/attempt.js';
import type { Clock } from '../clock.js';
import type { AttemptTrace, CallTrace, Traced } from '../diagnostics.js';
import { attemptTracing, callTracing, endTrace, startTrace } from './channels.js';
import type { AnyTcccError } from '../errors/errors.js';
import { apart } from './apart.js';

/** Runs a call between the start and the end of its trace. */
export async function traceCall<T>(history: History, run: () => Promise<T>): Promise<T> {
  const { call } = history;
  const trace: CallTrace = {
    service: call.definition.service,
    action: call.action,
    endpoint: call.origin,
    deadlineMs: call.deadlineMs,
  };
  const end = (error?: AnyTcccError) =>
    apart(() => {
      trace.attempts = history.attempts;
      trace.outcome = error?.outcome ?? 'succeeded';
      if (error !== undefined) trace.error = error;
      endTrace(callTracing, trace);
    });
  try {
    const result = await startTrace(callTracing, trace, () => once(trace, run));
    end();
    return result;
  } catch (error) {
    end(error as AnyTcccError);
    throw error;
  }
}

/** Runs an attempt that has its turn, from the start of its trace; `endAttempt` ends it. */
export function traceAttempt<T>(
  { call, attempts }: History,
  attempt: Attempt,
  clock: Clock,
  send: () => Promise<T>,
): Promise<T> {
  const trace: AttemptTrace = {
    service: call.definition.service,
    action: call.action,
    endpoint: call.origin,
    attempt: attempts + 1,
    traceId: attempt.traceId,
    waitedMs: clock.monotonic() - attempt.begunAtMs,
  };
  attempt.trace = trace;
  return startTrace(attemptTracing, trace, () => once(trace, send));
}

/** Ends the trace of an attempt, if it has one. */
export function endAttempt(
  { trace, head }: Attempt,
  error: AnyTcccError | undefined,
  requestId: string | undefined,
): void {
  if (trace === undefined) return;
  trace.outcome = error?.outcome ?? 'succeeded';
  if (requestId !== undefined) trace.requestId = requestId;
  if (head !== undefined) trace.status = head.status;
  if (error !== undefined) trace.error = error;
  endTrace(attemptTracing, trace);
}

/**
 * Runs something inside of what a subscriber has set. Exactly once, whatever the subscriber does: it may not call, call twice,
 * call late or throw, and a request that is sent twice may ring a phone twice.
 */
function once<T>(trace: Traced, inside: () => Promise<T>): Promise<T> {
  let begun: Promise<T> | undefined;
  const begin = () => (begun ??= inside());
  if (trace.run !== undefined) apart(() => void trace.run!(begin));
  return begin();
}
