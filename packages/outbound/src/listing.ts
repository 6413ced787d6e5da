import type { ActionDefinition, CallOptions, PlainData } from '@tccc/core';
import { ResponseError, isTcccError } from '@tccc/core';
import { toPlainData } from '@tccc/core/internal';

/** How a list is read page by page. Plain data. */
export interface Paging {
  /** Field of the result with the items of a page. */
  readonly items: string;
  /** Deprecated field with the same list, for a result that lacks `items`. */
  readonly twin?: string;
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
  /** The span that must be asked for; absent if the list has none. */
  readonly window?: Window;
}

/** A span of time that a list must be asked for. */
export interface Window {
  /** Parameters with its start and its end, in Unix seconds. */
  readonly from: string;
  readonly to: string;
  /** The span must be shorter than this, in seconds. */
  readonly longestSeconds: number;
  /** How far back it may start, in seconds. */
  readonly oldestSeconds: number;
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
  params: Params | PlainData,
  options: CallOptions | undefined,
) => Promise<Result>;

type Fields = Record<string, unknown>;

/** Size of a page if none is given: few requests for a long list, and a page that is read at once. */
const PAGE_SIZE = 100;

/**
 * Every item of a list, page by page, each once.
 *
 * A list can change between two pages. What moves to a later page is seen twice, and given once. What has gone makes the rest
 * move to earlier pages, and the total falls; then the pages before are read again. A page that is too long for a response is
 * asked for by halves.
 */
export async function* eachItem(
  call: Caller,
  definition: AnyListDefinition,
  params: unknown,
  options?: CallOptions,
): AsyncGenerator<unknown, void, undefined> {
  const { paging } = definition;
  const data = params === undefined ? undefined : toPlainData(params);
  const fields = data?.faults.length === 0 ? (data.value as Fields | null) : null;
  // What is not an object, or cannot be read, is for validation to refuse.
  if (typeof fields !== 'object' || fields === null) return void (await call(definition, data, options));
  let size = fields[paging.size] ?? Math.min(PAGE_SIZE, paging.maxSize ?? PAGE_SIZE);
  const seen = new Set<unknown>();
  const position = new Position(paging.first);
  let hasMore = true;
  let given = 0;
  while (hasMore) {
    const asked = { ...fields, [paging.size]: size, [paging.page]: position.page };
    const result = await readPage(call, definition, asked, options);
    if (result === 'too long') {
      size = position.halve(Number(size));
      continue;
    }
    const items = itemsOf(result, definition);
    let isStale = true;
    for (const item of items) {
      const id = paging.id === undefined ? item : (item as Fields | null | undefined)?.[paging.id];
      // What has no id is given each time, since it cannot be recognised; a page of nothing else is not new.
      if (id !== undefined && id !== null) {
        if (seen.has(id)) continue;
        seen.add(id);
        isStale = false;
      }
      given++;
      yield item;
    }
    const isFull = items.length >= Number(size);
    const total = Number(result[paging.total]);
    hasMore = position.next({ length: items.length, isFull, isStale, given, total });
  }
}

/** One page; `too long` if it does not fit into a response, and a shorter one might. */
async function readPage(
  call: Caller,
  definition: AnyListDefinition,
  asked: Fields,
  options: CallOptions | undefined,
): Promise<Fields | 'too long'> {
  try {
    return (await call(definition, asked, options)) as Fields;
  } catch (error) {
    const isTooLong = isTcccError(error) && error.code === 'ResponseTooLarge';
    if (isTooLong && Number(asked[definition.paging.size]) > 1) return 'too long';
    throw error;
  }
}

function itemsOf(result: Fields, { name, paging }: AnyListDefinition): readonly unknown[] {
  const items = result[paging.items] ?? (paging.twin === undefined ? undefined : result[paging.twin]);
  if (Array.isArray(items)) return items;
  throw new ResponseError({
    code: 'IncompleteResponse',
    outcome: 'not-executed',
    action: name,
    message: `${name} got a response whose ${paging.items} is not a list. It only reads, so nothing was changed.`,
    status: 200,
  });
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
  /** How many items have been given by now, over all pages. */
  readonly given: number;
  /** How many items the list has, says the service. */
  readonly total: number;
}

/** Which page of a list that may change is read next. */
class Position {
  page: number;
  readonly #first: number;
  /** How many items are on the pages before each page, by the distance from the first. */
  #before = [0];
  #furthest: number;
  #longest = 1;
  #lastTotal = 0;
  #stale = 0;
  #stepsBack = 0;

  constructor(first: number) {
    this.page = this.#furthest = this.#first = first;
  }

  /** Goes on with pages of half the size, at the place of the page that was too long. Gives that size. */
  halve(size: number): number {
    const half = Math.floor(size / 2);
    // Pages may hold less than was asked for; then this many items are before.
    const before =
      (this.page - this.#first) * (this.page === this.#first ? size : Math.min(size, this.#longest));
    this.page = this.#furthest = this.#first + Math.floor(before / half);
    this.#before = Array.from({ length: this.page - this.#first + 1 }, (_, page) => page * half);
    this.#stale = 0;
    return half;
  }

  /**
   * Goes on after a page; false at the end. Neither a short page nor the total alone is the end: the service may hold less on
   * a page than it was asked for, and the total may lag. Nor is a page of items that were seen before, as long as some are
   * missing: items that are new have moved them, or the service takes 0 for its first page, and 1, too.
   */
  next({ length, isFull, isStale, given, total }: Page): boolean {
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
    if (this.#stale > MAX_STALE_PAGES || (this.#stale > 0 && Math.min(read, given) >= total)) return false;
    this.page++;
    this.#furthest = Math.max(this.#furthest, this.page);
    this.#before[this.page - this.#first] = read;
    return true;
  }
}
