import { Arrivals } from './arrivals.js';
import type { ParsedBody } from './body.js';
import { Explained } from './explained.js';
import type { Created, EntryHead, JournalEntry, Recorded } from './entry.js';
import type { Explanation } from '../common/finding.js';
import { KeptEntry } from './kept-entry.js';
import { ReadableList } from './kept-list.js';
import type { KeptRequest } from './kept-requests.js';
import { KeptRequests } from './kept-requests.js';
import type { SecondCount, Verdict } from './recent-seconds.js';
import { RecentSeconds } from './recent-seconds.js';

/** How much a mock remembers. Counters are exact whatever it forgets. */
export interface JournalLimits {
  /** Requests whose entries are kept at most. Default 100,000. */
  maxEntries?: number;
  /** Memory that the entries may take, in bytes, by an estimate on the high side. Default 67,108,864 (64 MiB). */
  maxBytes?: number;
}

export const DEFAULT_LIMITS: Required<JournalLimits> = { maxEntries: 100_000, maxBytes: 64 * 1024 * 1024 };

/** Once there is too much, this share of it goes as well, so that not every request has to drop something. */
const SHARE_KEPT = 7 / 8;

/** This share of the memory is for requests as they arrived, the rest for entries. */
const REQUESTS_SHARE = 1 / 8;

/**
 * How many entries are explained at most in one page of JSON, and for how long, in milliseconds. Most take one; a large body
 * takes a hundred.
 */
const MOST_EXPLAINED = 100;
const LONGEST_EXPLAINED_MS = 200;

/** The request as it arrived, and how to find out what is wrong with it. */
export interface Background {
  request?: KeptRequest;
  explain?: () => Explanation;
}

/**
 * Everything that the mock was asked, in order: all of it in numbers, the latest part of it in full.
 *
 * @example
 * expect(engine.journal.entries.map(({ action }) => action)).toEqual(['CreateAutoCalloutTask']);
 * expect(engine.journal.worstWindow(1_000)).toBeLessThanOrEqual(20);
 */
export class Journal {
  readonly #limits: Required<JournalLimits>;
  #entries = newEntries();
  #created = newCreations();
  #arrivals = new Arrivals();
  #seconds = new RecentSeconds();
  #requests: KeptRequests;
  #generation = 0;
  #bytes = 0;

  constructor(limits: JournalLimits = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#requests = this.#noRequests();
  }

  /** The entries that are kept, oldest first. */
  get entries(): readonly JournalEntry[] {
    return this.#entries.shown;
  }

  /** How many requests arrived in all. */
  get size(): number {
    return this.#entries.count;
  }

  /** Sequence number of the oldest entry that is kept. As long as it is 1, nothing is missing. */
  get keptFrom(): number {
    return this.#entries.keptFrom;
  }

  /** What was created, as far as it is kept, oldest first. */
  get created(): readonly Created[] {
    return this.#created.shown;
  }

  /** Number of the oldest creation that is kept, counting from 1. */
  get createdFrom(): number {
    return this.#created.keptFrom;
  }

  /** How many requests created something, in all. */
  get createdCount(): number {
    return this.#created.count;
  }

  /** Estimated memory of what is kept, in bytes. */
  get bytes(): number {
    return this.#bytes + this.#requests.bytes;
  }

  /** How often it was cleared. */
  get generation(): number {
    return this.#generation;
  }

  /** Records a request, with its body if that was JSON. */
  record(recorded: Recorded, body?: ParsedBody, { request, explain }: Background = {}): void {
    const { receivedAtMs, action, code, createdId } = recorded;
    this.#arrivals.add(receivedAtMs, action);
    this.#seconds.add(receivedAtMs, action, verdictOf(code));
    const kept = new KeptEntry({ sequence: this.size + 1, ...recorded }, body, explain, request?.bytes);
    this.#entries.push(kept);
    this.#requests.push(request);
    if (createdId !== undefined) this.#created.push(kept);
    this.#bytes += kept.bytes;
    const { maxEntries, maxBytes } = this.#limits;
    const isFull = this.#entries.items.length > maxEntries || this.#bytes > maxBytes * (1 - REQUESTS_SHARE);
    if (isFull) this.#forget();
  }

