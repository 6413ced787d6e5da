import { randomUUID } from 'node:crypto';
import type { SeenStore } from './store.js';

/** What is needed of a client of `redis`. */
export interface RedisLike {
  set(key: string, value: string, options: { PX: number; NX?: true }): Promise<unknown>;
  get(key: string): Promise<unknown>;
  del(key: string): Promise<unknown>;
}

/** How a store in Redis works. */
export interface RedisSeenOptions {
  /**
   * What its keys begin with.
   *
   * @default 'tccc:push:'
   */
  prefix?: string;
  /**
   * How long a process may handle a push before another one may, in milliseconds: it may have died. From 1,000.
   *
   * @default 60,000
   */
  leaseMs?: number;
  /**
   * How long it remembers a push, in milliseconds. How long the service repeats is not documented. From 1,000.
   *
   * @default 604,800,000 (seven days)
   */
  keepMs?: number;
}

/**
 * A store in Redis, which all processes share. It remembers only as well as Redis does: see its persistence and eviction.
 *
 * @param client A connected client of `redis`, which you close yourself.
 * @throws RangeError if an option is wrong
 *
 * @example
 * createReceiver({ credentials, sdkAppId, onEvent, seen: redisSeen(await createClient().connect()) });
 */
export function redisSeen(
  client: RedisLike,
  { prefix = 'tccc:push:', leaseMs = 60_000, keepMs = 604_800_000 }: RedisSeenOptions = {},
): SeenStore {
  for (const [name, ms] of Object.entries({ leaseMs, keepMs })) {
    if (!Number.isSafeInteger(ms) || ms < 1_000)
      throw new RangeError(`${name} must be a whole number from 1000.`);
  }
  /** What the claims of this store are marked with: one that took too long may have been claimed by another since. */
  const owner = `busy ${randomUUID()}`;
  return {
    async claim(id) {
      const isSet = await client.set(prefix + id, owner, { PX: leaseMs, NX: true });
      if (isSet !== null) return 'new';
      return (await client.get(prefix + id)) === 'done' ? 'done' : 'busy';
    },
    async done(id) {
      await client.set(prefix + id, 'done', { PX: keepMs });
    },
    async release(id) {
      // Only a claim of its own: what was handled stays so.
      if ((await client.get(prefix + id)) === owner) await client.del(prefix + id);
    },
  };
}
