import type { CreateAutoCalloutTaskRequest, OutboundClientOptions } from '@tccc/outbound';
import { OutboundClient } from '@tccc/outbound';
import type { MockEngine } from '../src/index.js';
import { createMock } from '../src/index.js';
import { exampleOf } from './support.js';

export const MARKER = 'order-17-part-3';
export const CREATE = 'CreateAutoCalloutTask';
export const LIST = 'DescribeAutoCalloutTasks';
export const task = {
  ...exampleOf(CREATE),
  Name: 'Spring',
} as object as CreateAutoCalloutTaskRequest;
export const { SdkAppId } = task;
export const campaign = exampleOf('CreatePredictiveDialingCampaign') as never;

export function setUp(options: Partial<OutboundClientOptions> = {}) {
  const { engine, clientOptions } = createMock({ seed: 1, rateLimit: 'off' });
  const all = { ...clientOptions, pacing: false, ...options } as OutboundClientOptions;
  return { engine, client: new OutboundClient(all), options: all };
}

/** What the account has already. */
export async function make(client: OutboundClient, ...names: string[]): Promise<number[]> {
  const ids = [];
  for (const Name of names) ids.push((await client.createAutoCalloutTask({ ...task, Name })).TaskId);
  return ids;
}

export async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    (value: unknown) => ({ succeeded: value }),
    (error: unknown) => error,
  );
}

/** Loses the response to the next creation, which is executed or is not. */
export function lose(engine: MockEngine, strikes: 'before' | 'after', action = CREATE): void {
  engine.faults.add({ fault: 'internal-error', strikes, action, nth: 1 });
}

export const settle = { marker: MARKER, withinMs: 0 };
export const requestsOf = (engine: MockEngine, action = LIST) =>
  engine.journal.entries.filter((entry) => entry.action === action);
