import { setImmediate } from 'node:timers/promises';
import { Buckets } from './buckets.js';

/** In place of the line of a do-not-call list: another column of the list says that nobody may call. */
export const BARRED = -Infinity;

/** Numbers are spread over so many files: 10,000,000 make files of 625 kB, each of which is looked through in memory. */
const PARTITIONS = 256;

/** Lines of which the duplicates are in memory at a time: 512 KiB. */
const RANGE = 65_536;

/**
 * Finds numbers that were there before, exactly, and with memory that does not grow with the list: numbers go to files by
 * their hash, each file is looked through on its own, and what was found goes to files by line, to be read in order.
 *
 * It costs 16 bytes of disk for each number, for as long as the plan is made.
 */
export class Duplicates {
  readonly #numbers: Buckets;
  readonly #found: Buckets;
  readonly #firsts = new Float64Array(RANGE);
  #range = -1;

  constructor(folder: string) {
    this.#numbers = new Buckets(folder, 'numbers');
    this.#found = new Buckets(folder, 'found');
  }

  /** Notes a number and its line, in order. A line below 0 is one of the do-not-call list, or `BARRED`; those go first. */
  add(key: number, line: number): void {
    this.#numbers.add(hash(key) >>> 24, key, line);
  }

  /** Looks for duplicates, once all numbers are there. */
  async find(): Promise<void> {
    const table = new FirstLines();
    for (let partition = 0; partition < PARTITIONS; partition++) {
      const pairs = this.#numbers.read(partition);
      table.clear(pairs.length / 2);
      for (let at = 0; at < pairs.length; at += 2)
        if (pairs[at + 1]! < 0) table.first(pairs[at]!, pairs[at + 1]!);
      for (let at = 0; at < pairs.length; at += 2) {
        const line = pairs[at + 1]!;
        const first = table.first(pairs[at]!, line);
        if (first !== line && line > 0) this.#found.add(Math.floor(line / RANGE), line, first);
      }
      await setImmediate();
    }
  }

  /** The line that had the number of this line first; 0 if this is the first one. Lines must be asked for in order. */
  firstOf(line: number): number {
    const range = Math.floor(line / RANGE);
    if (range !== this.#range) this.#load(range);
    return this.#firsts[line % RANGE]!;
  }

  #load(range: number): void {
    this.#range = range;
    this.#firsts.fill(0);
    const pairs = this.#found.read(range);
    for (let at = 0; at < pairs.length; at += 2) this.#firsts[pairs[at]! % RANGE] = pairs[at + 1]!;
  }
}

/** Spreads numbers that differ in their last digits only. */
function hash(key: number): number {
  const low = key % 4_294_967_296;
  const high = (key - low) / 4_294_967_296;
  let mixed = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

/** The line in which each number of a partition came first: a table with open addressing, of 16 bytes for each place. */
class FirstLines {
  #keys = new Float64Array(1_024);
  #lines = new Float64Array(1_024);

  /** Forgets everything, and makes room for so many numbers. No number has the key 0, which marks a free place. */
  clear(count: number): void {
    let size = this.#keys.length;
    while (size < 2 * count) size *= 2;
    if (size === this.#keys.length) this.#keys.fill(0);
    else [this.#keys, this.#lines] = [new Float64Array(size), new Float64Array(size)];
  }

  /** The line that the number came first in, which is this one if it is new. */
  first(key: number, line: number): number {
    const mask = this.#keys.length - 1;
    let place = hash(key) & mask;
    while (this.#keys[place] !== 0) {
      if (this.#keys[place] === key) return this.#lines[place]!;
      place = (place + 1) & mask;
    }
    this.#keys[place] = key;
    this.#lines[place] = line;
    return line;
  }
}
