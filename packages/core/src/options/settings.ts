import type { Clock } from '../clock.js';
import { systemClock } from '../clock.js';
import { defaultCredentials } from '../credentials/chain.js';
import { checkCredentials } from '../credentials/check.js';
import type { CredentialFunction } from '../credentials/types.js';
import type { PacingSettings } from '../pacing/slots.js';
import type { RetryPolicy } from '../retry/policy.js';
import type { DispatcherLike } from '../transport/dispatcher.js';
import {
  checkBoolean,
  checkFunction,
  checkKnownOptions,
  checkOneOf,
  checkOrigin,
  checkText,
  invalidOption,
} from '../checks.js';
import type { ClientOptions, PacingOptions } from './client-options.js';
import { checkDeadline, checkLimit } from './limits.js';
import { clientHint, pacingHint } from './peers.js';
import { resolveRetry } from './retry-options.js';

/** Options of a client, checked and complete. */
export interface Settings {
  credentials: CredentialFunction;
  endpoint: string | undefined;
  /** Names and values in turn. */
  fixedHeaders: readonly string[];
  pacing: PacingSettings;
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

/** Every option's name. The types make the lists complete. */
const OPTION_NAMES = Object.keys({
  credentials: 0,
  endpoint: 0,
  allowHttp: 0,
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
  logger: 0,
  logLevel: 0,
  onRequest: 0,
  onResponse: 0,
  clock: 0,
  random: 0,
} satisfies Record<keyof ClientOptions, 0>);

const PACING_NAMES = Object.keys({
  mode: 0,
  limit: 0,
  maxQueue: 0,
  pacer: 0,
} satisfies Record<keyof PacingOptions, 0>);

/**
 * Refuses names that no option of a client has. `more` are options that a package on top of this one has.
 *
 * @throws ConfigurationError that names the option
 */
export function checkClientOptions(options: unknown, more: readonly string[] = []): void {
  checkKnownOptions(options, [...more, ...OPTION_NAMES], 'options', clientHint);
}

/**
 * Checks the options of a client and fills in the defaults.
 *
 * @throws ConfigurationError or CredentialsError that names the option
 */
export function resolveOptions(options: ClientOptions): Settings {
  checkClientOptions(options);
  checkFunction('random', options.random);
  checkBoolean('allowHttp', options.allowHttp);
  checkClock(options.clock);
  if (options.dispatcher !== undefined && typeof options.dispatcher?.dispatch !== 'function') {
    throw invalidOption('dispatcher', 'an undici dispatcher', options.dispatcher);
  }
  return {
    credentials: resolveCredentials(options.credentials),
    endpoint:
      options.endpoint === undefined
        ? undefined
        : checkOrigin('endpoint', options.endpoint, options.allowHttp),
    fixedHeaders: resolveHeaders(options),
    pacing: resolvePacing(options.pacing),
    retry: resolveRetry(options.retry),
    deadlineMs: checkDeadline(options.deadlineMs),
    attemptTimeoutMs: checkLimit('attemptTimeoutMs', options.attemptTimeoutMs),
    connectTimeoutMs: checkLimit('connectTimeoutMs', options.connectTimeoutMs),
    keepAliveMs: checkLimit('keepAliveMs', options.keepAliveMs),
    maxConnections: checkLimit('maxConnections', options.maxConnections),
    maxResponseBytes: checkLimit('maxResponseBytes', options.maxResponseBytes),
    dispatcher: options.dispatcher,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  };
}

function checkClock(clock: Clock | undefined): void {
  if (clock === undefined) return;
  const { now, monotonic, schedule } = (clock ?? {}) as Partial<Clock>;
  if ([now, monotonic, schedule].every((method) => typeof method === 'function')) return;
  throw invalidOption('clock', 'an object with the methods now, monotonic and schedule', clock);
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

function resolvePacing(pacing: ClientOptions['pacing']): PacingSettings {
  if (pacing === false) return false;
  const given = pacing ?? {};
  checkKnownOptions(given, PACING_NAMES, 'pacing', pacingHint);
  checkOneOf('pacing.mode', given.mode, ['response', 'send']);
  checkFunction('pacing.pacer.acquire', given.pacer?.acquire);
  return {
    mode: given.mode ?? 'response',
    limit: given.limit === undefined ? undefined : checkLimit('pacing.limit', given.limit),
    maxQueue: checkLimit('pacing.maxQueue', given.maxQueue),
    pacer: given.pacer,
  };
}
