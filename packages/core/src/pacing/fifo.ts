/** A queue with constant-time access to both ends. */
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

  shift(): T {
    const item = this.#items[this.#head]!;
    this.#items[this.#head++] = undefined as T;
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
