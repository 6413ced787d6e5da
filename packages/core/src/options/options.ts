import type { Clock } from '../clock.js';
import { systemClock } from '../clock.js';
import { checkCredentials } from '../credentials/check.js';
import { defaultCredentials } from '../credentials/chain.js';
import type { CredentialFunction, Credentials } from '../credentials/types.js';
import { ConfigurationError } from '../errors/errors.js';
import {
  checkFunction,
  checkKnownOptions,
  checkNumber,
  checkOneOf,
  checkOrigin,
  checkText,
  invalidOption,
} from './checks.js';
import type { Pacer, PacingMode } from '../pacing/pacer.js';
import type { RetryOptions, RetryPolicy } from '../retry/policy.js';
import { defaultRetryPolicy } from '../retry/policy.js';
import type { DispatcherLike } from '../transport/dispatcher.js';

/** How requests are spread over time, so that the service does not have to refuse any. */
export interface PacingOptions {
  /**
   * When a slot becomes free again: one window after the `response` (never more than the limit at the service, at a rate
   * of limit / (window + round trip)), or one window after the `send` (the full rate, with some refusals where requests
   * travel at different speeds). Default `response`.
   */
  mode?: PacingMode;
  /** Requests per window, in place of the documented limit; 1 to 1,000,000. Give your share where several processes use one account. */
  limit?: number;
  /** How many calls may wait, per account and action. More are refused with `QueueFull`. 0 to 1,000,000; default 10,000. */
  maxQueue?: number;
  /** Replaces the pacing of this process altogether, for instance by one that a fleet shares. */
  pacer?: Pacer;
}

/** Options of a client. Every one has a default. */
export interface ClientOptions {
  /**
   * Fixed credentials, or a function that fetches them. Default: environment, `~/.tencentcloud/credentials`, role of the
   * virtual machine, role of the pod, in this order.
   */
  credentials?: Credentials | CredentialFunction;
  /** Origin to send every action to, such as `https://gateway.example.com`. Default: the host that the action documents. */
  endpoint?: string;
  /** Value of the X-TC-Region header, such as `ap-singapore`. Default: none; the documented actions need none. */
  region?: string;
  /** Language of the service's messages. Default: the service's own choice. */
  language?: 'zh-CN' | 'en-US';
  /** Pacing, or `false` to send at once. Default: the documented limit per account and action, shared by all clients of this process. */
  pacing?: PacingOptions | false;
  /** Repetition of failed attempts that had no effect. */
  retry?: RetryOptions;
  /** Total time of a call, in milliseconds: waiting, all attempts and the pauses between them. 1 to 86,400,000, or `Infinity`. Default 60,000. */
  deadlineMs?: number;
  /** Time of one attempt from its turn in the queue to the end of the response, in milliseconds. 1 to 86,400,000. Default 30,000. */
  attemptTimeoutMs?: number;
  /** Time to connect, TLS included, in milliseconds. 1 to 86,400,000; default 5,000. Not for a `dispatcher` of your own. */
  connectTimeoutMs?: number;
  /** How long an idle connection is kept, in milliseconds. 1 to 55,000, since the service closes it after 60,000; default 30,000. Not for a `dispatcher` of your own. */
  keepAliveMs?: number;
  /** Connections per host; a few more for a moment after failures. 1 to 10,000; default 128. Not for a `dispatcher` of your own. */
  maxConnections?: number;
  /** Longest response, in bytes. 1,024 to 104,857,600; default 1,048,576. */
  maxResponseBytes?: number;
  /** An undici dispatcher (version 7 or later) to send with. It stays yours: `close()` leaves it open. Default: a pool of the client's own, through the proxy of the environment. */
  dispatcher?: DispatcherLike;
  /** Source of time; for tests. Default: this machine. */
  clock?: Clock;
  /** Source of randomness for the pauses between attempts, from 0 up to but not including 1; for tests. Default `Math.random`. */
  random?: () => number;
}

/** Options of a single call. */
export interface CallOptions {
  /** Ends the call when it is aborted; the error's `cause` is the signal's reason. */
  signal?: AbortSignal;
  /** Total time of this call, in milliseconds, in place of the client's. */
  deadlineMs?: number;
  /** More request headers. Those that the signature or the protocol depend on are refused. */
  headers?: Readonly<Record<string, string>>;
  /** Parameters that this version does not know yet, sent as they are and not validated. */
  extraParams?: Readonly<Record<string, unknown>>;
}

