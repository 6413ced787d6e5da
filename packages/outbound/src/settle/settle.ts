import { channel } from 'node:diagnostics_channel';
import type { AnyTcccError, SettleMessage } from '@tccc/core';
import { channelNames } from '@tccc/core';
import type { Caller } from '../listing.js';
import type { Created } from './creation.js';
import { settleError } from './errors.js';
import { Limit } from './limit.js';
import { pause } from './pause.js';
import type { Looker, Source } from './reading.js';
import { Reading, isRead, nextReading } from './reading.js';
import type { Search, Seer } from './search.js';
import type { Candidate } from './sent.js';

const settleChannel = channel(channelNames.settle);

/** The pause after the first lookup, in milliseconds; each later one is twice as long, up to the longest. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/** Shortest time that a page of the list is given, in milliseconds: the limit of the lookup applies too. */
const LEAST_PAGE_MS = 5_000;

/** For how long the list may be looked through if it is to be looked through once, in milliseconds. */
const ONCE_MS = 10_000;

/**
 * Looks a creation up by its marker, again and again, until it is found or the time is over. It only reads.
 *
 * Nothing is documented about the order of the lists and about how soon they show what is new. So a lookup reads every page,
 * and that it finds nothing proves nothing, even the last one. The list's own filter is faster, but may take whole names only:
 * what it does not find is looked for without it, too.
 *
 * @throws SettleError if it was not found in time, was found twice, or could not be looked for
 */
export class Lookup implements Looker {
  readonly marker: string;
  readonly call: Caller;
  readonly #search: Search;
  readonly #seer: Seer;
  readonly #begunAtMs: number;
  readonly #totalMs: number;
  /** What has the marker, by id: of all looks, and of the one that is under way. */
  readonly #ever = new Map<number, Candidate>();
  #now = new Map<number, Candidate>();
  #lookups = 0;
  #failure: unknown;
  #flaw: unknown;
  #limit!: Limit;

  constructor(search: Search, seer: Seer) {
    this.#search = search;
    this.#seer = seer;
    this.marker = search.marker;
    this.call = seer.call;
    this.#begunAtMs = seer.clock.monotonic();
    this.#totalMs = search.withinMs === 0 ? ONCE_MS : search.withinMs;
  }

