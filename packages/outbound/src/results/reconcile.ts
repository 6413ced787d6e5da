import type { CallOptions } from '@tccc/core';
import { checkNumber, invalidOption } from '@tccc/core/internal';
import type { AnyListDefinition } from '../listing.js';
import { eachItem } from '../listing.js';
import type { CallRecord } from './call-record.js';
import { LONGEST_CALL, callRecordOf } from './call-record.js';
import type { ReconcileParams, ResultSource } from './options.js';
import { earliest, spansOf } from './spans.js';

/** Length of the spans, in seconds: pages shift while records are added, so a span should have few of them. */
const DAY_SECONDS = 86_400;

const SECONDS = { min: 0, max: 604_800 };

/**
 * Every record of a window, each once. Iterate over it once.
 *
 * @example
 * const pass = client.reconcile({ SdkAppId: 1400000000, since });
 * for await (const record of pass) records.set(record.sessionId, record);
 * since = pass.next ?? since;
 */
export class Reconciliation<Item> implements AsyncIterable<Item> {
  readonly #source: Pick<ResultSource, 'call' | 'clock'>;
  readonly #list: AnyListDefinition;
  readonly #params: ReconcileParams;
  readonly #options: CallOptions | undefined;
  #next: number | undefined;

  /** Made by `client.reconcile`. */
  constructor(
    source: Pick<ResultSource, 'call' | 'clock'>,
    list: AnyListDefinition,
    params: ReconcileParams,
    options: CallOptions | undefined,
  ) {
    this.#source = source;
    this.#list = list;
    this.#params = { ...params };
    this.#options = options;
  }

  /** `since` of the next pass; undefined as long as this one has not come to its end. */
  get next(): number | undefined {
    return this.#next;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    const { call, clock } = this.#source;
    const { window } = this.#list.paging;
    const begunMs = clock.monotonic();
    const now = Math.floor(clock.now() / 1_000);
    const { SdkAppId, since, until, longestCallSeconds, lateSeconds } = this.#checked(now);
    let before = new Set<string>();
    for (const [from, to] of spansOf(since - longestCallSeconds, until, now, window, DAY_SECONDS)) {
      const seen = new Set<string>();
      const asked = { SdkAppId, [window!.from]: from, [window!.to]: to };
      for await (const item of eachItem(call, this.#list, asked, this.#options)) {
        const record = callRecordOf(item);
        if (record === undefined || seen.has(record.sessionId)) continue;
        seen.add(record.sessionId);
        // Those that ended before are of the pass before; one whose end is not known yet may be new.
        if (before.has(record.sessionId) || isBefore(record, since)) continue;
        yield record as Item;
      }
      before = seen;
    }
    // By now it is known whether this clock is ahead of the service. What is the future there has not been read.
    const begunAt = Math.floor((clock.now() - (clock.monotonic() - begunMs)) / 1_000);
    this.#next = Math.max(since, Math.min(until, begunAt) - lateSeconds);
  }

  #checked(now: number): Required<ReconcileParams> {
    const { SdkAppId, since, until = now, longestCallSeconds, lateSeconds } = this.#params;
    const least = earliest(now, this.#list.paging.window);
    if (!Number.isSafeInteger(since) || since < least || since > now)
      throw invalidOption('since', `Unix seconds from ${least}, which is 180 days ago, to now`, since);
    if (!Number.isSafeInteger(until) || until < since)
      throw invalidOption('until', 'Unix seconds that are not before since', until);
    return {
      SdkAppId,
      since,
      until: Math.max(until, since + 1),
      longestCallSeconds: checkNumber('longestCallSeconds', longestCallSeconds, {
        ...SECONDS,
        fallback: LONGEST_CALL,
      }),
      lateSeconds: checkNumber('lateSeconds', lateSeconds, { ...SECONDS, fallback: 3_600 }),
    };
  }
}

function isBefore({ endedAt }: CallRecord, since: number): boolean {
  return endedAt !== undefined && endedAt < since;
}
