import { checkFunction, checkKnownOptions, checkOrigin, readSafely } from '../checks.js';
import type { Clock } from '../clock.js';
import { systemClock } from '../clock.js';
import { checkCredentials } from '../credentials/check.js';
import { lazily } from '../credentials/lazy.js';
import type { CredentialProvider } from '../credentials/types.js';
import type { Checked, NumberCheck, OptionTable } from '../option-table.js';
import {
  asGiven,
  boolean,
  func,
  methods,
  number,
  numberIfGiven,
  oneOf,
  readOptions,
  text,
} from '../option-table.js';
import type { Pacer } from '../pacing/pacer.js';
import type { RetryOptions, RetryPolicy } from '../retry/policy.js';
import type { DispatcherLike } from '../transport/dispatcher.js';
import type { ClientOptions, PacingOptions } from './client-options.js';
import type { Logger, RequestHook, ResponseHook } from './observe-options.js';
import { LOG_LEVELS } from './observe-options.js';
import { guarded } from './own-clock.js';
import { clientHint, pacingHint, retryHint } from './peers.js';

const A_DAY_MS = 86_400_000;

/** What may have been executed is not repeated unless the caller asks for it. */
const DEFAULT_ON_UNKNOWN = 'never';

const DEADLINE = number({ min: 1, max: A_DAY_MS, fallback: 60_000 });

/** A deadline may also be `Infinity`. */
export const deadline: NumberCheck<number> = Object.assign(
  (name: string, given: number | undefined) => (given === Infinity ? Infinity : DEADLINE(name, given)),
  { limits: DEADLINE.limits },
);

export const pacingTable = {
  mode: oneOf(['response', 'send'], 'response'),
  limit: numberIfGiven({ min: 1, max: 1_000_000, isInteger: true }),
  maxQueue: number({ min: 0, max: 1_000_000, fallback: 10_000, isInteger: true }),
  pacer: (name, given: Pacer | undefined) => {
    if (given !== undefined) checkFunction(`${name}.acquire`, given?.acquire);
    return given;
  },
} satisfies OptionTable<PacingOptions>;

export const retryTable = {
  maxAttempts: number({ min: 1, max: 10, fallback: 3, isInteger: true }),
  baseMs: number({ min: 0, max: A_DAY_MS, fallback: 500 }),
  capMs: number({ min: 0, max: A_DAY_MS, fallback: 10_000 }),
  onUnknown: oneOf(['never', 'risk-duplicates'], DEFAULT_ON_UNKNOWN),
} satisfies OptionTable<RetryOptions>;

/**
 * The retries of a client, or of a call, which takes what it leaves out from its client.
 *
 * @throws ConfigurationError that names the option
 */
export function readRetry(given: RetryOptions, inherited?: RetryPolicy): RetryPolicy {
  return readOptions(retryTable, given, 'retry', { prefix: 'retry.', hint: retryHint, inherited });
}

/** A source of time; this machine if it is left out. */
export const clock = (name: string, given: Clock | undefined): Clock => {
  const checked = CLOCK(name, given) ?? systemClock;
  return checked === systemClock ? checked : guarded(checked);
};

const CLOCK = methods<Clock>(
  ['now', 'monotonic', 'schedule'],
  'an object with the methods now, monotonic and schedule',
);

/** Every option of a client. `ClientOptions` has their types and their docs; the tables of the docs are made from both. */
export const clientTable = {
  credentials: (_name, given: ClientOptions['credentials']) => resolveCredentials(given),
  // An origin, once it is known whether it may be a plain one.
  endpoint: asGiven<string>,
  allowHttp: boolean,
  region: text(/^[a-z0-9-]{1,64}$/, 'a region such as ap-singapore'),
  language: oneOf(['zh-CN', 'en-US']),
  pacing: (_name, given: ClientOptions['pacing'] = {}) =>
    given === false
      ? false
      : readOptions(pacingTable, given, 'pacing', { prefix: 'pacing.', hint: pacingHint }),
  retry: (_name, given: RetryOptions = {}) => readRetry(given),
  deadlineMs: deadline,
  attemptTimeoutMs: number({ min: 1, max: A_DAY_MS, fallback: 30_000 }),
  connectTimeoutMs: number({ min: 1, max: A_DAY_MS, fallback: 5_000 }),
  keepAliveMs: number({ min: 1, max: 55_000, fallback: 30_000 }),
  maxConnections: number({ min: 1, max: 10_000, fallback: 128, isInteger: true }),
  maxResponseBytes: number({ min: 1_024, max: 104_857_600, fallback: 1_048_576, isInteger: true }),
  dispatcher: methods<DispatcherLike>(['dispatch'], 'an undici dispatcher'),
  logger: methods<Logger>(
    ['debug', 'info', 'warn', 'error'],
    'an object with the methods debug, info, warn and error',
  ),
  logLevel: oneOf(LOG_LEVELS),
  onRequest: func<RequestHook | undefined>(undefined),
  onResponse: func<ResponseHook | undefined>(undefined),
  clock,
  random: func(Math.random),
} satisfies OptionTable<ClientOptions>;

/** Options of a client, checked and complete. */
export interface Settings extends Checked<typeof clientTable> {
  /** Names and values in turn. */
  fixedHeaders: readonly string[];
}

/**
 * Refuses names that no option of a client has. `more` are options that a package on top of this one has.
 *
 * @throws ConfigurationError that names the option
 */
export function checkClientOptions(options: unknown, more: readonly string[] = []): void {
  checkKnownOptions(options, [...more, ...Object.keys(clientTable)], 'options', clientHint);
}

/**
 * Checks the options of a client and fills in the defaults.
 *
 * @throws ConfigurationError or CredentialsError that names the option
 */
export function resolveOptions(options: ClientOptions): Settings {
  return readSafely(() => {
    const checked = readOptions(clientTable, options, 'options', { hint: clientHint });
    const { endpoint, allowHttp } = checked;
    return {
      ...checked,
      endpoint: endpoint === undefined ? undefined : checkOrigin('endpoint', endpoint, allowHttp),
      fixedHeaders: headersOf(checked),
    };
  }, 'options');
}

function resolveCredentials(given: ClientOptions['credentials']): CredentialProvider {
  if (given === undefined) return lazily(({ askUsual }) => askUsual());
  if (typeof given === 'function') return given;
  const fixed = checkCredentials(given);
  return () => fixed;
}

function headersOf({ region, language }: Checked<typeof clientTable>): string[] {
  return [
    ...(region === undefined ? [] : ['x-tc-region', region]),
    ...(language === undefined ? [] : ['x-tc-language', language]),
  ];
}
