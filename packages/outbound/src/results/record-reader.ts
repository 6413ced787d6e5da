import type { Clock } from '@tccc/core';
import { isTcccError } from '@tccc/core';
import { realTime } from '@tccc/core/internal';
import type { AnyListDefinition, Caller } from '../listing.js';
import type { CallRecord } from './call-record.js';
import { callRecordOf } from './call-record.js';
import { spansOf } from './spans.js';

/** How many requests are under way at most: enough to use the whole pace, few enough for lots to fill while they wait. */
const MAX_UNDER_WAY = 4;

/** How many calls are asked for at once, if the list does not say how many records a page has. */
const LOT = 100;

/** Clocks differ, and a call may start a little before its task should. In seconds. */
const MARGIN_SECONDS = 3_600;

interface Wanted {
  readonly id: string;
  /** Since when it may have begun, in Unix seconds. */
  readonly since: number;
  readonly resolve: (record: CallRecord | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** The readers of a client, one for each application. */
export class RecordReaders {
  readonly #call: Caller;
  readonly #clock: Clock;
  readonly #readers = new Map<unknown, RecordReader>();

  constructor(call: Caller, clock: Clock) {
    this.#call = call;
    this.#clock = clock;
  }

  of(list: AnyListDefinition, sdkAppId: number): RecordReader {
    let reader = this.#readers.get(sdkAppId);
    if (reader === undefined) {
      reader = new RecordReader(this.#call, list, sdkAppId, this.#clock);
      this.#readers.set(sdkAppId, reader);
    }
    return reader;
  }
}

/**
 * Reads records by session id, in lots that fill a page. All that a client wants of one application shares them: lots fill
 * up while the requests before wait for their turn, so that many short tasks cost as little as one long one.
 */
export class RecordReader {
  readonly #call: Caller;
  readonly #list: AnyListDefinition;
  readonly #sdkAppId: number;
  readonly #clock: Clock;
  readonly #pageSize: number;
  /** How many ids one request takes is not documented; it becomes less if the service refuses. */
  #lot: number;
  #queue: Wanted[] = [];
  #underWay = 0;
  #isScheduled = false;

  constructor(call: Caller, list: AnyListDefinition, sdkAppId: number, clock: Clock) {
    this.#call = call;
    this.#list = list;
    this.#sdkAppId = sdkAppId;
    this.#clock = clock;
    this.#pageSize = list.paging.maxSize ?? LOT;
    this.#lot = this.#pageSize;
  }

  /** The record of a call; undefined if there is none yet. */
  read(id: string, since: number): Promise<CallRecord | undefined> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ id, since, resolve, reject });
      this.#schedule();
    });
  }

  /** In the next turn, so that all that is asked for in this one goes together. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    realTime.setImmediate(() => {
      this.#isScheduled = false;
      while (this.#underWay < MAX_UNDER_WAY && this.#queue.length > 0) {
        void this.#readLot(this.#queue.splice(0, this.#lot));
      }
    });
  }

  async #readLot(lot: readonly Wanted[]): Promise<void> {
    this.#underWay++;
    try {
      const records = await this.#ask(lot);
      for (const { id, resolve } of lot) resolve(records.get(id));
    } catch (error) {
      if (lot.length > 1 && isTooMuch(error)) {
        this.#lot = Math.max(1, Math.min(this.#lot, Math.floor(lot.length / 2)));
        this.#queue.unshift(...lot);
      } else for (const { reject } of lot) reject(error);
    } finally {
      this.#underWay--;
      if (this.#queue.length > 0) this.#schedule();
    }
  }

  /** What there is of a lot: span by span, the latest first, as long as something is missing. */
  async #ask(lot: readonly Wanted[]): Promise<Map<string, CallRecord>> {
    const { window } = this.#list.paging;
    const now = Math.ceil(this.#clock.now() / 1_000);
    const since = Math.min(...lot.map((one) => one.since)) - MARGIN_SECONDS;
    const found = new Map<string, CallRecord>();
    for (const [from, to] of spansOf(since, now + 1, now, window).toReversed()) {
      const missing = lot.filter(({ id }) => !found.has(id)).map(({ id }) => id);
      if (missing.length === 0) break;
      await this.#askSpan(missing, from, to, found);
    }
    return found;
  }

  async #askSpan(
    ids: readonly string[],
    from: number,
    to: number,
    found: Map<string, CallRecord>,
  ): Promise<void> {
    const { paging } = this.#list;
    const wanted = new Set(ids);
    for (let page = paging.first; wanted.size > 0; page++) {
      const asked: Record<string, unknown> = {
        SdkAppId: this.#sdkAppId,
        SessionIds: ids,
        [paging.window!.from]: from,
        [paging.window!.to]: to,
        [paging.size]: this.#pageSize,
        [paging.page]: page,
      };
      const result = (await this.#call(this.#list, asked, undefined)) as Record<string, unknown>;
      const items = (result[paging.items] ?? result[paging.twin ?? '']) as readonly unknown[] | undefined;
      for (const item of items ?? []) {
        const record = callRecordOf(item);
        if (record !== undefined && wanted.delete(record.sessionId)) found.set(record.sessionId, record);
      }
      if ((items?.length ?? 0) < this.#pageSize) return;
    }
  }
}

/** Whether a request may have had too many ids, or its response been too long: a shorter lot may pass. */
function isTooMuch(error: unknown): boolean {
  if (!isTcccError(error)) return false;
  const code: string = error.code;
  return (
    code === 'ResponseTooLarge' ||
    code.startsWith('InvalidParameterValue') ||
    code === 'ResponseSizeLimitExceeded'
  );
}
