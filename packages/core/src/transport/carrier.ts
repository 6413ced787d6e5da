import type { ResponseHeaders } from './dispatcher.js';

/** What an exchange hears from whatever carries its request. */
export interface RequestEvents {
  /** False once the exchange has ended: its request must not be written any more. */
  readonly isWanted: boolean;
  /** The request is about to be written, or may have been. May be called again. */
  onSent(): void;
  /** The head of the response; of an interim response (1xx) nothing is told. */
  onHead(status: number, headers: ResponseHeaders): void;
  onData(chunk: Buffer): void;
  /** The response is complete. `isEarly`: it began before the request was written completely. */
  onEnd(isEarly: boolean): void;
  /** There will be no response. */
  onFailure(kind: 'network' | 'surplus' | 'replay', cause: unknown): void;
}

/** A request on its way. */
export interface CarriedRequest {
  /** The exchange has ended: a request that is not written never will be, and one that is loses its connection. */
  giveUp(reason: Error): void;
  /** Whether the connection can be watched. A dispatcher of the user's own does not show it. */
  readonly isConnectionKnown: boolean;
  /** Resolves once its connection has been silent for so long that a refusal counts; soon if it has ended, or is unknown. */
  silence(): Promise<void>;
  /** Whether bytes came on its connection that belong to no request, since its response ended. */
  readonly hasSurplus: boolean;
  /** Its response has been looked at; another request may follow on its connection. */
  releaseConnection(): void;
  /** Ends its connection, unless a later request has taken that over. */
  endConnection(): void;
}
