import { ofProcess } from '../of-process.js';

/** How many ids a process remembers at least; twice as many at most. At most 8 MiB of memory. */
const REMEMBERED_IDS = 131_072;

/**
 * The request ids of the responses that were had lately. The service gives each response an id of its own, so one that comes
 * again is a copy of an earlier response and says nothing about the request that waits for its own.
 *
 * Of each id, 52 bits of a hash are kept. That two ids share them is so rare that one response in ten thousand million
 * would be taken for a copy, and its outcome for `unknown`; no copy is ever taken for new.
 */
export class SeenIds {
  #recent = new HashSet();
  #older = new HashSet();
  /** How many ids it remembers at least. */
  readonly remembered: number;

  constructor(remembered = REMEMBERED_IDS) {
    this.remembered = remembered;
  }

  /** Whether the id was seen before in a response of this service; from now on it was. */
  isRepeated(id: string, service: string): boolean {
    const hash = hashOf(`${service} ${id}`);
    if (this.#recent.has(hash) || this.#older.has(hash)) return true;
    this.#recent.add(hash);
    if (this.#recent.size >= this.remembered) {
      this.#older = this.#recent;
      this.#recent = new HashSet();
    }
    return false;
  }
}

/** Not 0, which marks a free place. */
function hashOf(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 0x9e3779b1);
    low = Math.imul(low ^ code, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return (high >>> 12) * 2 ** 32 + (low >>> 0) + 1;
}

const FIRST_PLACES = 256;

/** Numbers, at eight bytes a place: an eighth of what a `Set` of strings would take. */
class HashSet {
  size = 0;
  #places = new Float64Array(FIRST_PLACES);

  has(hash: number): boolean {
    return this.#places[this.#placeOf(hash)] === hash;
  }

  add(hash: number): void {
    if (2 * this.size >= this.#places.length) this.#grow();
    this.#places[this.#placeOf(hash)] = hash;
    this.size++;
  }

  /** Where it is, or the free place where it belongs. */
  #placeOf(hash: number): number {
    const mask = this.#places.length - 1;
    let place = hash & mask;
    while (this.#places[place] !== 0 && this.#places[place] !== hash) place = (place + 1) & mask;
    return place;
  }

  #grow(): void {
    const old = this.#places;
    this.#places = new Float64Array(2 * old.length);
    for (const hash of old) if (hash !== 0) this.#places[this.#placeOf(hash)] = hash;
  }
}

/** The ids that this process has seen, in whichever of its clients. */
export function idsOfProcess(): SeenIds {
  return ofProcess('@tccc/core.seen-ids.2', () => new SeenIds());
}
