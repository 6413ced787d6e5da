/** How many ids are remembered at least. */
const GENERATION = 8_192;

/**
 * The request ids of the responses that a client has had lately. The service gives each response an id of its own, so one
 * that comes again is a copy of an earlier response and says nothing about the request that waits for its own.
 */
export class SeenIds {
  #recent = new Set<string>();
  #older = new Set<string>();

  /** Whether the id was seen before; from now on it was. */
  isRepeated(id: string): boolean {
    if (this.#recent.has(id) || this.#older.has(id)) return true;
    this.#recent.add(id);
    if (this.#recent.size >= GENERATION) {
      this.#older = this.#recent;
      this.#recent = new Set();
    }
    return false;
  }
}
