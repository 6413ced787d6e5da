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

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'off'] as const satisfies readonly LogLevel[];

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
 * Sees every request before it is signed, and may give more headers, which are signed with it. They replace those that the call
 * has by the same name. It must be quick, and not asynchronous. If it throws, the request is not sent.
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
  /** Only `content-type`, `date`, `retry-after`, `server` and `x-request-id`, in small letters, if they have their usual form. */
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
