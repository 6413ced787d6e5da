import type { Clock } from '../clock.js';
import type { CredentialProvider, Credentials } from '../credentials/types.js';
import type { Pacer, PacingMode } from '../pacing/pacer.js';
import type { RetryOptions } from '../retry/policy.js';
import type { DispatcherLike } from '../transport/dispatcher.js';
import type { LogLevel, Logger, RequestHook, ResponseHook } from './observe-options.js';

/** How requests are spread over time, so that the service does not have to refuse any. */
export interface PacingOptions {
  /**
   * When a slot becomes free again: one window after the `response`, or one window after the `send`. By `response`, the
   * service never counts more than the limit as long as each request is answered, at a rate of limit / (window + round
   * trip). By `send`, the rate is full, but some requests are refused if they travel at different speeds.
   *
   * @default 'response'
   */
  mode?: PacingMode;
  /**
   * Requests per window, instead of the documented limit. An integer from 1 to 1,000,000. Give your share if several
   * processes use one account.
   *
   * @default the documented limit of each action
   * @example 5
   */
  limit?: number;
  /**
   * How many calls may wait, per account and action. More are refused with `QueueFull`. An integer from 0 to 1,000,000.
   *
   * @default 10,000
   */
  maxQueue?: number;
  /**
   * Replaces the pacing of this thread altogether, for instance by one that a fleet shares.
   *
   * @default the pacer of this thread, which all its clients share
   * @example myFleetPacer
   */
  pacer?: Pacer;
}

/** Options of a client. */
export interface ClientOptions {
  /**
   * Fixed credentials, or a function that fetches them.
   *
   * @default environment, `~/.tencentcloud/credentials`, role of the virtual machine, role of the pod, in this order
   * @example { secretId: process.env.MY_ID!, secretKey: process.env.MY_KEY! }
   */
  credentials?: Credentials | CredentialProvider;
  /**
   * Origin to send every action to: scheme, host and port.
   *
   * @default the host that the action documents
   * @example 'https://gateway.example.com'
   */
  endpoint?: string;
  /**
   * Whether `endpoint` may be a plain `http:` origin of another machine. Anyone on the way can then read the request,
   * phone numbers included. To this machine (loopback), `http:` is always allowed.
   *
   * @default false
   * @example true
   */
  allowHttp?: boolean;
  /**
   * Value of the X-TC-Region header. The documented actions need none.
   *
   * @default none
   * @example 'ap-singapore'
   */
  region?: string;
  /**
   * Language of the service's messages: `zh-CN` or `en-US`.
   *
   * @default the service's own choice
   */
  language?: 'zh-CN' | 'en-US';
  /**
   * Pacing, or `false` to send at once.
   *
   * @default the documented limit per account and action, shared by all clients of this thread
   * @example { limit: 5 }
   */
  pacing?: PacingOptions | false;
  /**
   * How failed attempts that had no effect are retried.
   *
   * @default three attempts, pauses up to 10 seconds, never a creation that may have been executed
   * @example { maxAttempts: 1 }
   */
  retry?: RetryOptions;
  /**
   * Total time of a call, in milliseconds: waiting, all attempts and the pauses between them. From 1 to 86,400,000, or
   * `Infinity`.
   *
   * @default 60,000
   */
  deadlineMs?: number;
  /**
   * Time of one attempt from its turn in the queue to the end of the response, in milliseconds. From 1 to 86,400,000.
   *
   * @default 30,000
   */
  attemptTimeoutMs?: number;
  /**
   * Time to connect, TLS included, in milliseconds. From 1 to 86,400,000. Not for your own `dispatcher`.
   *
   * @default 5,000
   */
  connectTimeoutMs?: number;
  /**
   * How long an idle connection is kept, in milliseconds. From 1 to 55,000, since the service closes it after 60,000.
   * Not for your own `dispatcher`.
   *
   * @default 30,000
   */
  keepAliveMs?: number;
  /**
   * Connections per host. An integer from 1 to 10,000. Not for your own `dispatcher`.
   *
   * @default 128
   */
  maxConnections?: number;
  /**
   * Longest response, in bytes. An integer from 1,024 to 104,857,600.
   *
   * @default 1,048,576
   */
  maxResponseBytes?: number;
  /**
   * An undici dispatcher (version 7 or later) to send with. It stays yours: `close()` leaves it open.
   *
   * @default the client's own pool, through the proxy of the environment
   * @example new Agent({ connect: { ca } })
   */
  dispatcher?: DispatcherLike;
  /**
   * Where a line is written for every attempt and every decision: any object with `debug`, `info`, `warn` and `error`. No
   * line has a phone number or a secret.
   *
   * @default none; with `TCCC_LOG` set, the standard error
   * @example console
   */
  logger?: Logger;
  /**
   * How much is written: `debug` also has attempts that succeed, `warn` only what ends a call.
   *
   * @default `info`, or what `TCCC_LOG` of the environment says
   * @example 'warn'
   */
  logLevel?: LogLevel;
  /**
   * Sees every request before it is signed, and may give more headers, which are signed with it. If it throws, the request
   * is not sent.
   *
   * @default none
   * @example () => ({ 'x-correlation-id': currentOrder() })
   */
  onRequest?: RequestHook;
  /**
   * Sees every complete response: status, request id, what it means, how long it waited and took.
   *
   * @default none
   * @example ({ status, tookMs }) => histogram.record(tookMs, { status })
   */
  onResponse?: ResponseHook;
  /**
   * Source of time; for tests.
   *
   * @default this machine
   */
  clock?: Clock;
  /**
   * Source of randomness for the pauses between attempts, from 0 up to but not including 1; for tests.
   *
   * @default Math.random
   */
  random?: () => number;
}