/** Options of a client, checked and complete. */
export interface Settings {
  credentials: CredentialFunction;
  endpoint: string | undefined;
  fixedHeaders: readonly string[];
  pacing: { mode: PacingMode; limit: number | undefined; maxQueue: number; pacer: Pacer | undefined } | false;
  retry: RetryPolicy;
  deadlineMs: number;
  attemptTimeoutMs: number;
  connectTimeoutMs: number;
  keepAliveMs: number;
  maxConnections: number;
  maxResponseBytes: number;
  dispatcher: DispatcherLike | undefined;
  clock: Clock;
  random: () => number;
}

/** Every option's name. The type makes the list complete. */
const OPTION_NAMES = Object.keys({
  credentials: 0,
  endpoint: 0,
  region: 0,
  language: 0,
  pacing: 0,
  retry: 0,
  deadlineMs: 0,
  attemptTimeoutMs: 0,
  connectTimeoutMs: 0,
  keepAliveMs: 0,
  maxConnections: 0,
  maxResponseBytes: 0,
  dispatcher: 0,
  clock: 0,
  random: 0,
} satisfies Record<keyof ClientOptions, 0>);

const A_DAY_MS = 86_400_000;
const TIME = { min: 1, max: A_DAY_MS };

/**
 * Checks the options of a client and fills in the defaults.
 *
 * @throws ConfigurationError or CredentialsError that names the option
 */
export function resolveOptions(options: ClientOptions): Settings {
  checkKnownOptions(options, OPTION_NAMES, 'options');
  checkFunction('random', options.random);
  if (options.dispatcher !== undefined && typeof options.dispatcher?.dispatch !== 'function') {
    throw invalidOption('dispatcher', 'an undici dispatcher', options.dispatcher);
  }
  return {
    credentials: resolveCredentials(options.credentials),
    endpoint: options.endpoint === undefined ? undefined : checkOrigin('endpoint', options.endpoint),
    fixedHeaders: resolveHeaders(options),
    pacing: resolvePacing(options.pacing),
    retry: resolveRetry(options.retry),
    deadlineMs: checkDeadline(options.deadlineMs, 60_000),
    attemptTimeoutMs: checkNumber('attemptTimeoutMs', options.attemptTimeoutMs, 30_000, TIME),
    connectTimeoutMs: checkNumber('connectTimeoutMs', options.connectTimeoutMs, 5_000, TIME),
    keepAliveMs: checkNumber('keepAliveMs', options.keepAliveMs, 30_000, { min: 1, max: 55_000 }),
    maxConnections: checkNumber('maxConnections', options.maxConnections, 128, {
      min: 1,
      max: 10_000,
      integer: true,
    }),
    maxResponseBytes: checkNumber('maxResponseBytes', options.maxResponseBytes, 1_048_576, {
      min: 1_024,
      max: 104_857_600,
      integer: true,
    }),
    dispatcher: options.dispatcher,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  };
}

function checkDeadline(value: number | undefined, fallback: number): number {
  return value === Infinity ? Infinity : checkNumber('deadlineMs', value, fallback, TIME);
}

function resolveCredentials(given: ClientOptions['credentials']): CredentialFunction {
  if (given === undefined) return defaultCredentials();
  if (typeof given === 'function') return given;
  const fixed = checkCredentials(given);
  return () => fixed;
}

function resolveHeaders({ region, language }: ClientOptions): string[] {
  checkText('region', region, /^[a-z0-9-]{1,64}$/, 'a region such as ap-singapore');
  checkOneOf('language', language, ['zh-CN', 'en-US']);
  return [
    ...(region === undefined ? [] : ['x-tc-region', region]),
    ...(language === undefined ? [] : ['x-tc-language', language]),
  ];
}

function resolvePacing(pacing: ClientOptions['pacing']): Settings['pacing'] {
  if (pacing === false) return false;
  const given = pacing ?? {};
  checkKnownOptions(given, ['mode', 'limit', 'maxQueue', 'pacer'], 'pacing');
  checkOneOf('pacing.mode', given.mode, ['response', 'send']);
  checkFunction('pacing.pacer.acquire', given.pacer?.acquire);
  const limit = checkNumber('pacing.limit', given.limit, 0, { min: 1, max: 1_000_000, integer: true });
  return {
    mode: given.mode ?? 'response',
    limit: limit === 0 ? undefined : limit,
    maxQueue: checkNumber('pacing.maxQueue', given.maxQueue, 10_000, {
      min: 0,
      max: 1_000_000,
      integer: true,
    }),
    pacer: given.pacer,
  };
}

