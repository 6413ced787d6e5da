import type { AnyTcccError, CallOptions, Clock } from '@tccc/core';
import { SettleError } from '@tccc/core';
import type { AnyListDefinition, Caller } from '../listing.js';
import { eachItem } from '../listing.js';
import type { Created, CreationDefinition } from './creation.js';
import { carries } from './marker.js';
import { pause } from './pause.js';

/** The pause after the first lookup, in milliseconds; each later one is twice as long, up to the longest. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/** Shortest time that a page of the list is given, in milliseconds, also if `withinMs` is over before. */
const LEAST_PAGE_MS = 5_000;

/** What to look for, and for how long. */
export interface Search {
  readonly creation: Omit<CreationDefinition, 'types'>;
  readonly list: AnyListDefinition;
  /** Parameters of the creation; the list takes over those that it needs. */
  readonly params: unknown;
  readonly marker: string;
  readonly withinMs: number;
  /** Ends the lookups. */
  readonly signal: AbortSignal;
  /** Why there is something to look for; undefined if only a lookup was asked for. */
  readonly cause?: AnyTcccError;
}

/**
 * Looks a creation up by its marker, again and again, until it is found or the time is over. It only reads.
 *
 * Nothing is documented about the order of the lists and about how soon they show what is new. So each lookup reads every page;
 * that a lookup finds nothing proves nothing, even the last one; and each second lookup does without the list's own filter.
 *
 * @throws SettleError if it was not found in time, was found twice, or could not be looked for
 */
export class Lookup {
  readonly #search: Search;
  readonly #call: Caller;
  readonly #clock: Clock;
  readonly #begunAtMs: number;
  #lookups = 0;
  #failure: unknown;

  constructor(search: Search, call: Caller, clock: Clock) {
    this.#search = search;
    this.#call = call;
    this.#clock = clock;
    this.#begunAtMs = clock.monotonic();
  }

  async run(): Promise<Created<Record<string, unknown>>> {
    const { withinMs, signal } = this.#search;
    let pauseMs = FIRST_PAUSE_MS;
    for (let isFiltered = true; ; isFiltered = !isFiltered) {
      if (signal.aborted) throw this.#error('Cancelled');
      const found = await this.#lookUp(isFiltered);
      if (found.size > 1) throw this.#error('FoundTwice', [...found.keys()]);
      for (const [id, requestId] of found) return this.#created(id, requestId);
      const leftMs = withinMs - this.#elapsedMs;
      if (this.#isHopeless() || leftMs <= 0) throw this.#error(this.#endCode());
      await pause(this.#clock, Math.min(pauseMs, leftMs), signal);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }

  /** One look through the whole list: the ids of what has the marker. One that fails has found nothing. */
  async #lookUp(isFiltered: boolean): Promise<Map<number, string>> {
    const { creation, list, marker, signal } = this.#search;
    const { item } = creation.settle;
    const found = new Map<number, string>();
    let requestId = '';
    const call: Caller = async (...args) => {
      const result = await this.#call(...args);
      requestId = String((result as { RequestId?: unknown }).RequestId);
      return result;
    };
    const options: CallOptions = { signal, deadlineMs: this.#pageDeadlineMs() };
    try {
      for await (const one of eachItem(call, list, this.#listParams(isFiltered), options)) {
        const fields = one as Record<string, unknown>;
        if (carries(fields[item.marker], marker)) found.set(readId(fields[item.id]), requestId);
      }
      this.#lookups++;
      this.#failure = undefined;
      return found;
    } catch (error) {
      this.#failure = error;
      return found.size > 1 ? found : new Map<number, string>();
    }
  }

  #listParams(isFiltered: boolean): Record<string, unknown> {
    const { creation, params, marker } = this.#search;
    const { with: names, filter } = creation.settle;
    const given = params as Record<string, unknown>;
    const own = Object.fromEntries(names.map((name) => [name, given[name]]));
    return isFiltered && filter !== undefined ? { ...own, [filter]: marker } : own;
  }

  #pageDeadlineMs(): number {
    return Math.max(LEAST_PAGE_MS, this.#search.withinMs - this.#elapsedMs);
  }

  get #elapsedMs(): number {
    return this.#clock.monotonic() - this.#begunAtMs;
  }

  /**
   * Whether the lookup failed at something that no time cures, such as a permission. A response that is none, and a code that
   * nobody knows, may be followed by a better one.
   */
  #isHopeless(): boolean {
    const failure = this.#failure as AnyTcccError | undefined;
    if (failure?.retry !== 'never' || failure.kind === 'response') return false;
    return failure.kind !== 'service' || this.#search.list.errors()[failure.code]?.retry === 'never';
  }

  #endCode(): 'Cancelled' | 'NoLookup' | 'NotFound' {
    if (this.#search.signal.aborted) return 'Cancelled';
    return this.#lookups === 0 ? 'NoLookup' : 'NotFound';
  }

  #created(id: number, requestId: string): Created<Record<string, unknown>> {
    const { creation, marker } = this.#search;
    const settled = { marker, lookups: this.#lookups, elapsedMs: Math.round(this.#elapsedMs) };
    return { [creation.settle.id]: id, RequestId: requestId, settled };
  }

  #error(code: SettleError['code'], ids: number[] = []): SettleError {
    const { creation, marker, cause } = this.#search;
    const elapsedMs = Math.round(this.#elapsedMs);
    const failure = this.#failure as AnyTcccError | undefined;
    return new SettleError({
      code,
      outcome: code === 'FoundTwice' ? 'executed' : 'unknown',
      action: creation.name,
      message: this.#describe(code, elapsedMs, failure),
      attempts: cause?.attempts,
      requestId: cause?.requestId,
      traceId: cause?.traceId,
      cause: cause ?? failure,
      marker,
      lookups: this.#lookups,
      elapsedMs,
      ids,
    });
  }

  #describe(code: SettleError['code'], elapsedMs: number, failure: AnyTcccError | undefined): string {
    const { creation, list, cause } = this.#search;
    const why = cause === undefined ? '' : ` had an unknown outcome (${cause.code}), and`;
    const times = this.#lookups === 1 ? 'once' : `${this.#lookups} times`;
    const looked = `${creation.name}${why} was looked up ${times} in ${elapsedMs} ms with ${list.name}.`;
    const failed =
      failure === undefined
        ? ''
        : ` The latest lookup failed with ${failure.code ?? 'a response that cannot be read'}.`;
    return `${looked}${failed} ${ADVICE[code]}`;
  }
}

const ADVICE: Readonly<Record<SettleError['code'], string>> = {
  NotFound:
    'Nothing has its marker yet, which does not prove that it was not executed. Look again later with the marker on this error, before you call again.',
  NoLookup:
    'No lookup was complete, so the outcome is still unknown. Look again later with the marker on this error.',
  Cancelled:
    'The lookups were ended, so the outcome is still unknown. Look again later with the marker on this error.',
  FoundTwice:
    'More than one thing has its marker, so it was executed more than once. Their ids are on this error; stop what should not run.',
};

/** @throws Error if it names nothing: an item of the list that has the marker must have an id, too */
function readId(value: unknown): number {
  if (Number.isSafeInteger(value) && Number(value) > 0) return Number(value);
  throw Object.assign(new Error('The list has the marker, but no id with it.'), {
    code: 'IncompleteResponse',
  });
}
