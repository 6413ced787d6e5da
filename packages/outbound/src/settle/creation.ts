import type { ActionDefinition, CallOptions } from '@tccc/core';

/**
 * How a creation whose outcome is unknown can be looked up: by which list, and where it has the marker and the id.
 *
 * Plain data, so that a program that only creates does not carry the action that lists.
 */
export interface Settle {
  /** Name of the action that lists what was created. */
  readonly list: string;
  /** Parameter of the creation that carries the marker behind its own text, and whether it may be left out. */
  readonly marker: string;
  readonly isMarkerOptional: boolean;
  /** Field of the creation's result with the id. */
  readonly id: string;
  /** Parameters that the list takes over from the creation. */
  readonly with: readonly string[];
  /** Parameter of the list that keeps only items that contain the marker; absent if the list has no such filter. */
  readonly filter?: string;
  /** Fields of an item with the marker and with the id. */
  readonly item: { readonly marker: string; readonly id: string };
}

/** An action that creates something that can be looked up. */
export interface CreationDefinition<Params = unknown, Result = unknown> extends ActionDefinition<
  Params,
  Result
> {
  readonly settle: Settle;
}

/** For how long to look a creation up, and when to stop. */
export interface SettleOptions {
  /**
   * For how long to look, in milliseconds: a look that is under way then ends, too, and what it has found counts. With 0, the
   * list is looked through once, for ten seconds at most. From 0 to 86,400,000.
   *
   * @default 60,000
   */
  withinMs?: number;
  /**
   * Ends the lookups when it is aborted.
   *
   * @default none
   */
  signal?: AbortSignal;
}

/** How a creation is marked, and for how long it is looked up if its outcome is unknown. */
export interface CreationSettleOptions {
  /**
   * The marker, which must be unique: 8 to 64 letters, digits, `-` and `_`. Give your own, and keep it before you call, if
   * another process must find the creation after a crash.
   *
   * @default a random one
   * @example 'order-17-part-3'
   */
  marker?: string;
  /**
   * For how long to look after an unknown outcome, in milliseconds: a look that is under way then ends, too, and what it has
   * found counts. With 0, the list is looked through once, for ten seconds at most. From 0 to 86,400,000.
   *
   * @default 60,000
   */
  withinMs?: number;
}

/**
 * Options of a call that creates something.
 *
 * @typeParam Checked As of `CallOptions`.
 */
export interface CreationOptions<Checked extends string = string> extends CallOptions<Checked> {
  /**
   * Marks what is created, and looks it up if the outcome is unknown: `true`, or options. The marker follows in brackets after
   * the name, for example `Spring survey [tccc-4k2m9x0q7wbz]`; without this option nothing is added. Looking up takes time
   * beyond `deadlineMs`, and `signal` ends it.
   *
   * @default false
   */
  settle?: boolean | CreationSettleOptions;
}

/** What a lookup has found. */
export interface Settled {
  /** What the creation was marked with. */
  readonly marker: string;
  /** How many times the list was looked through. */
  readonly lookups: number;
  /** How long it took, in milliseconds. */
  readonly elapsedMs: number;
  /**
   * Whether the whole list was looked through, so that nothing else is there that could be it. False if the time was over
   * before: then a second one with the same name and marker is not excluded.
   */
  readonly isOnlyOne: boolean;
}

/** The result of a creation. */
export type Created<Result> = Result & {
  /**
   * There if the response was lost and the id comes from the list. `RequestId` is then that of the list's response, for the
   * creation's own is not known.
   */
  readonly settled?: Settled;
};
