import type { CallSettings, Ending } from './call-options.js';

/** One call to an item of an entity. Times are on the clock of its work, which stops while it is paused. */
export interface PlannedCall {
  /** Position of the item, and of the call among those to it; both count from 0. */
  readonly index: number;
  readonly attempt: number;
  readonly ending: Ending;
  readonly startWorkMs: number;
  readonly lengthMs: number;
  /** From the start to the answer. */
  readonly ringMs: number;
  /** Whether no other follows. */
  readonly isLast: boolean;
  /** A random number of its own, for what else there is to choose. */
  readonly chance: number;
}

/** What is to be called. */
export interface CallWork {
  readonly id: number;
  readonly itemMs: number;
  /** How often an item is called at most. */
  readonly tries: number;
}

/**
 * How the calls to the items of an entity go. Everything follows from the seed, the entity, the item and the attempt, so
 * that it is the same whenever, and in whichever order, somebody asks. An item is called again until somebody answers or
 * its tries are used up; all its calls lie within its own time.
 */
export class CallPlan {
  readonly #settings: CallSettings;
  readonly #seed: number;

  constructor(settings: CallSettings, seed: number) {
    this.#settings = settings;
    this.#seed = seed;
  }

  /** The calls to one item. */
  of({ id, itemMs, tries }: CallWork, index: number): PlannedCall[] {
    const endings: Ending[] = [];
    for (let attempt = 0; attempt < tries; attempt++) {
      const ending = this.#ending(id, index, attempt);
      endings.push(ending);
      if (ending.isAnswered) break;
    }
    const slotMs = Math.floor(index / this.#settings.atOnce) * itemMs;
    return endings.map((ending, attempt) => {
      const startMs = Math.floor((attempt * itemMs) / endings.length);
      const lengthMs = Math.floor(((attempt + 1) * itemMs) / endings.length) - startMs;
      const chance = this.#random(id, index, attempt, 1);
      return {
        index,
        attempt,
        ending,
        lengthMs,
        chance,
        startWorkMs: slotMs + startMs,
        ringMs: Math.floor(lengthMs * (0.1 + 0.4 * chance)),
        isLast: attempt === endings.length - 1,
      };
    });
  }

  /** How long it takes to call so many items, and how many are finished after a time. */
  wholeMs(items: number, itemMs: number): number {
    return Math.ceil(items / this.#settings.atOnce) * itemMs;
  }

  finished(items: number, itemMs: number, workedMs: number): number {
    return Math.min(items, Math.floor(workedMs / itemMs) * this.#settings.atOnce);
  }

  /** How many items have been begun after a time. */
  begun(items: number, itemMs: number, workedMs: number): number {
    return Math.min(items, Math.ceil(workedMs / itemMs) * this.#settings.atOnce);
  }

  #ending(id: number, index: number, attempt: number): Ending {
    const { endings } = this.#settings;
    const chance = this.#random(id, index, attempt, 0);
    return endings.find(({ upTo }) => chance < upTo) ?? endings.at(-1)!;
  }

  /** A number from 0 up to 1 that depends on nothing but these. */
  #random(...keys: readonly number[]): number {
    let hash = this.#seed >>> 0;
    for (const key of keys) {
      hash = Math.imul(hash ^ key, 0x9e3779b1) >>> 0;
      hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 0;
      hash = (hash ^ (hash >>> 13)) >>> 0;
    }
    return hash / 4_294_967_296;
  }
}
