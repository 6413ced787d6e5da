/** A list that counts everything and keeps the latest part of it. */
export class KeptList<Item> {
  readonly #items: Item[] = [];
  #dropped = 0;

  /** What is kept, oldest first. */
  get items(): readonly Item[] {
    return this.#items;
  }

  /** How many there were in all. */
  get count(): number {
    return this.#dropped + this.#items.length;
  }

  /** Number of the first one that is kept, counting from 1. */
  get keptFrom(): number {
    return this.#dropped + 1;
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  /** Drops the oldest ones. */
  drop(count: number): void {
    this.#dropped += this.#items.splice(0, count).length;
  }

  /** Those after a number, at most so many, with their numbers. More may be dropped or pushed meanwhile. */
  *after(number: number, limit: number): Generator<readonly [number: number, item: Item]> {
    const last = this.count;
    for (let next = number + 1, left = limit; left > 0; next++, left--) {
      next = Math.max(next, this.keptFrom);
      if (next > last) return;
      yield [next, this.#items[next - this.keptFrom]!];
    }
  }
}

/**
 * The same for items that have another form for readers. It is made when the list is first read, and is kept up to date
 * after that.
 */
export class ReadableList<Item, Shown> extends KeptList<Item> {
  readonly #show: (item: Item) => Shown;
  #shown: Shown[] | undefined;

  constructor(show: (item: Item) => Shown) {
    super();
    this.#show = show;
  }

  /** What is kept, oldest first: always the same list. */
  get shown(): readonly Shown[] {
    return (this.#shown ??= this.items.map(this.#show));
  }

  override push(item: Item): void {
    super.push(item);
    this.#shown?.push(this.#show(item));
  }

  override drop(count: number): void {
    super.drop(count);
    this.#shown?.splice(0, count);
  }
}
