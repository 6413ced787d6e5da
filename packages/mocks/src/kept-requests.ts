import { KeptList } from './kept-list.js';
import type { MockRequest } from './protocol.js';

/** A request as it arrived, in the form that takes the least memory. */
export interface KeptRequest {
  readonly method: string;
  readonly path: string;
  /** The headers, as JSON. */
  readonly headers: string;
  /** The body, one character a byte; absent if it is in the journal already, or too long to be kept. */
  readonly body?: string;
}

/** Longest body that is kept as it is, in bytes. */
const LONGEST_BODY = 65_536;

/** How many requests are kept as they arrived. */
const MOST_KEPT = 10_000;

/** What a request takes beside its texts, in bytes. */
const REQUEST_BYTES = 160;

/** Once there are too many, this share goes as well. */
const SHARE_KEPT = 7 / 8;

/** The headers, and the body if nobody else keeps it. */
export function keepRequest({ method, path, headers, body }: MockRequest, withBody: boolean): KeptRequest {
  const kept = { method, path, headers: JSON.stringify(headers) };
  return withBody && body.length <= LONGEST_BODY ? { ...kept, body: body.toString('latin1') } : kept;
}

/** The request again; with an empty body if that was not kept. */
export function restoreRequest({ method, path, headers, body = '' }: KeptRequest): MockRequest {
  return {
    ...{ method, path, body: Buffer.from(body, 'latin1') },
    headers: JSON.parse(headers) as MockRequest['headers'],
  };
}

export function costOfRequest({ path, headers, body = '' }: KeptRequest): number {
  return REQUEST_BYTES + path.length + 2 * headers.length + body.length;
}

/** The latest requests as they arrived, by the numbers of their entries in the journal. */
export class KeptRequests {
  readonly #list = new KeptList<KeptRequest | undefined>();
  readonly #maxBytes: number;
  #bytes = 0;

  /** @param maxBytes memory that they may take, by an estimate on the high side */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** To be called for every entry, so that the numbers are the same. */
  push(request: KeptRequest | undefined): void {
    this.#list.push(request);
    this.#bytes += request === undefined ? 0 : costOfRequest(request);
    const { items } = this.#list;
    if (items.length > MOST_KEPT) this.#drop(items.length - Math.floor(MOST_KEPT * SHARE_KEPT));
    while (this.#bytes > this.#maxBytes) this.#drop(Math.ceil(this.#list.items.length * (1 - SHARE_KEPT)));
  }

  find(sequence: number): KeptRequest | undefined {
    return this.#list.items[sequence - this.#list.keptFrom];
  }

  /** Forgets those whose entries are forgotten. */
  dropBefore(sequence: number): void {
    this.#drop(Math.max(0, sequence - this.#list.keptFrom));
  }

  #drop(count: number): void {
    for (const request of this.#list.items.slice(0, count))
      this.#bytes -= request === undefined ? 0 : costOfRequest(request);
    this.#list.drop(count);
  }
}
