import type { Cancellation, PacingRequest } from '@tccc/outbound';
import type { RedisPacer } from '../src/redis.js';

const never: Cancellation = { signal: new AbortController().signal, onCancel: () => {}, offCancel: () => {} };

let keys = 0;

/** A request under a key of its own. */
export function request(own: Partial<PacingRequest> = {}): PacingRequest {
  return {
    action: 'Act',
    key: `key ${keys++}`,
    mode: 'response',
    limit: 5,
    windowMs: 200,
    maxQueue: 1_000,
    remainingMs: Infinity,
    cancellation: never,
    ...own,
  };
}

/** Takes a slot for a request that is answered at once. */
export async function take(pacer: RedisPacer, own: PacingRequest): Promise<void> {
  const slot = await pacer.acquire(own);
  slot.release('answered');
}
