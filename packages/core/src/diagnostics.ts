import type { Channel } from 'node:diagnostics_channel';
import { channel } from 'node:diagnostics_channel';
import type { Outcome } from './errors/outcome.js';

/**
 * What is published on the diagnostics channel `@tccc/core:attempt` at the end of every attempt. An allow-list: nothing
 * of the parameters, the credentials or the response's text is in it.
 */
export interface AttemptMessage {
  action: string;
  /** Origin that the request went to. */
  endpoint: string;
  /** Counts from 1. */
  attempt: number;
  outcome: 'succeeded' | Outcome;
  /** Code of the error, if there was one. */
  code?: string;
  /** Id that the service gave to the request; absent if there was no response of the service. */
  requestId?: string;
  /** What the request was marked with: the X-TC-TraceId header. */
  traceId: string;
  /** How long the attempt waited for its turn, in milliseconds. */
  waitedMs: number;
  /** How long the attempt took after that, in milliseconds. */
  tookMs: number;
}

/** Subscribe with `diagnostics_channel.subscribe('@tccc/core:attempt', listener)`. */
export const ATTEMPT_CHANNEL = '@tccc/core:attempt';

/** Where the end of every attempt is published; ask `hasSubscribers` before making a message. */
export const attemptChannel: Channel = channel(ATTEMPT_CHANNEL);
