import { ConfigurationError } from '../errors/errors.js';
import { checkKnownOptions, checkOneOf, checkSignal, invalidOption } from '../checks.js';
import { deadline } from './settings.js';
import { callHint } from './peers.js';

/** Names and values, as an object, a `Headers`, a `Map`, or pairs. */
export type HeadersLike = Readonly<Record<string, string>> | Iterable<readonly [name: string, value: string]>;

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
   * More request headers: an object, a `Headers`, a `Map`, or pairs. Those that the signature or the protocol depend on are
   * refused.
   *
   * @default none
   * @example { 'x-correlation-id': 'order-7' }
   */
  headers?: HeadersLike;
  /**
   * Parameters that this version does not know yet, sent as they are and not validated.
   *
   * @default none
   * @example { ConcurrencyLimit: 5 }
   */
  extraParams?: Readonly<Record<string, unknown>>;
  /**
   * Parameters whose checks are switched off, by name: the value is sent as it is, and the service decides. For a value that
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
  headers: readonly string[];
  extraParams: unknown;
  /** Names of parameters that are not checked. */
  unchecked: ReadonlySet<string> | undefined;
}

const NO_HEADERS: readonly string[] = [];

const NO_OPTIONS = { signal: undefined, headers: NO_HEADERS, extraParams: undefined, unchecked: undefined };

const NAMES: readonly string[] = Object.keys({
  signal: 0,
  deadlineMs: 0,
  headers: 0,
  extraParams: 0,
  checks: 0,
} satisfies Record<keyof CallOptions, 0>);

/**
 * Refuses names that no option of a call has. `more` are options that a package on top of this one has.
 *
 * @throws ConfigurationError that names the option
 */
export function checkCallOptions(options: unknown, more: readonly string[] = []): void {
  checkKnownOptions(options, [...NAMES, ...more], 'call options', callHint);
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
): CallSettings {
  if (options === undefined) return { ...NO_OPTIONS, deadlineMs: clientDeadlineMs };
  try {
    checkCallOptions(options);
    const { signal, deadlineMs, headers, extraParams, checks } = options;
    checkSignal(signal);
    return {
      signal,
      deadlineMs: deadlineMs === undefined ? clientDeadlineMs : deadline('deadlineMs', deadlineMs),
      headers: headers === undefined ? NO_HEADERS : readHeaders(headers),
      extraParams,
      unchecked: checks === undefined ? undefined : readChecks(checks, parameters()),
    };
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw invalidOption('call options', 'plain data; reading them threw');
  }
}

/** The names of the parameters whose checks are off. */
function readChecks(checks: object, parameters: readonly string[]): ReadonlySet<string> {
  checkKnownOptions(checks, parameters, 'checks');
  const given = Object.entries(checks).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) checkOneOf(`checks.${name}`, value, ['off']);
  return new Set(given.map(([name]) => name));
}

/** Headers that decide what is signed, how the message is framed, or where it goes. */
const RESERVED_HEADERS =
  /^(host|authorization|content-.*|transfer-encoding|connection|keep-alive|upgrade|expect|te|trailer|proxy-.*|accept-encoding|x-tc-.*)$/;

/** Names and values in turn. A header that could break the signature or the request is refused. */
function readHeaders(headers: unknown): readonly string[] {
  return pairsOf(headers).flatMap(([name, value]) => {
    const lower = typeof name === 'string' ? name.toLowerCase() : '';
    if (!/^[a-z0-9!#$%&'*+.^_`|~-]{1,128}$/.test(lower))
      throw invalidOption('headers', 'an object of valid header names');
    if (RESERVED_HEADERS.test(lower))
      throw invalidOption('headers', `without ${safeHeader(lower)}, which the SDK sets itself`);
    if (typeof value !== 'string' || !/^[\t\x20-\x7e]*$/.test(value)) {
      throw invalidOption('headers', 'an object whose values are printable ASCII texts');
    }
    return [lower, value];
  });
}

/** What `Headers`, `Map` and lists of pairs have in common is that they are gone through; they have no names of their own. */
function pairsOf(headers: unknown): readonly (readonly [name: unknown, value: unknown])[] {
  const expected = 'an object of names and values, a Headers, a Map, or pairs';
  if (typeof headers !== 'object' || headers === null) throw invalidOption('headers', expected, headers);
  if (!(Symbol.iterator in headers)) return Object.entries(headers);
  return Array.from(headers as Iterable<unknown>, (pair) => {
    if (!Array.isArray(pair) || pair.length !== 2) throw invalidOption('headers', expected);
    return [pair[0], pair[1]] as const;
  });
}

/** A name that could hold a number is not shown. */
function safeHeader(name: string): string {
  return /^[a-z-]{1,40}$/.test(name) ? name : 'a name beginning with x-tc- or content-';
}
