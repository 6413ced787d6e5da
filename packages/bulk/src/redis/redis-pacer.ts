import { createHash } from 'node:crypto';
import type { Pacer, PacingRequest, PacingSlot, Reservation, ReservationRequest } from '@tccc/outbound';
import { PacingRefusal } from '@tccc/outbound';
import type { OptionTable } from '@tccc/outbound/internal';
import { asGiven, clock, number, text } from '@tccc/outbound/internal';
import type { Clock } from '../clock.js';
import { sleep } from '../clock.js';
import { readBulkOptions, required } from '../options.js';
import { isRefusal, refusalOf } from './refusal.js';
import type { FleetSlot } from './slot.js';
import type { RedisClient } from './window.js';
import { FleetWindow } from './window.js';

/** Options of the pacer. */
export interface RedisPacerOptions {
  /** A connected client of the package `redis`, to Redis 6 or later, or to Valkey. */
  client: RedisClient;
  /**
   * How much longer than the window of the service a slot is held, in milliseconds, from 0 to 10,000. A response that comes
   * within this time needs no second word with Redis. The rate is limit / (window + guard), 18.5 of 20 a second with 80, as long
   * as responses come in this time; else limit / (window + guard + round trip).
   *
   * @default 80
   */
  guardMs?: number;
  /**
   * How long calls wait for a Redis that cannot be reached, in milliseconds, from 0 to 3,600,000; then they fail. Nothing is
   * sent without its word.
   *
   * @default 10,000
   */
  patienceMs?: number;
  /**
   * Begins the names of the keys, one for each endpoint, account and action.
   *
   * @default 'tccc:pacer'
   */
  prefix?: string;
  /** Source of time; for tests. */
  clock?: Clock;
}

/** Pause between two tries to reach Redis, in milliseconds. */
const RETRY_MS = 100;

const TABLE = {
  client: required(asGiven<RedisClient>),
  guardMs: number({ min: 0, max: 10_000, fallback: 80 }),
  patienceMs: number({ min: 0, max: 3_600_000, fallback: 10_000 }),
  prefix: text(/[^]/, 'a non-empty string', 'tccc:pacer'),
  clock,
} satisfies OptionTable<RedisPacerOptions>;

/** A call that waits for a slot. */
interface Waiter {
  readonly request: PacingRequest;
  /** Whether to keep the slot for a request that is not made yet. */
  readonly isReservation: boolean;
  readonly giveUpAt: number;
  grant(slot: FleetSlot): void;
  refuse(error: unknown): void;
}

/**
 * Shares the limit of the service among all processes that ask one Redis or Valkey. For any client:
 * `new OutboundClient({ pacing: { pacer } })`.
 *
 * No window at the service holds more than the limit, however long requests are on their way, as long as each is answered,
 * its process lives, and Redis can be told within half a window. A slot whose request was abandoned is held ten seconds
 * more. A Redis that has lost what it knew lets a whole window pass, and so does one whose clock was set; a process that
 * asks for the first time, or not for five minutes, has to watch that clock for one window first.
 *
 * Within a process: first in, first out; slots that are kept for later requests come last. Among processes, the first to
 * ask. A slot is not given back if its request is not sent after all. It makes no difference between the modes of pacing.
 *
 * @example
 * const redis = await createClient({ url: process.env.REDIS_URL }).connect();
 * const client = new OutboundClient({ site: 'intl', pacing: { pacer: new RedisPacer({ client: redis }) } });
 */
export class RedisPacer implements Pacer {
  readonly #window: FleetWindow;
  readonly #patienceMs: number;
  readonly #clock: Clock;
  readonly #queues = new Map<string, Waiter[]>();
  readonly #reserved = new Map<string, FleetSlot[]>();
  /** Since when Redis cannot be reached. */
  #downSince: number | undefined;

  /** @throws BulkError `InvalidOption` that names the option */
  constructor(options: RedisPacerOptions) {
    const { patienceMs, ...settings } = readBulkOptions(TABLE, options);
    this.#window = new FleetWindow(settings);
    this.#patienceMs = patienceMs;
    this.#clock = settings.clock;
  }