  async run(): Promise<Created<Record<string, unknown>>> {
    using limit = new Limit(this.#totalMs, this.#search.signals);
    this.#limit = limit;
    let pauseMs = FIRST_PAUSE_MS;
    for (let round = 0; limit.reason === undefined; round++) {
      const begunMs = this.#elapsedMs;
      const found = await this.#lookOnce(round);
      if (found !== undefined) return this.#created(found, true);
      if (this.#search.withinMs === 0 || this.#isHopeless()) break;
      pauseMs = await this.#pause(pauseMs, this.#elapsedMs - begunMs);
    }
    return this.#end();
  }

  /** At first by the filter and then without it; later by turns. Without it, if others read the whole list anyway. */
  async #lookOnce(round: number): Promise<Candidate | undefined> {
    const { filter } = this.#search.creation.settle;
    const whole = this.#source({});
    // What somebody sees depends on their credentials, and a source of those may hang.
    const view = await Promise.race([this.#seer.view(whole.list), this.#limit.ended]);
    if (view === undefined) return undefined;
    const key = `${view} ${whole.list.name} ${JSON.stringify(whole.params)}`;
    if (filter !== undefined && round % 2 === 0 && !isRead(key)) {
      const before = this.#lookups;
      const reading = new Reading(this.#source({ [filter]: this.marker }));
      const found = await this.#look(reading, () => reading.run());
      if (found !== undefined || round > 0 || this.#isHopeless() || this.#limit.reason !== undefined)
        return found;
      // Both ways together are one look.
      this.#lookups = before;
    }
    const { reading, ended } = nextReading(key, whole, this.#seer.clock);
    return this.#look(reading, () => ended);
  }

  /** What a reading shows; one that fails has shown nothing yet. */
  async #look(reading: Reading, end: () => Promise<void>): Promise<Candidate | undefined> {
    this.#now = new Map();
    this.#flaw = undefined;
    this.#failure = undefined;
    reading.join(this);
    try {
      await Promise.race([end(), this.#limit.ended]);
      if (this.#flaw !== undefined) throw this.#flaw;
    } catch (error) {
      this.#failure = error;
    } finally {
      reading.leave(this);
    }
    if (this.#limit.reason !== undefined || this.#failure !== undefined) return undefined;
    this.#lookups++;
    return this.#decide(this.#now);
  }

  /** The one that was created; undefined if it is not there yet. */
  #decide(seen: ReadonlyMap<number, Candidate>): Candidate | undefined {
    const found = this.#search.sent.among([...seen.values()]);
    if (found.length > 1) throw this.#error('FoundTwice', found);
    return found[0];
  }

  onItem(item: Readonly<Record<string, unknown>>, requestId: string): void {
    const id = readId(item[this.#search.creation.settle.item.id]);
    if (id !== undefined) {
      const candidate = { id, requestId, item };
      this.#now.set(id, candidate);
      this.#ever.set(id, candidate);
    } else {
      this.#flaw = Object.assign(new Error('The list has the marker, but no id with it.'), {
        code: 'IncompleteResponse',
      });
    }
  }

  onPage(): void {
    if (this.#elapsedMs > this.#totalMs) this.#limit.expire();
  }

  get pageMs(): number {
    return Math.max(LEAST_PAGE_MS, this.#totalMs - this.#elapsedMs);
  }

  /** Waits; less long if there would be no time left then for a look as long as the one before. Gives the next pause. */
  async #pause(pauseMs: number, lookMs: number): Promise<number> {
    const leftMs = this.#totalMs - this.#elapsedMs;
    const isLast = leftMs <= lookMs;
    await pause(
      this.#seer.clock,
      Math.max(0, isLast ? leftMs : Math.min(pauseMs, leftMs - lookMs)),
      this.#limit.signal,
    );
    if (isLast) this.#limit.expire();
    return Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }

  #source(filter: Record<string, unknown>): Source {
    const { list, sent, creation } = this.#search;
    return { list, params: { ...sent.keys, ...filter }, field: creation.settle.item.marker };
  }

  get #elapsedMs(): number {
    return this.#seer.clock.monotonic() - this.#begunAtMs;
  }

  /**
   * Whether the lookup failed for a reason that retrying cannot fix, such as a permission. A response that is not the
   * service's, and a code that nobody knows, may be followed by a better one.
   */
  #isHopeless(): boolean {
    const failure = this.#failure as AnyTcccError | undefined;
    if (failure?.retry !== 'never' || failure.kind === 'response') return false;
    return failure.kind !== 'service' || this.#search.list.errors()[failure.code]?.retry === 'never';
  }

  /** The time is over, or there is no use in going on. What was seen counts, though not all of the list was. */
  #end(): Created<Record<string, unknown>> {
    const found = this.#decide(this.#ever);
    if (found !== undefined) return this.#created(found, false);
    if (this.#limit.reason === 'cancelled') throw this.#error('Cancelled');
    throw this.#error(this.#lookups === 0 ? 'NoLookup' : 'NotFound');
  }

  #created({ id, requestId }: Candidate, isOnlyOne: boolean): Created<Record<string, unknown>> {
    const { creation, marker } = this.#search;
    const elapsedMs = Math.round(this.#elapsedMs);
    const settled = { marker, lookups: this.#lookups, elapsedMs, isOnlyOne };
    this.#tell('settled');
    return { [creation.settle.id]: id, RequestId: requestId, settled };
  }

  #tell(result: string): void {
    const { name: action } = this.#search.creation;
    const message: SettleMessage = { action, result, lookups: this.#lookups, elapsedMs: this.#elapsedMs };
    settleChannel.publish(message);
  }

  #error(code: Parameters<typeof settleError>[0], seen: readonly Candidate[] = [...this.#ever.values()]) {
    this.#tell(code);
    return settleError(code, this.#search, {
      lookups: this.#lookups,
      elapsedMs: Math.round(this.#elapsedMs),
      failure: this.#failure,
      ids: seen.map(({ id }) => id),
    });
  }
}

/** The id of an item, which the list may give as digits. */
function readId(value: unknown): number | undefined {
  const isNumeral = typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
  return isNumeral && Number.isSafeInteger(Number(value)) && Number(value) > 0 ? Number(value) : undefined;
}
