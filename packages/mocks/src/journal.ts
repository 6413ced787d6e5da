import type { ValidatorFault } from '@tccc/outbound';
import { Arrivals } from './arrivals.js';
import type { ParsedBody } from './body.js';
import { costOfEntry, costOfParams } from './cost.js';
import { KeptList } from './kept-list.js';

/** What became of one request. */
export interface JournalEntry {
  /** Counts from 1. */
  sequence: number;
  /** When the whole request had been read, in milliseconds of the mock's monotonic clock. */
  receivedAtMs: number;
  /** Value of X-TC-Action; empty if there was none. */
  action: string;
  /** Who signed it; empty if that is not known. */
  secretId: string;
  /** `OK`, the error code of the response, or `ScriptFailed` if a script of `respond` gave none. */
  code: string;
  requestId: string;
  /** Id of what the request created. */
  createdId?: number;
  /** The fault that struck; `code` is then what the service would have answered without it. */
  fault?: string;
  /** Body as parsed; absent if it was not JSON. That of a large request is parsed each time that it is read. */
  params?: unknown;
  /** The first faults of the parameters, of which the response names one. */
  faults?: readonly ValidatorFault[];
  /** Why a script failed. */
  scriptError?: string;
  /** If the signature did not match: what the mock computed it from. */
  canonicalRequest?: string;
  stringToSign?: string;
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

/** What an engine tells of a request, beside its body. */
export type Recorded = Omit<JournalEntry, 'sequence' | 'params'>;

/** Everything that the mock was asked, in order: all of it in numbers, the latest part of it in full. */
export class Journal {
  readonly #limits: Required<JournalLimits>;
  #entries = new KeptList<JournalEntry>();
  #created = new KeptList<Created>();
  #arrivals = new Arrivals();
  /** What each entry that is kept costs. */
  #costs: number[] = [];
  #bytes = 0;
  /** The texts of large parameters, so that they need not be parsed to be shown. */
  #texts = new WeakMap<object, { head: object; text: string }>();

  constructor(limits: JournalLimits = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
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
    return this.#bytes;
  }

  /** Records a request, with its body if that was JSON. */
  record(recorded: Recorded, body?: ParsedBody): void {
    const { receivedAtMs, action, createdId: id, requestId } = recorded;
    this.#arrivals.add(receivedAtMs, action);
    const entry: JournalEntry = { sequence: this.size + 1, ...recorded };
    if (body !== undefined) this.#addParams(entry, body);
    this.#entries.push(entry);
    if (id !== undefined) this.#recordCreation({ action, id, requestId }, body);
    const cost = costOfEntry(recorded) + (body === undefined ? 0 : costOfParams(body, isLarge(body)));
    this.#costs.push(cost);
    this.#bytes += cost;
    const { maxEntries, maxBytes } = this.#limits;
    if (this.#bytes > maxBytes || this.#costs.length > maxEntries) this.#forget();
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

  /** Entries after a sequence number as JSON, at most so many. */
  *entriesAsJson(after: number, limit: number): Generator<readonly [sequence: number, json: string]> {
    for (const [number, entry] of this.#entries.after(after, limit)) yield [number, this.#toJson(entry)];
  }

  /** Creations after a number, counting from 1, as JSON, at most so many. */
  *createdAsJson(after: number, limit: number): Generator<readonly [number: number, json: string]> {
    for (const [number, created] of this.#created.after(after, limit)) yield [number, this.#toJson(created)];
  }

  clear(): void {
    this.#entries = new KeptList();
    this.#created = new KeptList();
    this.#arrivals = new Arrivals();
    this.#costs = [];
    this.#bytes = 0;
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
    while (this.#bytes - freed > maxBytes * SHARE_KEPT) freed += this.#costs[count++]!;
    const creations = this.entries.slice(0, count).filter(({ createdId }) => createdId !== undefined);
    this.#created.drop(creations.length);
    this.#entries.drop(count);
    this.#costs.splice(0, count);
    this.#bytes -= freed;
  }
}

function isLarge({ text }: ParsedBody): boolean {
  return text.length > LARGE_TEXT;
}
