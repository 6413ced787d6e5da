import type { CallOptions, Clock } from '@tccc/core';
import { nextTurn } from '@tccc/core/internal';
import type { AnyListDefinition, Caller } from '../listing.js';
import { eachItem } from '../listing.js';
import { markerOf } from './marker.js';

type Fields = Record<string, unknown>;

/** Somebody who looks for what carries a marker. */
export interface Looker {
  readonly marker: string;
  /** Calls through its own client. */
  readonly call: Caller;
  /** How long one page may take for its sake, in milliseconds. */
  readonly pageMs: number;
  /** Something that carries its marker. */
  onItem(item: Fields, requestId: string): void;
  /** Some of the list has been read. */
  onPage(): void;
}

/** What is read: a list, and which one. */
export interface Source {
  readonly list: AnyListDefinition;
  readonly params: Fields;
  /** Field of an item with the marker. */
  readonly field: string;
}

/** One reading of a whole list, which serves everybody who looks for something in it. */
export class Reading {
  readonly #source: Source;
  readonly #lookers = new Map<string, Set<Looker>>();
  readonly #controller = new AbortController();
  #count = 0;
  #requestId = '';

  constructor(source: Source) {
    this.#source = source;
  }

  join(looker: Looker): void {
    const others = this.#lookers.get(looker.marker);
    if (others === undefined) this.#lookers.set(looker.marker, new Set([looker]));
    else others.add(looker);
    this.#count++;
  }

  /** Once nobody is left, it ends. */
  leave(looker: Looker): void {
    const others = this.#lookers.get(looker.marker);
    if (others?.delete(looker) !== true) return;
    if (others.size === 0) this.#lookers.delete(looker.marker);
    if (--this.#count === 0) this.#controller.abort();
  }

  /** Rejects with what the reading failed with. */
  async run(): Promise<void> {
    if (this.#count === 0) return;
    const { list, params, field } = this.#source;
    const options: CallOptions = { signal: this.#controller.signal };
    for await (const item of eachItem(this.#call, inDigits(list), params, options)) {
      const fields = (item ?? {}) as Fields;
      const marker = markerOf(fields[field]);
      if (marker === undefined) continue;
      for (const looker of this.#lookers.get(marker) ?? []) looker.onItem(fields, this.#requestId);
    }
  }

  /** Through the client of one who looks. If that one leaves meanwhile, perhaps with its client, another one asks. */
  readonly #call: Caller = async (definition, params, options) => {
    for (const looker of this.#everybody()) looker.onPage();
    for (;;) {
      const [looker] = this.#everybody();
      if (looker === undefined) throw new Error('Nobody looks any more.');
      try {
        const result = await looker.call(definition, params, { ...options, deadlineMs: this.#pageMs() });
        this.#requestId = String((result as Fields).RequestId);
        return result;
      } catch (error) {
        if (this.#count === 0 || this.#lookers.get(looker.marker)?.has(looker) === true) throw error;
      }
    }
  };

  #everybody(): Looker[] {
    return [...this.#lookers.values()].flatMap((lookers) => [...lookers]);
  }

  #pageMs(): number {
    return this.#everybody().reduce((longest, { pageMs }) => Math.max(longest, pageMs), 1);
  }
}

/** Lists by which nothing is converted. */
const digitLists = new WeakMap<AnyListDefinition, AnyListDefinition>();

/** The same list with the digits of its integers: one that a number cannot hold must not spoil those of all others. */
function inDigits(list: AnyListDefinition): AnyListDefinition {
  let plain = digitLists.get(list);
  if (plain === undefined) {
    plain = { ...list, result: { ...list.result, integers: [] } };
    digitLists.set(list, plain);
  }
  return plain;
}

/** After this time, a reading is not waited for any more: its list may never end. In milliseconds. */
const LONG_MS = 10_000;

/** The readings of one list, one after another. Who comes while one is under way shares the next, with all others who do. */
class Queue {
  #next: Reading | undefined;
  #end: Promise<unknown> = Promise.resolve();
  #ends = new WeakMap<Reading, Promise<void>>();
  #unfinished = 0;

  get isIdle(): boolean {
    return this.#unfinished === 0;
  }

  /** A reading that has not begun yet, and when it will have ended. */
  next(source: Source, clock: Clock): { reading: Reading; ended: Promise<void> } {
    const reading = this.#next ?? this.#plan(source, clock);
    return { reading, ended: this.#ends.get(reading)! };
  }

  #plan(source: Source, clock: Clock): Reading {
    const reading = new Reading(source);
    const before = this.isIdle ? undefined : this.#end;
    const run = async () => {
      if (before !== undefined) await endOr(before, LONG_MS, clock);
      // All that come at the same time are there then.
      await nextTurn();
      this.#next = undefined;
      await reading.run();
    };
    this.#next = reading;
    this.#unfinished++;
    const ended = run().finally(() => this.#unfinished--);
    this.#ends.set(reading, ended);
    this.#end = ended.catch(() => {});
    return reading;
  }
}

/** Waits for something that never fails, but not for ever. */
async function endOr(end: Promise<unknown>, ms: number, clock: Clock): Promise<void> {
  let cancel = () => {};
  const late = new Promise<void>((resolve) => (cancel = clock.schedule(resolve, ms, true)));
  await Promise.race([end, late]);
  cancel();
}

/** The lists that are read by the clients of this process. */
const queues = new Map<string, Queue>();

/** Whether somebody else reads this list now. */
export function isRead(key: string): boolean {
  return queues.has(key);
}

/** The next reading of a list, and when it will have ended. `key` is the same for all who see the same list. */
export function nextReading(
  key: string,
  source: Source,
  clock: Clock,
): { reading: Reading; ended: Promise<void> } {
  const queue = queues.get(key) ?? new Queue();
  queues.set(key, queue);
  const { reading, ended } = queue.next(source, clock);
  const forget = () => queue.isIdle && queues.get(key) === queue && queues.delete(key);
  ended.then(forget, forget);
  return { reading, ended };
}
