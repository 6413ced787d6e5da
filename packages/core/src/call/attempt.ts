import { randomUUID } from 'node:crypto';
import type { Credentials } from '../credentials/types.js';
import type { PacingSlot, SlotUse } from '../pacing/pacer.js';
import type { Correction } from '../retry/retrier.js';
import type { Exchange } from '../transport/exchange.js';

/** What is known of one attempt. A fresh one for each; only the client writes to it. */
export class Attempt {
  /** When it began, on the monotonic clock. */
  readonly begunAtMs: number;
  /** Marks its request, so that the service's support can find it even if no response came. */
  readonly traceId: string = randomUUID();
  /** When it had its turn and could be sent. */
  grantedAtMs: number | undefined;
  slot: PacingSlot | undefined;
  /** What it was signed with. */
  credentials: Credentials | undefined;
  clockOffsetMs = 0;
  exchange: Exchange | undefined;
  /** Whether the first byte may have been handed to a socket; false is certain. */
  isSent = false;
  /** Whether a complete response has arrived. */
  isAnswered = false;
  /** The `Date` header of its response. */
  serviceDate: string | undefined;

  constructor(begunAtMs: number) {
    this.begunAtMs = begunAtMs;
  }

  /** What became of its slot. */
  get use(): SlotUse {
    if (!this.isSent) return 'unused';
    return this.isAnswered ? 'answered' : 'abandoned';
  }
}

/** What is known of all attempts of one call so far. Only the client writes to it. */
export class History {
  /** Attempts handed to the transport. */
  attempts = 0;
  /** Retries that the retry budget was charged for. */
  retries = 0;
  /** Whether an earlier attempt may have been executed; only if duplicates are risked. */
  hasUnknown = false;
  /** What the latest request was marked with. */
  traceId: string | undefined;
  /** The attempt that is under way. */
  current: Attempt | undefined;
  #corrections: Set<Correction> | undefined;

  /** Whether a request may be at the service, so that only its response can end the call well. */
  get isAwaitingResponse(): boolean {
    return this.current !== undefined && this.current.isSent;
  }

  /** Corrections that were made for this call already; each is made once. */
  get corrections(): Set<Correction> {
    this.#corrections ??= new Set();
    return this.#corrections;
  }
}
