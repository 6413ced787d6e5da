import type { RetryOptions, RetryPolicy } from '../retry/policy.js';
import { checkKnownOptions, checkOneOf, checkSignal, readSafely } from '../checks.js';
import type { OptionTable } from '../option-table.js';
import { asGiven, func, readOptions } from '../option-table.js';
import type { HeadersLike } from './headers.js';
import { readHeaders } from './headers.js';
import type { ResponseHook } from './observe-options.js';
import { callHint } from './peers.js';
import { deadline, readRetry } from './settings.js';

/**
 * Options of a single call.
 *
 * @typeParam Checked Names of the parameters whose checks can be switched off: those of the action.
 */
export interface CallOptions<Checked extends string = string> {
  /**
   * Ends the call when it is aborted; the error's `cause` is the signal's reason.
   *
   * @default none
   * @example AbortSignal.timeout(5_000)
   */
  signal?: AbortSignal;
  /**
   * Total time of this call, in milliseconds. From 1 to 86,400,000, or `Infinity`.
   *
   * @default the client's
   */
  deadlineMs?: number;
  /**
   * How failed attempts of this call are retried. What you leave out is as in the client.
   *
   * @default the client's
   * @example { maxAttempts: 1 }
   */
  retry?: RetryOptions;
  /**
   * Sees each response of this call: its status, its request id, how long it waited and took.
   *
   * @default none
   * @example ({ requestId, tookMs }) => console.log(requestId, tookMs)
   */
  onResponse?: ResponseHook;
  /**
   * More request headers: an object, a `Headers`, a `Map`, or pairs. Those that the signature or the protocol depend on are
   * refused.
   *
   * @default none
   * @example { 'x-correlation-id': 'order-7' }
   */
  headers?: HeadersLike;
  /**
   * Parameters that this version does not know yet, sent unchanged and not validated.
   *
   * @default none
   * @example { ConcurrencyLimit: 5 }
   */
  extraParams?: Readonly<Record<string, unknown>>;
  /**
   * Parameters whose checks are switched off, by name: the value is sent unchanged, and the service decides. For a value that
   * the service takes and this version refuses, because it follows an earlier edition of the documentation. Everything about
   * the parameter is unchecked: type, range, what is in it, whether it may be left out, and how it relates to others.
   *
   * @default none: every parameter is checked
   * @example { ExpectedAbandonRate: 'off' }
   */
  checks?: { readonly [Name in Checked]?: 'off' };
}

/** The names of the parameters, of each alternative if there are several. */
export type ParameterName<Params> = Params extends unknown ? Extract<keyof Params, string> : never;

/** Options of a call, checked and complete. */
export interface CallSettings {
  signal: AbortSignal | undefined;
  deadlineMs: number;
  retry: RetryPolicy | undefined;
  onResponse: ResponseHook | undefined;
  headers: readonly string[];
  extraParams: unknown;
  /** Names of parameters that are not checked. */
  unchecked: ReadonlySet<string> | undefined;
}

const NO_HEADERS: readonly string[] = [];

/** For most calls. */
const noOptions = (deadlineMs: number): CallSettings => ({
  signal: undefined,
  deadlineMs,
  retry: undefined,
  onResponse: undefined,
  headers: NO_HEADERS,
  extraParams: undefined,
  unchecked: undefined,
});

/** Every option of a call. What depends on the client or on the action is read once these are known to be there. */
const callTable = {
  signal: (_name, given: AbortSignal | undefined) => {
    checkSignal(given);
    return given;
  },
  deadlineMs: (name, given: number | undefined) => (given === undefined ? undefined : deadline(name, given)),
  retry: asGiven<RetryOptions>,
  onResponse: func<ResponseHook | undefined>(undefined),
  headers: asGiven<HeadersLike>,
  extraParams: asGiven<Readonly<Record<string, unknown>>>,
  checks: asGiven<object>,
} satisfies OptionTable<CallOptions>;

const WHAT = 'call options';

/**
 * Refuses names that no option of a call has. `more` are options that a package on top of this one has.
 *
 * @throws ConfigurationError that names the option
 */
export function checkCallOptions(options: unknown, more: readonly string[] = []): void {
  checkKnownOptions(options, [...Object.keys(callTable), ...more], WHAT, callHint);
}

/**
 * Reads the options of a call, each once.
 *
 * @param parameters Names of the parameters that the action has.
 * @throws ConfigurationError that names the option
 */
export function readCallOptions(
  options: CallOptions | undefined,
  clientDeadlineMs: number,
  parameters: () => readonly string[] = () => [],
  clientRetry?: RetryPolicy,
): CallSettings {
  if (options === undefined) return noOptions(clientDeadlineMs);
  return readSafely(() => {
    const { checks, ...given } = readOptions(callTable, options, WHAT, { hint: callHint });
    return {
      ...given,
      deadlineMs: given.deadlineMs ?? clientDeadlineMs,
      retry: given.retry === undefined ? undefined : readRetry(given.retry, clientRetry),
      headers: given.headers === undefined ? NO_HEADERS : readHeaders(given.headers),
      unchecked: checks === undefined ? undefined : readChecks(checks, parameters()),
    };
  }, WHAT);
}

/** The names of the parameters whose checks are off. */
function readChecks(checks: object, parameters: readonly string[]): ReadonlySet<string> {
  checkKnownOptions(checks, parameters, 'checks');
  const given = Object.entries(checks).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) checkOneOf(`checks.${name}`, value, ['off']);
  return new Set(given.map(([name]) => name));
}
