import type { ActionDefinition, CallOptions } from '@tccc/core';

/** How a list is read page by page. Plain data. */
export interface Paging {
  /** Field of the result with the items of a page. */
  readonly items: string;
  /** Field of an item with its id; absent if the items are ids themselves. */
  readonly id?: string;
  /** Field of the result with the number of all items. */
  readonly total: string;
  /** Parameter with the number of the page. */
  readonly page: string;
  /** Number of the first page. */
  readonly first: number;
  /** Parameter with the size of a page. */
  readonly size: string;
  /** Largest size of a page; absent if none is documented. */
  readonly maxSize?: number;
}

/** An action that lists something page by page. */
export interface ListDefinition<Params = unknown, Result = unknown> extends ActionDefinition<Params, Result> {
  readonly paging: Paging;
}

/** A list action, whatever its parameters and results are. */
export type AnyListDefinition = Omit<ListDefinition, 'types'>;

/** Calls an action. */
export type Caller = <Params, Result>(
  definition: ActionDefinition<Params, Result>,
  params: Params,
  options: CallOptions | undefined,
) => Promise<Result>;

type Fields = Record<string, unknown>;

/** Size of a page if none is given: few requests for a long list, and a page that is read at once. */
const PAGE_SIZE = 100;

/**
 * Every item of a list, page by page, each once.
 *
 * A list can change between two pages. What moves to a later page is seen twice, and given once. What has gone makes the rest
 * move to earlier pages, and the total falls; then the pages before are read again.
 */
export async function* eachItem(
  call: Caller,
  definition: AnyListDefinition,
  params: Fields,
  options?: CallOptions,
): AsyncGenerator<unknown, void, undefined> {
  const { paging } = definition;
  const size = params[paging.size] ?? Math.min(PAGE_SIZE, paging.maxSize ?? PAGE_SIZE);
  const seen = new Set<unknown>();
  const position = new Position(paging.first);
  let hasMore = true;
  while (hasMore) {
    const asked = { ...params, [paging.size]: size, [paging.page]: position.page };
    const result = (await call(definition, asked, options)) as Fields;
    const items = result[paging.items] as readonly unknown[];
    let isStale = true;
    for (const item of items) {
      const id = paging.id === undefined ? item : (item as Fields)[paging.id];
      // What has no id is given each time, for nobody can tell whether it is the same; a page of nothing else is not new.
      if (id !== undefined && id !== null) {
        if (seen.has(id)) continue;
        seen.add(id);
        isStale = false;
      }
      yield item;
    }
    const isFull = items.length >= Number(size);
    hasMore = position.next({ length: items.length, isFull, isStale, total: Number(result[paging.total]) });
  }
}

/** How often an iteration goes back: a list that never rests must not hold it. */
const MAX_STEPS_BACK = 100;

/** How many pages in a row may have nothing new: a service that ignores the number of the page must not hold it either. */
const MAX_STALE_PAGES = 10;

interface Page {
  readonly length: number;
  /** Whether it has as many items as were asked for. */
  readonly isFull: boolean;
  /** Whether every item had been seen before. */
  readonly isStale: boolean;
  /** How many items the list has, says the service. */
  readonly total: number;
}

/** Which page of a list that may change is read next. */
class Position {
  page: number;
  readonly #first: number;
  /** How many items are on the pages before each page, by the distance from the first. */
  readonly #before = [0];
  #furthest: number;
  #longest = 1;
  #lastTotal = 0;
  #stale = 0;
  #stepsBack = 0;

  constructor(first: number) {
    this.page = this.#furthest = this.#first = first;
  }

  /**
   * Goes on after a page; false at the end. Neither a short page nor the total alone is the end: the service may hold less on
   * a page than it was asked for, and the total may lag.
   */
  next({ length, isFull, isStale, total }: Page): boolean {
    const gone = this.#lastTotal - total;
    this.#lastTotal = total;
    this.#longest = Math.max(this.#longest, length);
    if (gone > 0 && this.page > this.#first && this.#stepsBack++ < MAX_STEPS_BACK) {
      this.page = Math.max(this.#first, this.page - Math.ceil(gone / this.#longest));
      return true;
    }
    const read = this.#before[this.page - this.#first]! + length;
    if (length === 0 || (read >= total && !isFull)) return false;
    this.#stale = isStale && this.page === this.#furthest ? this.#stale + 1 : 0;
    if (this.#stale > MAX_STALE_PAGES || (this.#stale > 0 && read >= total)) return false;
    this.page++;
    this.#furthest = Math.max(this.#furthest, this.page);
    this.#before[this.page - this.#first] = read;
    return true;
  }
}
