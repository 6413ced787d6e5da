import { randomUUID } from 'node:crypto';
import type { Credentials } from '../credentials/types.js';
import type { Idempotency } from '../action.js';
import type { AttemptTrace } from '../diagnostics.js';
import type { AnyTcccError } from '../errors/errors.js';
import type { PacingSlot, SlotUse } from '../pacing/pacer.js';
import type { Correction, RetryProgress } from '../retry/decide.js';
import type { RetryPolicy } from '../retry/policy.js';
import type { RetryPlan } from '../retry/retrier.js';
import type { Delivery } from '../transport/delivery.js';
import type { Exchange, HttpResponse } from '../transport/exchange.js';
import type { Call } from './call.js';

/**
 * What is known of one attempt. A fresh one for each, made when its turn has come or could not be had: calls that wait in
 * the queue have none. Only the client writes to it; how far its request has come is noted by the exchange.
 */
export class Attempt implements Delivery {
  /** When it began to wait for its turn, on the monotonic clock. */
  readonly begunAtMs: number;
  /** When it had its turn and could be sent. */
  grantedAtMs: number | undefined;
  readonly slot: PacingSlot | undefined;
  /** What it was signed with. */
  credentials: Credentials | undefined;
  clockOffsetMs = 0;
  exchange: Exchange | undefined;
  isSent = false;
  isAnswered = false;
  /** Its response, once that is complete. */
  head: Pick<HttpResponse, 'status' | 'headers'> | undefined;
  /** What follows it, if anybody does. */
  trace: AttemptTrace | undefined;
  /** The `Date` header of its response. */
  serviceDate: string | undefined;

  #traceId: string | undefined;

  constructor(begunAtMs: number, slot: PacingSlot | undefined) {
    this.begunAtMs = begunAtMs;
    this.slot = slot;
  }

  /**
   * Marks its request, so that the service's support can find it even if no response came. Made when first needed: what
   * could not be sent does not need it.
   */
  get traceId(): string {
    this.#traceId ??= randomUUID();
    return this.#traceId;
  }

  /** Whether it still waits for credentials, or ended before it could be sent. */
  get isQueued(): boolean {
    return this.grantedAtMs === undefined;
  }

  /** What became of its slot. */
  get use(): SlotUse {
    if (!this.isSent) return 'unused';
    return this.isAnswered ? 'answered' : 'abandoned';
  }
}

/** What is known of all attempts of one call so far. Only the client writes to it. */
export class History implements RetryProgress {
  readonly call: Call;
  /** Attempts handed to the transport. */
  attempts = 0;
  /** Retries so far. */
  retries = 0;
  /** Corrections that were made so far. */
  corrections: readonly Correction[] = NONE;
  /** Why the attempt before the current one failed. */
  previous: AnyTcccError | undefined;
  /** The attempt that is under way; none while the call waits for its turn, or pauses before a retry. */
  current: Attempt | undefined;
  /** An earlier attempt may have been executed, and another one followed: it was idempotent, or duplicates are risked. */
  #hasRisked = false;
  /** The exchanges of earlier attempts that were refused. */
  #refused: readonly Exchange[] = NONE;
  /** Since when it waits for the turn of its next attempt, on the monotonic clock. */
  #waitsSinceMs: number | undefined;
  /** Its position among the calls under way; for `RunningCalls` alone. */
  place = 0;

  constructor(call: Call) {
    this.call = call;
  }

  get idempotency(): Idempotency {
    return this.call.definition.idempotency;
  }

  /** In place of the client's. */
  get policy(): RetryPolicy | undefined {
    return this.call.retry;
  }

  /** Whether an earlier attempt may have been executed. */
  get hasUnknown(): boolean {
    return this.#hasRisked || this.isOvertaken;
  }

  /** Whether more has come on the connection of an earlier attempt that was refused: then its refusal was another request's. */
  get isOvertaken(): boolean {
    return this.#refused.some(({ hasSurplus }) => hasSurplus);
  }

  /** Another attempt follows the one that failed with `error`. */
  retry({ correction }: RetryPlan, error: AnyTcccError, { exchange }: Pick<Attempt, 'exchange'>): void {
    this.retries++;
    if (error.outcome !== 'not-executed') this.#hasRisked = true;
    // Once it is known that one may have been executed, more cannot come to light.
    if (this.#hasRisked) this.#refused = NONE;
    else if (exchange !== undefined) this.#refused = [...this.#refused, exchange];
    if (correction !== undefined) this.corrections = [...this.corrections, correction];
  }

  beginWait(nowMs: number): void {
    this.#waitsSinceMs = nowMs;
  }

  /** The wait is over, however it ended. Returns when it began. */
  endWait(): number {
    const sinceMs = this.#waitsSinceMs ?? 0;
    this.#waitsSinceMs = undefined;
    return sinceMs;
  }

  /** Whether it waits for its turn, or for credentials. */
  get isQueued(): boolean {
    return this.current === undefined ? this.#waitsSinceMs !== undefined : this.current.isQueued;
  }

  /** Whether an attempt of it has had its turn and has not ended. */
  get isInFlight(): boolean {
    return this.current !== undefined && !this.current.isQueued;
  }

  /** Whether a request may be at the service, so that only its response can end the call well. */
  get isAwaitingResponse(): boolean {
    return this.current !== undefined && this.current.isSent;
  }
}

const NONE: readonly never[] = [];