  /**
   * The most requests that arrived within any window of this length, in milliseconds; of one action, or of all. It looks at
   * the requests from `worstWindowFrom` on.
   */
  worstWindow(windowMs: number, action?: string): number {
    return this.#arrivals.worstWindow(windowMs, action);
  }

  /** Sequence number of the first request that `worstWindow` looks at: 1 for the first 1,000,000 requests. */
  get worstWindowFrom(): number {
    return this.#arrivals.keptFrom;
  }

  /** How many requests came in each of the latest seconds, by action; the last one is the second of `nowMs`. */
  perSecond(nowMs: number, seconds: number): Record<string, SecondCount[]> {
    return this.#seconds.read(nowMs, seconds);
  }

  /** A request as it arrived, if it is one of the latest 1,000 and still kept. */
  requestOf(sequence: number): KeptRequest | undefined {
    return this.#requests.find(sequence);
  }

  /** Entries after a sequence number, at most so many. */
  *entriesAfter(after: number, limit: number): Generator<readonly [sequence: number, entry: JournalEntry]> {
    for (const [number, { entry }] of this.#entries.after(after, limit)) yield [number, entry];
  }

  /** The same without parameters and diagnosis, which costs next to nothing. */
  *headsAfter(after: number, limit: number): Generator<EntryHead> {
    for (const [, { head }] of this.#entries.after(after, limit)) yield head;
  }

  /**
   * Entries after a sequence number as JSON, up to a limit. Of those that were refused, the first 100 have what is wrong with
   * them, or fewer if that takes more than 200 ms, and others if somebody has read it before.
   */
  *entriesAsJson(after: number, limit: number): Generator<readonly [sequence: number, json: string]> {
    let left = MOST_EXPLAINED;
    let leftMs = LONGEST_EXPLAINED_MS;
    for (const [number, kept] of this.#entries.after(after, limit)) {
      const { explained } = kept;
      const isWanted =
        explained !== undefined && (Explained.isKnown(explained) || (leftMs > 0 && left-- > 0));
      const before = performance.now();
      const explanation = isWanted ? Explained.of(explained) : undefined;
      leftMs -= performance.now() - before;
      yield [number, addFields(kept.entryAsJson(), explanation)];
    }
  }

  /** Creations after a number, counting from 1, as JSON, up to a limit. */
  *createdAsJson(after: number, limit: number): Generator<readonly [number: number, json: string]> {
    for (const [number, kept] of this.#created.after(after, limit)) yield [number, kept.createdAsJson()];
  }

  clear(): void {
    this.#entries = newEntries();
    this.#created = newCreations();
    this.#arrivals = new Arrivals();
    this.#seconds = new RecentSeconds();
    this.#requests = this.#noRequests();
    this.#generation++;
    this.#bytes = 0;
  }

  #noRequests(): KeptRequests {
    return new KeptRequests(this.#limits.maxBytes * REQUESTS_SHARE);
  }

  /** Drops the oldest entries, and what they created. */
  #forget(): void {
    const { maxEntries, maxBytes } = this.#limits;
    const { items } = this.#entries;
    const least = items.length - Math.floor(maxEntries * SHARE_KEPT);
    const bound = maxBytes * (1 - REQUESTS_SHARE) * SHARE_KEPT;
    let [count, creations] = [0, 0];
    for (; count < least || this.#bytes > bound; count++) {
      const { bytes, head } = items[count]!;
      this.#bytes -= bytes;
      if (head.createdId !== undefined) creations++;
    }
    this.#created.drop(creations);
    this.#entries.drop(count);
    this.#requests.dropBefore(this.keptFrom);
  }
}

function newEntries() {
  return new ReadableList<KeptEntry, JournalEntry>(({ entry }) => entry);
}

function newCreations() {
  return new ReadableList<KeptEntry, Created>(({ created }) => created);
}

/** Text of a JSON object with more fields. */
function addFields(json: string, fields: object | undefined): string {
  return fields === undefined ? json : `${json.slice(0, -1)},${JSON.stringify(fields).slice(1)}`;
}

function verdictOf(code: string): Verdict {
  if (code === 'OK') return 'ok';
  return code.startsWith('RequestLimitExceeded') ? 'limited' : 'refused';
}
