import type { Claim, SeenStore } from './store.js';

/** How much a store in memory remembers. */
export interface MemoryOptions {
  /**
   * How many ids it remembers; the oldest are forgotten. From 1.
   *
   * @default 100,000
   */
  maxIds?: number;
}

/**
 * A store in the memory of this process. After a restart it knows nothing, and other processes do not share it: then a
 * repeat is handled once more, which a handler that stores by `event.key` does not notice.
 *
 * @throws RangeError if `maxIds` is not a whole number from 1
 *
 * @example
 * createReceiver({ credentials, sdkAppId, onEvent, seen: memorySeen({ maxIds: 10_000 }) });
 */
export function memorySeen({ maxIds = 100_000 }: MemoryOptions = {}): SeenStore {
  if (!Number.isSafeInteger(maxIds) || maxIds < 1)
    throw new RangeError('maxIds must be a whole number from 1.');
  const claimed = new Set<string>();
  const done = new Set<string>();
  return {
    claim(id): Claim {
      if (done.has(id)) return 'done';
      if (claimed.has(id)) return 'busy';
      claimed.add(id);
      return 'new';
    },
    done(id) {
      claimed.delete(id);
      done.add(id);
      if (done.size > maxIds) done.delete(done.values().next().value!);
    },
    release(id) {
      claimed.delete(id);
    },
  };
}
