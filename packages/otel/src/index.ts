/// <reference types="node" preserve="true" />
import { subscribe, tracingChannel, unsubscribe } from 'node:diagnostics_channel';
import type { MeterProvider, TracerProvider } from '@opentelemetry/api';
import { metrics, trace } from '@opentelemetry/api';
import { channelNames } from '@tccc/core';
import manifest from '../package.json' with { type: 'json' };
import type { Measured } from './metrics.js';
import { Metrics } from './metrics.js';
import { Traces } from './traces.js';

export type { Measured } from './metrics.js';

/** Where traces and metrics go. */
export interface InstrumentOptions {
  /**
   * Where traces go; `false` for none.
   *
   * @defaultValue the one that is registered with the API
   */
  tracerProvider?: TracerProvider | false;
  /**
   * Where metrics go; `false` for none.
   *
   * @defaultValue the one that is registered with the API
   */
  meterProvider?: MeterProvider | false;
}

/** What instrumentation was set up. */
export interface Instrumentation extends Disposable {
  /**
   * Measures what a client is doing, whenever metrics are collected: calls that wait, requests under way, slots, connections.
   * Returns what ends it; call that before you forget the client.
   */
  observe(client: Measured): () => void;
  /** Ends it. Spans that are open then stay open. */
  disable(): void;
}

/** Whose spans and metrics they are; in a build, the version is a part of the code. */
const { name: NAME, version: VERSION } = manifest;

/**
 * Makes traces and metrics of all clients of this process, whichever copy of the SDK they come from. Call it once, when the
 * SDK of OpenTelemetry has been started.
 *
 * @example
 * const instrumentation = instrument();
 * instrumentation.observe(client); // the queue, the slots and the connections of this client, too
 */
export function instrument({ tracerProvider, meterProvider }: InstrumentOptions = {}): Instrumentation {
  const undo: (() => void)[] = [];
  const follow = (
    name: string,
    subscribers: Parameters<ReturnType<typeof tracingChannel>['subscribe']>[0],
  ) => {
    tracingChannel(name).subscribe(subscribers);
    undo.push(() => void tracingChannel(name).unsubscribe(subscribers));
  };
  const listen = (name: string, listener: (message: unknown) => void) => {
    subscribe(name, listener);
    undo.push(() => void unsubscribe(name, listener));
  };

  // Measured first, so that what a span does is not part of a duration.
  const measured =
    meterProvider === false ? undefined : new Metrics((meterProvider ?? metrics).getMeter(NAME, VERSION));
  if (measured !== undefined) {
    follow(channelNames.call, measured.calls);
    follow(channelNames.attempt, measured.attempts);
    listen(channelNames.unsent, measured.onUnsent);
  }
  if (tracerProvider !== false) {
    const traces = new Traces((tracerProvider ?? trace).getTracer(NAME, VERSION));
    follow(channelNames.call, traces.calls);
    follow(channelNames.attempt, traces.attempts);
    listen(channelNames.retry, traces.onRetry);
  }

  const disable = () => {
    for (const one of undo.splice(0)) one();
  };
  const observe = (client: Measured) => {
    const end = measured?.observe(client) ?? (() => {});
    undo.push(end);
    return end;
  };
  return { observe, disable, [Symbol.dispose]: disable };
}
