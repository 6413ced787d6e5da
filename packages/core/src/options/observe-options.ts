import type { Outcome } from '../errors/outcome.js';
import type { HeadersLike } from './headers.js';

/** What the client writes its log to. `console` is one, and so is a logger of pino. */
export interface Logger {
  debug(line: string): void;
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
}

/** How much is written: each level includes those that follow it. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'off';

/** A request that is about to be signed. */
export interface RequestInfo {
  readonly action: string;
  /** Origin that the request goes to. */
  readonly endpoint: string;
  /** Number of the attempt in its call, from 1. */
  readonly attempt: number;
  /** What the request is marked with (header `X-TC-TraceId`). */
  readonly traceId: string;
}

/**
 * Sees every request before it is signed, and may give more headers, which are signed with it. It must be quick, and not
 * asynchronous. If it throws, the request is not sent.
 */
export type RequestHook = (request: RequestInfo) => HeadersLike | undefined | void;

/** A response, and what came of it. */
export interface ResponseInfo {
  readonly action: string;
  readonly endpoint: string;
  /** Number of the attempt in its call, from 1: so many attempts there have been. */
  readonly attempt: number;
  /** HTTP status. The service answers its errors with 200, too. */
  readonly status: number;
  /** Only `content-type`, `date`, `retry-after`, `server` and `x-request-id`, in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly outcome: 'succeeded' | Outcome;
  /** Code of the error, if there is one. */
  readonly code?: string;
  /** Id that the service gave to the request. */
  readonly requestId?: string;
  /** What the request was marked with (header `X-TC-TraceId`). */
  readonly traceId: string;
  /** How long the attempt waited for its turn, in milliseconds. */
  readonly waitedMs: number;
  /** How long the attempt took after that, in milliseconds. */
  readonly tookMs: number;
}

/**
 * Sees every complete response, once it is known what it means. An error that it throws is an uncaught exception of the process,
 * and does not change what the call reports.
 */
export type ResponseHook = (response: ResponseInfo) => void;

/** What a client is doing now. */
export interface ClientStats {
  /** Calls that have begun and not ended. */
  readonly calls: number;
  /** Of these, calls that wait for their turn. */
  readonly queued: number;
  /** Of these, calls with a request under way. */
  readonly inFlight: number;
  /**
   * Slots of the limits that are in use, over all accounts and actions, and all clients of this thread; absent with a pacer of your
   * own, and without pacing.
   */
  readonly slotsUsed?: number;
  /** Open connections; absent before the first call, and with a dispatcher of your own. */
  readonly connections?: number;
  readonly isClosed: boolean;
}
