import { Arrivals } from './arrivals.js';
import type { ParsedBody } from './body.js';
import { costOfEntry, costOfParams } from './cost.js';
import { Explained } from './explained.js';
import type { Explanation, Finding, WrongParameter } from '../common/finding.js';
import { KeptList } from './kept-list.js';
import type { KeptRequest } from './kept-requests.js';
import { KeptRequests } from './kept-requests.js';
import type { SecondCount, Verdict } from './recent-seconds.js';
import { RecentSeconds } from './recent-seconds.js';

/** What became of one request. */
export interface JournalEntry {
  /** Counts from 1. */
  sequence: number;
  /** When the whole request had been read, in milliseconds of the mock's monotonic clock. */
  receivedAtMs: number;
  /** How long the mock took from then until it had its answer, in milliseconds. What a fault does to the answer comes later. */
  tookMs: number;
  /** Value of X-TC-Action; empty if there was none. */
  action: string;
  /** Who signed it; empty if that is not known. */
  secretId: string;
  /** `OK`, the error code of the response, `ScriptFailed` if a script of `respond` gave none, or `MockFailed` if the mock did. */
  code: string;
  requestId: string;
  /** Id of what the request created. */
  createdId?: number;
  /** The fault that struck; `code` is then what the service would have answered without it. */
  fault?: string;
  /** Body as parsed; absent if it was not JSON. That of a large request is parsed each time that it is read. */
  params?: unknown;
  /** What is wrong with the parameters: the first 20 faults, of which the response names one. */
  issues?: readonly WrongParameter[];
  /** Why a script failed. */
  scriptError?: string;
  /**
   * What is wrong with a request whose signature, action or parameters were refused, all at once. Found out when it is read, as
   * are the two below.
   */
  readonly diagnosis?: readonly Finding[];
  /** If the signature was refused: what has to be signed, as the mock computed it. A token in it is not shown. */
  readonly canonicalRequest?: string | undefined;
  readonly stringToSign?: string | undefined;
}

/** Something that a request created. */
export interface Created {
  action: string;
  id: number;
  requestId: string;
  /** The parameters. Those of a large request are parsed each time that they are read. */
  params: Record<string, unknown>;
}

/** How much a mock remembers. Counters are exact whatever it forgets. */
export interface JournalLimits {
  /** Requests whose entries are kept at most. Default 100,000. */
  maxEntries?: number;
  /** Memory that the entries may take, in bytes, by an estimate on the high side. Default 67,108,864 (64 MiB). */
  maxBytes?: number;
}

export const DEFAULT_LIMITS: Required<JournalLimits> = { maxEntries: 100_000, maxBytes: 64 * 1024 * 1024 };

/** Parameters in a longer text are kept as that text, which takes a fraction of the memory. */
const LARGE_TEXT = 8_192;

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

/** What an explanation takes once it is made, in bytes. */
const EXPLANATION_BYTES = 8_000;

