import type { InContext } from '../context.js';
import type { DispatchRequest } from '../dispatcher.js';

/** A request, as the pool and a connection see it. */
export interface QueuedRequest {
  readonly options: DispatchRequest;
  /** False once nobody waits for it any more. */
  readonly isWanted: boolean;
  /** Runs what begins it in the context of the call that it belongs to. */
  readonly inContext: InContext;
  /** Its connection, from the time that it was handed over. */
  connection: RequestConnection | undefined;
  /** Whether bytes came on its connection, after its response, that belong to no request. */
  hasSurplus: boolean;
  /** Its connection ended before it was written. */
  onReturned(): void;
  /** It gets no connection. */
  fail(error: unknown): void;
}

/** A connection, as the request that it carries sees it. */
export interface RequestConnection {
  readonly isEnded: boolean;
  /** Whether a part of what was written has not been handed to the system yet. */
  readonly isWriting: boolean;
  /** undici is about to write the request. False if the connection turned out to be unfit. */
  begin(request: QueuedRequest): boolean;
  /** The request has its response. What comes from now on belongs to none. */
  finish(): void;
  /** Another request may follow. */
  release(): void;
  /** Resolves once it has been silent for so long that a refusal counts, or has ended. */
  silence(): Promise<void>;
  end(): void;
  /** Ends the connection if `request` is the latest on it. */
  endAfter(request: QueuedRequest): void;
}

/** The pool, as a request sees it. */
export interface RequestQueue {
  add(request: QueuedRequest): void;
  /** A request that was handed over, but could not be written, waits again, before all others. */
  takeBack(request: QueuedRequest): void;
  /** The request does not wait any more, and nothing is made for it. */
  withdraw(request: QueuedRequest): void;
}
