import type { Channel, TracingChannel } from 'node:diagnostics_channel';
import { channel, tracingChannel } from 'node:diagnostics_channel';
import type {
  AttemptMessage,
  ClockMessage,
  CredentialsMessage,
  QueueMessage,
  RetryMessage,
  UnsentMessage,
} from '../diagnostics.js';
import { channelNames } from '../diagnostics.js';

/** A channel that knows what is published on it. */
interface Typed<Message extends object> {
  readonly hasSubscribers: boolean;
  publish(message: Message): void;
}

const typed = <Message extends object>(name: string): Typed<Message> =>
  channel(name) as Channel as Typed<Message>;

// Ask `hasSubscribers` before making a message.
export const attemptChannel = typed<AttemptMessage>(channelNames.attempt);
export const unsentChannel = typed<UnsentMessage>(channelNames.unsent);
export const queueChannel = typed<QueueMessage>(channelNames.queue);
export const retryChannel = typed<RetryMessage>(channelNames.retry);
export const clockChannel = typed<ClockMessage>(channelNames.clock);
export const credentialsChannel = typed<CredentialsMessage>(channelNames.credentials);

export const callTracing = tracingChannel(channelNames.call) as TracingChannel<object>;
export const attemptTracing = tracingChannel(channelNames.attempt) as TracingChannel<object>;

/** Whether anybody follows the start of what a tracing channel is about. */
export function isTraced({ start, asyncEnd, error }: TracingChannel<object>): boolean {
  return start.hasSubscribers || asyncEnd.hasSubscribers || error.hasSubscribers;
}

/**
 * Begins something that is asynchronous, between the `start` and `end` of a trace and in the contexts that stores are bound
 * to.
 */
export function startTrace<T>({ start, end }: TracingChannel<object>, trace: object, inside: () => T): T {
  return start.runStores(trace, () => {
    try {
      return inside();
    } finally {
      end.publish(trace);
    }
  });
}

/** Says that it has ended: well, or with the error that is in the trace. */
export function endTrace(
  { asyncStart, asyncEnd, error }: TracingChannel<object>,
  trace: { error?: unknown },
): void {
  if (trace.error !== undefined) error.publish(trace);
  asyncStart.publish(trace);
  asyncEnd.publish(trace);
}
