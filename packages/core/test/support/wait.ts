import { setTimeout as sleep } from 'node:timers/promises';
import { vi } from 'vitest';

/**
 * Resolves with what `check` returns once it throws no more. The limit only ends a test that would hang, so it is far longer than
 * a busy machine takes.
 */
export function eventually<Value>(check: () => Value | Promise<Value>): Promise<Value> {
  return vi.waitFor(check, { timeout: 60_000, interval: 2 });
}

/** Whole turns of the event loop: what had come in before them has been seen. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/**
 * For a test that something does not happen. Timers run in order of their time, however busy the machine is: those of up to `ms`
 * that are set now run before this resolves, and what they send to this process has arrived.
 */
export async function afterTimersOf(ms: number): Promise<void> {
  await sleep(ms + 1);
  await turns(10);
}
