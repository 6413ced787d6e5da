import type { RateLimit } from '@tccc/outbound';
import type { RateLimiterRes } from 'rate-limiter-flexible';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { FleetSlot } from './slot.js';
import { windowScript } from './window-script.js';

/** What is needed of a client of the package `redis`. */
export interface RedisClient {
  readonly isReady?: boolean;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** Time that Redis has for an answer, in milliseconds. */
const ANSWER_MS = 1_000;

/** Answers in a row that came too late, after which it is clear that others will, too. */
const MAX_LATE = 5;

/** The windows that a fleet shares, one for each name. */
export class FleetWindow {
  readonly #options: { client: RedisClient; guardMs: number; prefix: string };
  /** For each limit. */
  readonly #limiters = new Map<string, RateLimiterRedis>();
  #late = 0;

  constructor(options: { client: RedisClient; guardMs: number; prefix: string }) {
    this.#options = options;
  }

  /**
   * Takes a slot if there is one.
   *
   * @returns the slot, or how many milliseconds it takes until the next one is free
   * @throws Error if Redis does not answer in time
   */
  async take(name: string, rate: RateLimit): Promise<FleetSlot | number> {
    const askedAt = performance.now();
    const limiter = this.#limiterFor(rate);
    const answer = await withinMs(ANSWER_MS, consume(limiter, name));
    if ('waitMs' in answer) return answer.waitMs;
    const slot = new FleetSlot({
      ...{ askedAt, windowMs: rate.windowMs, guardMs: this.#options.guardMs, name: answer.taken },
      move: async (taken) => (await limiter.penalty(name, taken)).msBeforeNext,
    });
    if (!slot.isStale) {
      this.#late = 0;
      return slot;
    }
    this.#late++;
    if (this.#late < MAX_LATE) return 1;
    this.#late = 0;
    throw new Error('Redis takes longer to answer than half of the window of the service.');
  }

  #limiterFor({ limit, windowMs }: RateLimit): RateLimiterRedis {
    const { client, guardMs, prefix } = this.#options;
    const known = this.#limiters.get(`${limit}/${windowMs}`);
    if (known !== undefined) return known;
    const limiter = new RateLimiterRedis({
      ...{ storeClient: client, useRedisPackage: true, rejectIfRedisNotReady: true, keyPrefix: prefix },
      // The script knows the window better: it may be a fraction of a second.
      ...{ points: limit, duration: Math.ceil(windowMs / 1_000) },
      customIncrTtlLuaScript: windowScript(windowMs + guardMs),
    });
    this.#limiters.set(`${limit}/${windowMs}`, limiter);
    return limiter;
  }
}

/** Takes a slot: the script has its name where a limiter has a time. */
async function consume(
  limiter: RateLimiterRedis,
  name: string,
): Promise<{ taken: number } | { waitMs: number }> {
  try {
    const { msBeforeNext } = await limiter.consume(name, 1);
    return { taken: msBeforeNext };
  } catch (refused) {
    // It refuses with its figures, which are no error.
    if (refused instanceof Error) throw refused;
    return { waitMs: Math.max(1, (refused as RateLimiterRes).msBeforeNext) };
  }
}

async function withinMs<T>(ms: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Redis has not answered within ${ms} ms.`)), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
