import type { RateLimit } from '@tccc/outbound';
import { PacingRefusal } from '@tccc/outbound';
import type { RateLimiterRes } from 'rate-limiter-flexible';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { Clock } from '../clock.js';
import { ClockWatch } from './clock-watch.js';
import { FleetSlot } from './slot.js';
import { Trouble } from './trouble.js';
import { windowScript } from './window-script.js';

/** What is needed of a client of the package `redis`. */
export interface RedisClient {
  readonly isReady?: boolean;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** Time that Redis has for an answer, in milliseconds. */
const ANSWER_MS = 1_000;

/** What this process has seen of a window. */
interface Seen {
  readonly clock: ClockWatch;
  readonly trouble: Trouble;
}

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
  readonly #seen = new Map<string, Seen>();

  constructor(options: WindowOptions) {
    this.#options = options;
  }

  /**
   * Takes a slot if there is one.
   *
   * @returns the slot, or how many milliseconds it takes until the next one is free
   * @throws Error if Redis does not answer in time; PacingRefusal if it answers, and gives none that could be used
   */
  async take(name: string, rate: RateLimit): Promise<FleetSlot | number> {
    const slot = await this.#take(name, rate);
    const { trouble } = this.#seenOf(name);
    if (slot instanceof FleetSlot) trouble.end();
    else if (trouble.reason !== undefined) throw trouble.reason;
    return slot;
  }

  async #take(name: string, rate: RateLimit): Promise<FleetSlot | number> {
    const { clock } = this.#options;
    const askedAt = clock.monotonic();
    const heldMs = rate.windowMs + this.#options.guardMs;
    const known = this.#seenOf(name).clock.untrustedMs(askedAt, heldMs);
    if (known > 0) return known;
    const limiter = this.#limiterFor(rate);
    const answer = await within(clock, ANSWER_MS, consume(limiter, name));
    if (clock.monotonic() - askedAt <= rate.windowMs / 2) this.#seenOf(name).trouble.sawAnswerInTime();
    if ('waitMs' in answer) return answer.waitMs;
    // It stays taken in the log, and is used by nobody.
    const untrusted = this.#seenOf(name).clock.untrustedMs(clock.monotonic(), heldMs);
    if (untrusted > 0) return untrusted;
    const slot = new FleetSlot({
      clock,
      askedAt,
      windowMs: rate.windowMs,
      guardMs: this.#options.guardMs,
      name: answer.taken,
      move: async (taken) => (await limiter.penalty(name, taken)).msBeforeNext,
    });
    if (!slot.isStale) return slot;
    this.#seenOf(name).trouble.sawLateSlot();
    return 1;
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

  /** The client, with an eye on the clock that is in every answer, and on the log. */
  #watchingClient(heldMs: number): RedisClient {
    const { client, prefix, clock } = this.#options;
    return {
      get isReady() {
        return client.isReady;
      },
      eval: async (script, options) => {
        const askedAt = clock.monotonic();
        const answer = await client.eval(script, options);
        const [, , microseconds, begun] = answer as number[];
        const seen = this.#seenOf(options.keys[0]!.slice(prefix.length + 1));
        seen.clock.see(Number(microseconds) / 1_000, askedAt, clock.monotonic(), heldMs);
        if (begun !== undefined) seen.trouble.sawFullLog(begun);
        return answer;
      },
    } as RedisClient;
  }

  #seenOf(name: string): Seen {
    const known = this.#seen.get(name);
    if (known !== undefined) return known;
    // Names change with temporary credentials.
    const now = this.#options.clock.monotonic();
    for (const [other, { clock }] of this.#seen) if (clock.isIdle(now)) this.#seen.delete(other);
    const seen = { clock: new ClockWatch(), trouble: new Trouble() };
    this.#seen.set(name, seen);
    return seen;
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