/** What an engine tells of a request, apart from its body. */
export type Recorded = Omit<JournalEntry, 'sequence' | 'params' | keyof Explanation>;

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
  #entries = new KeptList<JournalEntry>();
  #created = new KeptList<Created>();
  #arrivals = new Arrivals();
  #seconds = new RecentSeconds();
  #requests: KeptRequests;
  #generation = 0;
  /** What each entry that is kept costs. */
  #costs: number[] = [];
  #bytes = 0;
  /** The texts of large parameters, so that they need not be parsed to be shown. */
  #texts = new WeakMap<object, { head: object; text: string }>();

  constructor(limits: JournalLimits = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#requests = this.#noRequests();
  }

  /** The entries that are kept, oldest first. */
  get entries(): readonly JournalEntry[] {
    return this.#entries.items;
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
    return this.#created.items;
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
    const { receivedAtMs, action, code, createdId: id, requestId } = recorded;
    this.#arrivals.add(receivedAtMs, action);
    this.#seconds.add(receivedAtMs, action, verdictOf(code));
    const known = { sequence: this.size + 1, ...recorded };
    const entry: JournalEntry = explain === undefined ? known : Object.assign(new Explained(explain), known);
    if (body !== undefined) this.#addParams(entry, body);
    this.#entries.push(entry);
    this.#requests.push(request);
    if (id !== undefined) this.#recordCreation({ action, id, requestId }, body);
    const cost =
      costOfEntry(recorded) +
      (body === undefined ? 0 : costOfParams(body, isLarge(body))) +
      (explain === undefined ? 0 : EXPLANATION_BYTES + (request?.bytes ?? 0));
    this.#costs.push(cost);
    this.#bytes += cost;
    const { maxEntries, maxBytes } = this.#limits;
    if (this.#bytes > maxBytes * (1 - REQUESTS_SHARE) || this.#costs.length > maxEntries) this.#forget();
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
  entriesAfter(after: number, limit: number): Generator<readonly [sequence: number, entry: JournalEntry]> {
    return this.#entries.after(after, limit);
  }

  /**
   * Entries after a sequence number as JSON, at most so many. Of those that were refused, the first 100 have what is wrong with
   * them, or fewer if that takes more than 200 ms, and others if somebody has read it before.
   */
  *entriesAsJson(after: number, limit: number): Generator<readonly [sequence: number, json: string]> {
    let left = MOST_EXPLAINED;
    let leftMs = LONGEST_EXPLAINED_MS;
    for (const [number, entry] of this.#entries.after(after, limit)) {
      const isWanted = Explained.isKnown(entry) || (entry instanceof Explained && leftMs > 0 && left-- > 0);
      const before = performance.now();
      const explanation = isWanted ? Explained.of(entry) : undefined;
      leftMs -= performance.now() - before;
      yield [number, addFields(this.#toJson(entry), explanation)];
    }
  }

  /** Creations after a number, counting from 1, as JSON, at most so many. */
  *createdAsJson(after: number, limit: number): Generator<readonly [number: number, json: string]> {
    for (const [number, created] of this.#created.after(after, limit)) yield [number, this.#toJson(created)];
  }

  clear(): void {
    this.#entries = new KeptList();
    this.#created = new KeptList();
    this.#arrivals = new Arrivals();
    this.#seconds = new RecentSeconds();
    this.#requests = this.#noRequests();
    this.#generation++;
    this.#costs = [];
    this.#bytes = 0;
  }

  #noRequests(): KeptRequests {
    return new KeptRequests(this.#limits.maxBytes * REQUESTS_SHARE);
  }

  #recordCreation(head: Omit<Created, 'params'>, body: ParsedBody | undefined): void {
    const created: Partial<Created> = head;
    if (body !== undefined) this.#addParams(created, body);
    this.#created.push(created as Created);
  }

  #addParams(item: { params?: unknown }, body: ParsedBody): void {
    if (!isLarge(body)) {
      item.params = body.value;
      return;
    }
    const { text } = body;
    this.#texts.set(item, { head: { ...item }, text });
    Object.defineProperty(item, 'params', { enumerable: true, get: () => JSON.parse(text) as unknown });
  }

  #toJson(item: object): string {
    const large = this.#texts.get(item);
    if (large === undefined) return JSON.stringify(item);
    return `${JSON.stringify(large.head).slice(0, -1)},"params":${large.text}}`;
  }

  /** Drops the oldest entries, and what they created. */
  #forget(): void {
    const { maxEntries, maxBytes } = this.#limits;
    let count = Math.max(0, this.#costs.length - Math.floor(maxEntries * SHARE_KEPT));
    let freed = this.#costs.slice(0, count).reduce((sum, cost) => sum + cost, 0);
    const bound = maxBytes * (1 - REQUESTS_SHARE) * SHARE_KEPT;
    while (this.#bytes - freed > bound) freed += this.#costs[count++]!;
    const creations = this.entries.slice(0, count).filter(({ createdId }) => createdId !== undefined);
    this.#created.drop(creations.length);
    this.#entries.drop(count);
    this.#requests.dropBefore(this.keptFrom);
    this.#costs.splice(0, count);
    this.#bytes -= freed;
  }
}

/** Text of a JSON object with more fields. */
function addFields(json: string, fields: object | undefined): string {
  return fields === undefined ? json : `${json.slice(0, -1)},${JSON.stringify(fields).slice(1)}`;
}

function verdictOf(code: string): Verdict {
  if (code === 'OK') return 'ok';
  return code.startsWith('RequestLimitExceeded') ? 'limited' : 'refused';
}

function isLarge({ text }: ParsedBody): boolean {
  return text.length > LARGE_TEXT;
}
