import type { RateLimit } from '@tccc/outbound';
import type { RateLimiterRes } from 'rate-limiter-flexible';
import { RateLimiterRedis } from 'rate-limiter-flexible';
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
   * @returns 0, or how many milliseconds it takes until the next one is free
   * @throws Error if Redis does not answer in time
   */
  async take(name: string, rate: RateLimit): Promise<number> {
    const { guardMs } = this.#options;
    const askedAt = performance.now();
    const waitMs = await withinMs(ANSWER_MS, this.#consume(name, rate));
    if (waitMs > 0) return waitMs;
    // A slot counts from the word of Redis. If that took long, or this process did, the guard is used up before a byte is sent.
    if (guardMs === 0 || performance.now() - askedAt <= guardMs / 2) {
      this.#late = 0;
      return 0;
    }
    this.#late++;
    if (this.#late < MAX_LATE) return 1;
    this.#late = 0;
    throw new Error(`Redis takes longer to answer than half of guardMs, which is ${guardMs} ms.`);
  }

  async #consume(name: string, rate: RateLimit): Promise<number> {
    try {
      await this.#limiterFor(rate).consume(name, 1);
      return 0;
    } catch (refused) {
      // It refuses with its figures, which are no error.
      if (refused instanceof Error) throw refused;
      return Math.max(1, (refused as RateLimiterRes).msBeforeNext);
    }
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
