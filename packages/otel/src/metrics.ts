import type { BatchObservableResult, Counter, Histogram, Meter } from '@opentelemetry/api';
import type { AttemptTrace, CallTrace, ClientStats, UnsentMessage } from '@tccc/core';
import { commonAttributes, outcomeAttributes } from './attributes.js';
import * as names from './names.js';
import { subscribers } from './traces.js';

/** A client whose state is measured. */
export interface Measured {
  stats(): ClientStats;
}

/** Boundaries of the histograms, in seconds: those that the conventions recommend, and longer ones for waits. */
const BOUNDARIES = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** Measures how long calls and attempts take and wait, and counts what came of them. */
export class Metrics {
  readonly #begun = new WeakMap<object, number>();
  readonly #callDuration: Histogram;
  readonly #attemptDuration: Histogram;
  readonly #wait: Histogram;
  readonly #calls: Counter;
  readonly #unsent: Counter;
  readonly #meter: Meter;

  constructor(meter: Meter) {
    this.#meter = meter;
    const inSeconds = (name: string, description: string) =>
      meter.createHistogram(name, {
        description,
        unit: 's',
        advice: { explicitBucketBoundaries: BOUNDARIES },
      });
    this.#callDuration = inSeconds('rpc.client.call.duration', 'Duration of calls, with waits and retries');
    this.#attemptDuration = inSeconds('tccc.client.attempt.duration', 'Duration of attempts, without waits');
    this.#wait = inSeconds('tccc.client.wait.duration', 'How long attempts waited for their turn');
    this.#calls = meter.createCounter('tccc.client.calls', {
      description: 'Calls by outcome',
      unit: '{call}',
    });
    this.#unsent = meter.createCounter('tccc.client.unsent', {
      description: 'Attempts that ended before their turn',
      unit: '{attempt}',
    });
  }

  readonly calls = subscribers<CallTrace>({
    start: (call) => void this.#begun.set(call, performance.now()),
    asyncEnd: (call) => {
      const attributes = { ...commonAttributes(call), ...outcomeAttributes(call) };
      this.#calls.add(1, attributes);
      this.#record(this.#callDuration, call, attributes);
    },
  });

  readonly attempts = subscribers<AttemptTrace>({
    start: (attempt) => {
      this.#begun.set(attempt, performance.now());
      this.#wait.record(attempt.waitedMs / 1000, commonAttributes(attempt));
    },
    asyncEnd: (attempt) =>
      this.#record(this.#attemptDuration, attempt, {
        ...commonAttributes(attempt),
        ...outcomeAttributes(attempt),
      }),
  });

  readonly onUnsent = (message: unknown): void => {
    const { action, code } = message as UnsentMessage;
    this.#unsent.add(1, { 'tccc.action': action, [names.ERROR_TYPE]: code });
  };

  /** Measures what a client is doing, whenever metrics are collected. Returns what ends it. */
  observe(client: Measured): () => void {
    const gauge = (name: string, description: string, unit: string) =>
      this.#meter.createObservableGauge(name, { description, unit });
    const queued = gauge('tccc.client.queued', 'Calls that wait for their turn', '{call}');
    const inFlight = gauge('tccc.client.in_flight', 'Calls with a request under way', '{call}');
    const slots = gauge('tccc.client.slots_used', 'Slots of the limits that are in use', '{slot}');
    const connections = gauge('tccc.client.connections', 'Open connections', '{connection}');
    const all = [queued, inFlight, slots, connections];
    const callback = (result: BatchObservableResult) => {
      const stats = client.stats();
      result.observe(queued, stats.queued);
      result.observe(inFlight, stats.inFlight);
      if (stats.slotsUsed !== undefined) result.observe(slots, stats.slotsUsed);
      if (stats.connections !== undefined) result.observe(connections, stats.connections);
    };
    this.#meter.addBatchObservableCallback(callback, all);
    return () => this.#meter.removeBatchObservableCallback(callback, all);
  }

  #record(histogram: Histogram, trace: object, attributes: Record<string, unknown>): void {
    const begun = this.#begun.get(trace);
    // What had begun before anybody measured has no duration.
    if (begun !== undefined) histogram.record((performance.now() - begun) / 1000, attributes as never);
  }
}
