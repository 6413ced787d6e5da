/**
 * A queue with constant-time access to both ends. An array, because a `Set` or `Map` in constant use is slow here: V8 links each
 * table that it has outgrown to the next one, so that tables that nothing else refers to keep what was in them from being
 * collected young.
 */
export class Fifo<T> {
  #items: T[] = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  /** The item at a position counted from the front. */
  at(position: number): T {
    return this.#items[this.#head + position]!;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  /** Before all others. */
  unshift(item: T): void {
    if (this.#head > 0) this.#items[--this.#head] = item;
    else this.#items.unshift(item);
  }

  shift(): T {
    const item = this.#items[this.#head]!;
    // A number holds on to nothing, and with anything else among them V8 would keep each number as an object.
    if (typeof item !== 'number') this.#items[this.#head] = undefined as T;
    this.#head++;
    if (this.#head > 1024 && this.#head * 2 > this.#items.length) this.keep(() => true);
    return item;
  }

  /** From the front to the end. */
  values(): T[] {
    return this.#items.slice(this.#head);
  }

  keep(wanted: (item: T) => boolean): void {
    this.#items = this.#items.slice(this.#head).filter(wanted);
    this.#head = 0;
  }
}
