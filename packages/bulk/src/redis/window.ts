import type { RateLimit } from '@tccc/outbound';
import { PacingRefusal } from '@tccc/outbound';
import type { RateLimiterRes } from 'rate-limiter-flexible';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { Clock } from '../clock.js';
import { ClockWatch } from './clock-watch.js';
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

/** What the windows need to know. */
export interface WindowOptions {
  client: RedisClient;
  guardMs: number;
  prefix: string;
  clock: Clock;
}

/** The windows that a fleet shares, one for each name. */
export class FleetWindow {
  readonly #options: WindowOptions;
  /** For each limit. */
  readonly #limiters = new Map<string, RateLimiterRedis>();
  /** For each name, since in a cluster each may be on another server. */
  readonly #watches = new Map<string, ClockWatch>();
  #late = 0;

  constructor(options: WindowOptions) {
    this.#options = options;
  }

  /**
   * Takes a slot if there is one.
   *
   * @returns the slot, or how many milliseconds it takes until the next one is free
   * @throws Error if Redis does not answer in time
   */
  async take(name: string, rate: RateLimit): Promise<FleetSlot | number> {
    const { clock } = this.#options;
    const askedAt = clock.monotonic();
    const heldMs = rate.windowMs + this.#options.guardMs;
    const known = this.#watchOf(name).untrustedMs(askedAt, heldMs);
    if (known > 0) return known;
    const limiter = this.#limiterFor(rate);
    const answer = await within(clock, ANSWER_MS, consume(limiter, name));
    if ('waitMs' in answer) return answer.waitMs;
    // It stays taken in the log, and is used by nobody.
    const untrusted = this.#watchOf(name).untrustedMs(clock.monotonic(), heldMs);
    if (untrusted > 0) return untrusted;
    const slot = new FleetSlot({
      clock,
      askedAt,
      windowMs: rate.windowMs,
      guardMs: this.#options.guardMs,
      name: answer.taken,
      move: async (taken) => (await limiter.penalty(name, taken)).msBeforeNext,
    });
    if (!slot.isStale) {
      this.#late = 0;
      return slot;
    }
    this.#late++;
    if (this.#late < MAX_LATE) return 1;
    this.#late = 0;
    throw new PacingRefusal('unusable', 'Redis takes longer to answer than half the window of the service.');
  }

  #limiterFor({ limit, windowMs }: RateLimit): RateLimiterRedis {
    const { guardMs, prefix } = this.#options;
    const known = this.#limiters.get(`${limit}/${windowMs}`);
    if (known !== undefined) return known;
    const limiter = new RateLimiterRedis({
      storeClient: this.#watchingClient(windowMs + guardMs),
      useRedisPackage: true,
      rejectIfRedisNotReady: true,
      keyPrefix: prefix,
      // The script knows the window better: it may be a fraction of a second.
      points: limit,
      duration: Math.ceil(windowMs / 1_000),
      customIncrTtlLuaScript: windowScript(windowMs + guardMs),
    });
    this.#limiters.set(`${limit}/${windowMs}`, limiter);
    return limiter;
  }

  /** The client, with an eye on the clock that is in every answer. */
  #watchingClient(heldMs: number): RedisClient {
    const { client, prefix, clock } = this.#options;
    return {
      get isReady() {
        return client.isReady;
      },
      eval: async (script, options) => {
        const askedAt = clock.monotonic();
        const answer = await client.eval(script, options);
        const [, , microseconds] = answer as number[];
        const name = options.keys[0]!.slice(prefix.length + 1);
        this.#watchOf(name).see(Number(microseconds) / 1_000, askedAt, clock.monotonic(), heldMs);
        return answer;
      },
    } as RedisClient;
  }

  #watchOf(name: string): ClockWatch {
    const known = this.#watches.get(name);
    if (known !== undefined) return known;
    // Names change with temporary credentials.
    const now = this.#options.clock.monotonic();
    for (const [other, watch] of this.#watches) if (watch.isIdle(now)) this.#watches.delete(other);
    const watch = new ClockWatch();
    this.#watches.set(name, watch);
    return watch;
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
    // It refuses with its figures, which are not an error.
    if (refused instanceof Error) throw refused;
    return { waitMs: Math.max(1, (refused as RateLimiterRes).msBeforeNext) };
  }
}

async function within<T>(clock: Clock, ms: number, answer: Promise<T>): Promise<T> {
  let cancel = () => {};
  const late = new Promise<never>((_resolve, reject) => {
    cancel = clock.schedule(
      () => reject(new PacingRefusal('unusable', `Redis has not answered within ${ms} ms.`)),
      ms,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    cancel();
  }
}