function resolveRetry(retry: RetryOptions | undefined): RetryPolicy {
  const given = retry ?? {};
  checkKnownOptions(given, Object.keys(defaultRetryPolicy), 'retry');
  checkOneOf('retry.onUnknown', given.onUnknown, ['never', 'risk-duplicates']);
  return {
    maxAttempts: checkNumber('retry.maxAttempts', given.maxAttempts, defaultRetryPolicy.maxAttempts, {
      min: 1,
      max: 10,
      integer: true,
    }),
    baseMs: checkNumber('retry.baseMs', given.baseMs, defaultRetryPolicy.baseMs, { min: 0, max: A_DAY_MS }),
    capMs: checkNumber('retry.capMs', given.capMs, defaultRetryPolicy.capMs, { min: 0, max: A_DAY_MS }),
    onUnknown: given.onUnknown ?? defaultRetryPolicy.onUnknown,
  };
}

/** Headers that decide what is signed, how the message is framed, or where it goes. */
const RESERVED_HEADERS =
  /^(host|authorization|content-.*|transfer-encoding|connection|keep-alive|upgrade|expect|te|trailer|proxy-.*|accept-encoding|x-tc-.*)$/;

/**
 * Checks the headers of a call and lists names and values in turn.
 *
 * @throws ConfigurationError where a header could break the signature or the request
 */
function checkHeaders(headers: CallOptions['headers']): string[] {
  if (headers === undefined) return [];
  if (typeof headers !== 'object' || headers === null) throw invalidOption('headers', 'an object', headers);
  return Object.entries(headers).flatMap(([name, value]) => {
    const lower = name.toLowerCase();
    if (!/^[a-z0-9!#$%&'*+.^_`|~-]{1,128}$/.test(lower))
      throw invalidOption('headers', 'an object of valid header names');
    if (RESERVED_HEADERS.test(lower))
      throw invalidOption('headers', `without ${lower}, which the SDK sets itself`);
    if (typeof value !== 'string' || !/^[\t\x20-\x7e]*$/.test(value)) {
      throw invalidOption('headers', 'an object whose values are printable ASCII texts');
    }
    return [lower, value];
  });
}

/** Options of a call, checked and complete. */
export interface CallSettings {
  signal: AbortSignal | undefined;
  deadlineMs: number;
  headers: readonly string[];
  extraParams: unknown;
}

const NO_HEADERS: readonly string[] = [];

/**
 * Reads the options of a call, each once.
 *
 * @throws ConfigurationError that names the option
 */
export function readCallOptions(options: CallOptions | undefined, defaults: Settings): CallSettings {
  if (options === undefined) {
    return {
      signal: undefined,
      deadlineMs: defaults.deadlineMs,
      headers: NO_HEADERS,
      extraParams: undefined,
    };
  }
  try {
    checkKnownOptions(options, ['signal', 'deadlineMs', 'headers', 'extraParams'], 'call options');
    const { signal, deadlineMs, headers, extraParams } = options;
    checkSignal(signal);
    return {
      signal,
      deadlineMs: checkDeadline(deadlineMs, defaults.deadlineMs),
      headers: checkHeaders(headers),
      extraParams,
    };
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw invalidOption('call options', 'plain data; reading them threw');
  }
}

function checkSignal(signal: AbortSignal | undefined): void {
  if (signal === undefined || signal instanceof AbortSignal) return;
  const { addEventListener, removeEventListener, aborted } = (signal ?? {}) as Partial<AbortSignal>;
  const isSignal = typeof addEventListener === 'function' && typeof removeEventListener === 'function';
  if (!isSignal || typeof aborted !== 'boolean') throw invalidOption('signal', 'an AbortSignal', signal);
}

/** A client that was closed takes no more calls. */
export function clientClosed(action: string): ConfigurationError {
  const message = `${action} was not sent: the client is closed.`;
  return new ConfigurationError({ code: 'ClientClosed', outcome: 'not-executed', action, message });
}