  /**
   * @throws PacingRefusal if too many wait already, if the wait would be too long, or if Redis cannot be reached or does
   * not allow a command that is needed
   */
  acquire(request: PacingRequest): PacingSlot | Promise<PacingSlot> {
    const reserved = this.#reserved.get(request.key) ?? [];
    for (let slot = reserved.shift(); slot !== undefined; slot = reserved.shift())
      if (!slot.isStale) return begun(slot);
    return this.#queue(request, false).then(begun);
  }

  /**
   * Keeps a slot for half of the window of the service, and not longer: another process may have it then.
   *
   * @throws PacingRefusal if the wait was ended, or Redis cannot be reached
   */
  async reserve(request: ReservationRequest): Promise<Reservation> {
    const slot = await this.#queue({ ...request, maxQueue: Infinity, remainingMs: Infinity }, true);
    const reserved = this.#reserved.get(request.key) ?? [];
    this.#reserved.set(request.key, reserved);
    reserved.push(slot);
    return {
      release: () => {
        const at = reserved.indexOf(slot);
        if (at !== -1) reserved.splice(at, 1);
        if (reserved.length === 0) this.#reserved.delete(request.key);
      },
    };
  }

  #queue(request: PacingRequest, isReservation: boolean): Promise<FleetSlot> {
    const { key, maxQueue, remainingMs, cancellation } = request;
    const queue = this.#queues.get(key) ?? [];
    // The first in line may have a slot immediately, and is not counted as waiting.
    if (queue.length > maxQueue)
      throw new PacingRefusal('queue-full', `${queue.length - 1} calls are waiting already.`);
    return new Promise((resolve, reject) => {
      const onCancel = () => {
        queue.splice(queue.indexOf(waiter), 1);
        reject(new PacingRefusal('too-late', 'The call ended while it waited.'));
      };
      cancellation.onCancel(onCancel);
      const waiter: Waiter = {
        request,
        isReservation,
        giveUpAt: this.#clock.monotonic() + remainingMs,
        grant: (slot) => {
          cancellation.offCancel(onCancel);
          resolve(slot);
        },
        refuse: (error) => {
          cancellation.offCancel(onCancel);
          reject(error);
        },
      };
      // A request, whose slot may have come too late, goes before those that are not made yet.
      const place = isReservation ? -1 : queue.findIndex((other) => other.isReservation);
      queue.splice(place === -1 ? queue.length : place, 0, waiter);
      if (this.#queues.has(key)) return;
      this.#queues.set(key, queue);
      void this.#serve(key, queue);
    });
  }

  /** Asks for the first in line, until nobody waits. */
  async #serve(key: string, queue: Waiter[]): Promise<void> {
    // Its parts are private to the account.
    const name = createHash('sha256').update(key).digest('hex');
    while (queue.length > 0) {
      const { request } = queue[0]!;
      try {
        const slot = await this.#window.take(name, request);
        this.#downSince = undefined;
        // The first in line may have left meanwhile; the slot is good for the next one, too.
        if (typeof slot === 'number') await this.#wait(queue, slot, tooLate(slot));
        else queue.shift()?.grant(slot);
      } catch (error) {
        const refusal = refusalOf(error);
        if (isRefusal(error) || !this.#mayWait())
          for (const waiter of queue.splice(0)) waiter.refuse(refusal);
        await this.#wait(queue, RETRY_MS, refusal);
      }
    }
    this.#queues.delete(key);
  }

  /** Whether those who wait may hope for a Redis that cannot be reached. */
  #mayWait(): boolean {
    const now = this.#clock.monotonic();
    this.#downSince ??= now;
    return now - this.#downSince < this.#patienceMs;
  }

  /** @param reason for those who cannot wait so long */
  async #wait(queue: Waiter[], waitMs: number, reason: PacingRefusal): Promise<void> {
    const readyAt = this.#clock.monotonic() + waitMs;
    for (const waiter of queue.filter(({ giveUpAt }) => giveUpAt < readyAt)) {
      queue.splice(queue.indexOf(waiter), 1);
      waiter.refuse(reason);
    }
    if (queue.length > 0) await sleep(this.#clock, waitMs);
  }
}

function tooLate(waitMs: number): PacingRefusal {
  return new PacingRefusal('too-late', `The wait for a slot would be ${Math.ceil(waitMs)} ms at least.`);
}

function begun(slot: FleetSlot): PacingSlot {
  slot.begin();
  return slot;
}
