import type { RateLimit } from '../action.js';
import type { Cancellation } from '../cancellation.js';
import type { Clock } from '../clock.js';
import { Fifo } from '../fifo.js';
import type {
  Pacer,
  PacingMode,
  PacingRequest,
  PacingSlot,
  Reservation,
  ReservationRequest,
  SlotUse,
} from './pacer.js';
import { ABANDONED_HOLD_MS, PacingRefusal } from './pacer.js';
import type { Waiter } from './waiting-list.js';
import { WaitingList } from './waiting-list.js';

/** Paces within this thread: first in, first out, per key, on the monotonic clock. */
export class LocalPacer implements Pacer {
  readonly #clock: Clock;
  readonly #ledgers = new Map<string, Ledger>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  acquire(request: PacingRequest): PacingSlot | Promise<PacingSlot> {
    return this.#ledgerOf(request).acquire(request);
  }

  reserve(request: ReservationRequest): Promise<Reservation> {
    return this.#ledgerOf(request).reserve(request);
  }

  #ledgerOf(request: ReservationRequest): Ledger {
    const known = this.#ledgers.get(request.key);
    if (known !== undefined) {
      known.adjust(request.limit);
      return known;
    }
    this.#dropIdleLedgers();
    const ledger = new Ledger(this.#clock, request);
    this.#ledgers.set(request.key, ledger);
    return ledger;
  }

  /** How many requests wait, over all keys. */
  get queued(): number {
    let sum = 0;
    for (const ledger of this.#ledgers.values()) sum += ledger.queued;
    return sum;
  }

  /** How many slots are in use, over all keys. */
  get used(): number {
    let sum = 0;
    for (const ledger of this.#ledgers.values()) sum += ledger.used;
    return sum;
  }

  /** How many keys it keeps a ledger for. */
  get keys(): number {
    return this.#ledgers.size;
  }

  /** Keys change with temporary credentials; those that no longer hold anything back are forgotten. */
  #dropIdleLedgers(): void {
    for (const [key, ledger] of this.#ledgers) if (ledger.isIdle) this.#ledgers.delete(key);
  }
}

/** The slots of one key. */
class Ledger {
  readonly #clock: Clock;
  readonly #windowMs: number;
  #limit: number;
  /** Slots that nothing holds back. Below zero if the limit was lowered while slots were in use. */
  #free: number;
  /** Slots that were given to requests which have not been sent yet; they may come back at once. */
  #unsent = 0;
  /** When slots become free that were used up, in ascending order. */
  readonly #freeAt = new Fifo<number>();
  /** The same for slots whose requests were abandoned, which are held longer. */
  readonly #heldUntil = new Fifo<number>();
  readonly #waiters = new WaitingList<PacingSlot>();
  /** Those who want a slot kept; they come after all that wait to send. */
  readonly #reserving = new WaitingList<Reservation>();
  /** Slots that are kept for the next requests; nobody waits to send as long as there is one. */
  readonly #reserved = new Set<Reservation>();
  #cancelTimer: (() => void) | undefined;

  constructor(clock: Clock, { limit, windowMs }: RateLimit) {
    this.#clock = clock;
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#free = limit;
  }

  get queued(): number {
    return this.#waiters.size;
  }

  get used(): number {
    this.#reclaim();
    return this.#limit - this.#free;
  }

  get isIdle(): boolean {
    this.#reclaim();
    return this.#free === this.#limit && this.queued === 0;
  }

  /** Adopts a limit. If clients that share a ledger state different ones: the lowest, until the ledger is idle again. */
  adjust(limit: number): void {
    if (limit === this.#limit || (limit > this.#limit && !this.isIdle)) return;
    this.#free += limit - this.#limit;
    this.#limit = limit;
  }

  acquire(request: PacingRequest): PacingSlot | Promise<PacingSlot> {
    this.#reclaim();
    for (const reservation of this.#reserved) {
      this.#giveBack(reservation);
      return this.#take(request.mode);
    }
    if (this.#free > 0 && this.queued === 0) return this.#take(request.mode);
    this.#refuseHopeless(request);
    return this.#wait(this.#waiters, request.mode, request.cancellation);
  }

  reserve({ mode, cancellation }: ReservationRequest): Promise<Reservation> {
    return this.#wait(this.#reserving, mode, cancellation);
  }

  #keep(): Reservation {
    const reservation: Reservation = {
      release: () => {
        if (this.#giveBack(reservation)) this.#serve();
      },
    };
    this.#free--;
    this.#reserved.add(reservation);
    return reservation;
  }

  #giveBack(reservation: Reservation): boolean {
    const isKept = this.#reserved.delete(reservation);
    if (isKept) this.#free++;
    return isKept;
  }

  /** Apart from `acquire`, so that what waits does not hold on to the request. */
  #wait<Granted>(list: WaitingList<Granted>, mode: PacingMode, cancellation: Cancellation): Promise<Granted> {
    return new Promise((grant, reject) => {
      this.#enqueue(list, { mode, grant, reject, cancellation, onCancel: NOTHING, cancelled: false });
    });
  }

  #enqueue<Granted>(list: WaitingList<Granted>, waiter: Waiter<Granted>): void {
    waiter.onCancel = () => {
      list.cancel(waiter);
      this.#schedule();
      waiter.reject(new PacingRefusal('too-late', 'The call ended while it waited.'));
    };
    waiter.cancellation.onCancel(waiter.onCancel);
    list.push(waiter);
    this.#serve();
  }

  /** Throws if the queue is full or the wait would outlast the deadline. */
  #refuseHopeless({ mode, remainingMs, maxQueue }: PacingRequest): void {
    if (this.queued >= maxQueue) {
      throw new PacingRefusal(
        'queue-full',
        `${this.queued} calls are waiting already, which is the limit maxQueue.`,
      );
    }
    const waitMs = this.#leastWaitMs(this.queued, mode);
    if (waitMs > remainingMs) {
      const [wait, remaining] = [waitMs, remainingMs].map((ms) => Math.max(0, Math.ceil(ms)));
      throw new PacingRefusal(
        'too-late',
        `The wait for a slot would be ${wait} ms at least, but ${remaining} ms are left.`,
      );
    }
  }

  /** The shortest possible wait of a request with `ahead` requests before it. What is under way is taken to end now. */
  #leastWaitMs(ahead: number, mode: PacingMode): number {
    const rounds = Math.floor(ahead / this.#limit) * this.#windowMs;
    const later = (ahead % this.#limit) - Math.max(0, this.#free) - this.#unsent;
    if (later < 0) return rounds;
    const known = this.#freeAtLater(later);
    const underWay = mode === 'response' ? this.#windowMs : 0;
    return rounds + (known === undefined ? underWay : Math.max(0, known - this.#clock.monotonic()));
  }

  /** When the slot at this position of those that were used up becomes free. */
  #freeAtLater(position: number): number | undefined {
    if (this.#heldUntil.length === 0) {
      return position < this.#freeAt.length ? this.#freeAt.at(position) : undefined;
    }
    const times = [...this.#freeAt.values(), ...this.#heldUntil.values()];
    return times.sort((one, other) => one - other)[position];
  }

  #take(mode: PacingMode): PacingSlot {
    this.#free--;
    this.#unsent++;
    let state: 'unsent' | 'sent' | 'released' = 'unsent';
    const use = () => {
      if (state !== 'unsent') return;
      state = 'sent';
      this.#unsent--;
      if (mode === 'send') this.#freeAt.push(this.#clock.monotonic() + this.#windowMs);
    };
    return {
      sent: use,
      release: (outcome) => {
        if (state === 'released') return;
        if (outcome === 'unused' && state === 'unsent') {
          this.#unsent--;
          this.#free++;
        } else {
          use();
          if (mode === 'response') this.#hold(outcome);
        }
        state = 'released';
        this.#serve();
      },
    };
  }

  /** A request that was sent has ended. */
  #hold(use: SlotUse): void {
    const freeAt = this.#clock.monotonic() + this.#windowMs;
    if (use === 'abandoned') this.#heldUntil.push(freeAt + ABANDONED_HOLD_MS);
    else this.#freeAt.push(freeAt);
  }

  #reclaim(): void {
    const now = this.#clock.monotonic();
    this.#free += dropUntil(now, this.#freeAt) + dropUntil(now, this.#heldUntil);
  }

  /** Hands free slots to those who wait, longest first. The time is read again, since a timer may fire early. */
  #serve(): void {
    this.#reclaim();
    while (this.#free > 0) {
      const waiter = this.#waiters.shift();
      if (waiter !== undefined) {
        grant(waiter, this.#take(waiter.mode));
        continue;
      }
      const reserving = this.#reserving.shift();
      if (reserving === undefined) break;
      grant(reserving, this.#keep());
    }
    this.#schedule();
  }

  #schedule(): void {
    const nextAt = this.#nextFreeAt();
    if ((this.queued === 0 && this.#reserving.size === 0) || nextAt === Infinity) {
      this.#cancelTimer?.();
      this.#cancelTimer = undefined;
    } else if (this.#cancelTimer === undefined) {
      this.#cancelTimer = this.#clock.schedule(
        () => {
          this.#cancelTimer = undefined;
          this.#serve();
        },
        Math.max(0, nextAt - this.#clock.monotonic()),
      );
    }
  }

  #nextFreeAt(): number {
    const first = (times: Fifo<number>) => (times.length === 0 ? Infinity : times.at(0));
    return Math.min(first(this.#freeAt), first(this.#heldUntil));
  }
}

/** Takes the times until now off a list, and says how many there were. */
function dropUntil(now: number, times: Fifo<number>): number {
  let count = 0;
  for (; times.length > 0 && times.at(0) <= now; count++) times.shift();
  return count;
}

function grant<Granted>(waiter: Waiter<Granted>, granted: Granted): void {
  waiter.cancellation.offCancel(waiter.onCancel);
  waiter.grant(granted);
}

const NOTHING = () => {};
