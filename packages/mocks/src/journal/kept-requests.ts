import { KeptList } from './kept-list.js';
import type { MockRequest } from '../common/protocol.js';

/** A request as it arrived, as far as it is kept. */
export interface KeptRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: MockRequest['headers'];
  /** The body, one character a byte; absent if it is in the journal already, or too long to be kept. */
  readonly body?: string;
  /** About how much memory it takes, in bytes, on the high side. */
  readonly bytes: number;
}

/** Longest body that is kept as it is, in bytes. */
const LONGEST_BODY = 65_536;

/** How many requests are kept as they arrived. */
const MOST_KEPT = 1_000;

/** What a request and each of its headers take in addition to their texts, in bytes. */
const REQUEST_BYTES = 400;
const HEADER_BYTES = 64;

/** Once there are too many, this share goes as well. */
const SHARE_KEPT = 7 / 8;

/** The headers, and the body if nobody else keeps it. */
export function keepRequest({ method, path, headers, body }: MockRequest, withBody: boolean): KeptRequest {
  const kept = { method, path, headers, bytes: costOf(path, headers) };
  if (!withBody || body.length > LONGEST_BODY) return kept;
  return { ...kept, body: body.toString('latin1'), bytes: kept.bytes + body.length };
}

/** The request again; with an empty body if that was not kept. */
export function restoreRequest({ method, path, headers, body = '' }: KeptRequest): MockRequest {
  return { method, path, headers, body: Buffer.from(body, 'latin1') };
}

function costOf(path: string, headers: MockRequest['headers']): number {
  let bytes = REQUEST_BYTES + path.length;
  for (const name in headers) bytes += HEADER_BYTES + name.length + 2 * String(headers[name]).length;
  return bytes;
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
    this.#bytes += request?.bytes ?? 0;
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
    for (const request of this.#list.items.slice(0, count)) this.#bytes -= request?.bytes ?? 0;
    this.#list.drop(count);
  }
}
