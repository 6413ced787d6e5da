import type { ActionDefinition } from '@tccc/core';

/**
 * How a creation whose outcome is unknown can be looked up: by which list, and where a marker and the id stand in it.
 *
 * Plain data, so that a program that only creates does not carry the action that lists.
 */
export interface Settle {
  /** Name of the action that lists what was created. */
  readonly list: string;
  /** Parameter of the creation that can carry a marker. */
  readonly marker: string;
  /** Field of the creation's result with the id. */
  readonly id: string;
  /** Parameters that the list takes over from the creation. */
  readonly with: readonly string[];
  /** Parameter of the list that keeps only items that contain the marker; absent if the list has no such filter. */
  readonly filter?: string;
  /** Field of the list's result with the items, and the fields of an item with marker and id. */
  readonly items: { readonly field: string; readonly marker: string; readonly id: string };
  /** Field of the list's result with the number of all items. */
  readonly total: string;
  /** Parameters of the list: the number of the page, counted from `first`, and its size. */
  readonly page: {
    readonly number: string;
    readonly first: number;
    readonly size: string;
    /** Largest size of a page; absent if none is documented. */
    readonly maxSize?: number;
  };
}

/** An action that creates something that can be looked up. */
export interface CreationDefinition<Params = unknown, Result = unknown> extends ActionDefinition<
  Params,
  Result
> {
  readonly settle: Settle;
}
