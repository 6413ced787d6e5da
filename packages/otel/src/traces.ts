import type { TracingChannelSubscribers } from 'node:diagnostics_channel';
import type { Span, Tracer } from '@opentelemetry/api';
import { SpanKind, SpanStatusCode, context, trace as traces } from '@opentelemetry/api';
import type { AttemptTrace, CallTrace, RetryMessage } from '@tccc/core';
import { commonAttributes, methodOf, outcomeAttributes } from './attributes.js';
import * as names from './names.js';

/** A shorter wait, in milliseconds, does not count as one. */
const LEAST_WAIT_MS = 1;

/** Makes one span for each call, and one below it for each attempt. */
export class Traces {
  readonly #tracer: Tracer;
  readonly #spans = new WeakMap<object, Span>();

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
  }

  readonly calls = subscribers<CallTrace>({
    start: (call) => {
      this.#begin(call, {});
    },
    asyncEnd: (call) => this.#end(call, { [names.TCCC_ATTEMPTS]: call.attempts }),
  });

  readonly attempts = subscribers<AttemptTrace>({
    start: (attempt) => {
      const { waitedMs } = attempt;
      // The span of the call is the active one here, also if the call has waited for long.
      const call = traces.getActiveSpan();
      if (waitedMs >= LEAST_WAIT_MS) call?.addEvent('tccc.waited', { [names.TCCC_WAIT]: waitedMs / 1000 });
      const resends = attempt.attempt - 1;
      this.#begin(attempt, {
        [names.HTTP_REQUEST_METHOD]: 'POST',
        [names.URL_FULL]: `${attempt.endpoint}/`,
        [names.TCCC_TRACE_ID]: attempt.traceId,
        ...(resends === 0 ? {} : { [names.HTTP_REQUEST_RESEND_COUNT]: resends }),
      });
    },
    asyncEnd: (attempt) =>
      this.#end(attempt, {
        [names.HTTP_RESPONSE_STATUS_CODE]: attempt.status,
        [names.TCCC_REQUEST_ID]: attempt.requestId,
      }),
  });

  /** What was decided after an attempt becomes an event of its call. */
  readonly onRetry = (message: unknown): void => {
    const { isRetried, reason, code, waitedMs } = message as RetryMessage;
    traces.getActiveSpan()?.addEvent(isRetried ? 'tccc.retried' : 'tccc.not_retried', {
      [names.ERROR_TYPE]: code,
      [names.TCCC_WAIT]: waitedMs / 1000,
      ...(reason === undefined ? {} : { 'tccc.reason': reason }),
    });
  };

  #begin(trace: CallTrace | AttemptTrace, more: Record<string, string | number>): void {
    const attributes = { ...commonAttributes(trace), ...more };
    const options = { kind: SpanKind.CLIENT, attributes };
    const span = this.#tracer.startSpan(methodOf(trace), options, context.active());
    this.#spans.set(trace, span);
    const inside = traces.setSpan(context.active(), span);
    trace.run = (run) => context.with(inside, run);
  }

  #end(trace: CallTrace | AttemptTrace, more: Record<string, string | number | undefined>): void {
    const span = this.#spans.get(trace);
    if (span === undefined) return;
    for (const [name, value] of Object.entries({ ...outcomeAttributes(trace), ...more }))
      if (value !== undefined) span.setAttribute(name, value);
    const { error } = trace;
    // The message of an error of this SDK has no phone number and no secret.
    if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
    span.end();
  }
}

/** Subscribers for a tracing channel that says only when something begins and when it has ended. */
export function subscribers<Trace extends object>(on: {
  start: (trace: Trace) => void;
  asyncEnd: (trace: Trace) => void;
}): TracingChannelSubscribers<object> {
  const nothing = () => {};
  return {
    end: nothing,
    asyncStart: nothing,
    error: nothing,
    ...on,
  } as unknown as TracingChannelSubscribers<object>;
}
