import type { ParsedBody } from '../journal/body.js';
import { parseIfJson } from '../journal/body.js';
import { howToExplain } from '../diagnosis/explain.js';
import type { Strike } from '../faults/plan.js';
import type { Recorded } from '../journal/entry.js';
import type { Journal } from '../journal/journal.js';
import { keepRequest } from '../journal/kept-requests.js';
import type { MockSettings } from './options.js';
import type { MockRequest } from '../common/protocol.js';

/** What was learnt of a request before it was answered. */
export interface Seen {
  readonly request: MockRequest;
  readonly receivedAtMs: number;
  readonly requestId: string;
  readonly strike: Strike | undefined;
  secretId: string;
  body: ParsedBody | undefined;
  /** Id of what it created. */
  createdId?: number;
  /** The service that its signature must name, as long as that is not verified. */
  service?: string;
}

/** Writes into the journal what became of requests. */
export class Recorder {
  readonly #journal: Journal;
  readonly #options: MockSettings;

  constructor(journal: Journal, options: MockSettings) {
    this.#journal = journal;
    this.#options = options;
  }

  record(action: string, code: string, seen: Seen, more: Partial<Recorded> = {}): void {
    const { receivedAtMs, requestId, secretId, createdId, strike } = seen;
    const tookMs = this.#options.clock.monotonic() - receivedAtMs;
    const entry: Recorded = { receivedAtMs, tookMs, action, secretId, code, requestId, ...more };
    if (createdId !== undefined) entry.createdId = createdId;
    if (strike !== undefined) entry.fault = strike.name;
    const request = keepRequest(seen.request, seen.body === undefined);
    const explain = howToExplain(entry, seen, request, this.#options);
    this.#journal.record(entry, seen.body, { request, ...(explain && { explain }) });
  }

  /** A request for which the service did nothing, because a fault struck before. */
  recordSkipped(
    request: MockRequest,
    { action, requestId, fault }: { action: string; requestId: string; fault: string },
  ): void {
    const receivedAtMs = this.#options.clock.monotonic();
    const entry = { receivedAtMs, tookMs: 0, action, secretId: '', code: '', requestId, fault };
    const body = parseIfJson(request.body);
    this.#journal.record(entry, body, { request: keepRequest(request, body === undefined) });
  }
}
