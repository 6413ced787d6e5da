/** Numbers by their keys, in 8 bytes each: a do-not-call list may be longer than the list of calls. */
export class NumberSet {
  readonly #keys: Float64Array;

  constructor(keys: Iterable<number>) {
    const sorted = Float64Array.from(keys).sort();
    this.#keys = sorted.filter((key, index) => key !== sorted[index - 1]);
  }

  get size(): number {
    return this.#keys.length;
  }

  has(key: number): boolean {
    let [from, to] = [0, this.#keys.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.#keys[middle]! < key) from = middle + 1;
      else to = middle;
    }
    return this.#keys[from] === key;
  }

  [Symbol.iterator](): Iterator<number> {
    return this.#keys[Symbol.iterator]();
  }
}
