import type { CreateAutoCalloutTaskRequest } from '@tccc/outbound';
import { OutboundClient } from '@tccc/outbound';
import type { MockOptions } from '../src/index.js';
import { createMock } from '../src/index.js';

/** Seconds since the Unix epoch at the start of a test's time. */
export const NOW = 1_800_000_000;

/** A mock whose time a test moves, and a client that lives in the same time. Nothing waits in real time. */
export function setUpCalls(options: MockOptions = {}) {
  const time = { s: NOW };
  const now = () => time.s * 1_000;
  const { engine, clientOptions } = createMock({
    seed: 1,
    signatures: 'presence',
    rateLimit: 'off',
    itemMs: 10_000,
    clock: { now, monotonic: () => 0 },
    ...options,
  });
  const client = new OutboundClient({ ...clientOptions, clock: { ...clientOptions.clock, now } });
  return { engine, client, time };
}

export const numbersOf = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `0086138${String(index).padStart(8, '0')}`);

/** A task that may run for long. */
export function taskOf(Callees: readonly string[], more: object = {}): CreateAutoCalloutTaskRequest {
  return {
    SdkAppId: 1,
    NotBefore: NOW,
    NotAfter: NOW + 80_000_000,
    Callees,
    Callers: ['008602'],
    IvrId: 8,
    ...more,
  };
}

export async function listOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}
