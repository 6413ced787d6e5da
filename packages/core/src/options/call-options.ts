import { ConfigurationError } from '../errors/errors.js';
import { checkKnownOptions, checkSignal, invalidOption } from '../checks.js';
import { checkDeadline } from './limits.js';

/** Options of a single call. */
export interface CallOptions {
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
   * More request headers. Those that the signature or the protocol depend on are refused.
   *
   * @default none
   * @example { 'x-correlation-id': 'order-7' }
   */
  headers?: Readonly<Record<string, string>>;
  /**
   * Parameters that this version does not know yet, sent as they are and not validated.
   *
   * @default none
   * @example { ConcurrencyLimit: 5 }
   */
  extraParams?: Readonly<Record<string, unknown>>;
}

/** Options of a call, checked and complete. */
export interface CallSettings {
  signal: AbortSignal | undefined;
  deadlineMs: number;
  headers: readonly string[];
  extraParams: unknown;
}

const NO_HEADERS: readonly string[] = [];

const NAMES: readonly string[] = Object.keys({
  signal: 0,
  deadlineMs: 0,
  headers: 0,
  extraParams: 0,
} satisfies Record<keyof CallOptions, 0>);

/**
 * Reads the options of a call, each once.
 *
 * @throws ConfigurationError that names the option
 */
export function readCallOptions(options: CallOptions | undefined, clientDeadlineMs: number): CallSettings {
  if (options === undefined) {
    return { signal: undefined, deadlineMs: clientDeadlineMs, headers: NO_HEADERS, extraParams: undefined };
  }
  try {
    checkKnownOptions(options, NAMES, 'call options');
    const { signal, deadlineMs, headers, extraParams } = options;
    checkSignal(signal);
    return {
      signal,
      deadlineMs: deadlineMs === undefined ? clientDeadlineMs : checkDeadline(deadlineMs),
      headers: checkHeaders(headers),
      extraParams,
    };
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw invalidOption('call options', 'plain data; reading them threw');
  }
}

/** Headers that decide what is signed, how the message is framed, or where it goes. */
const RESERVED_HEADERS =
  /^(host|authorization|content-.*|transfer-encoding|connection|keep-alive|upgrade|expect|te|trailer|proxy-.*|accept-encoding|x-tc-.*)$/;

/** Names and values in turn. A header that could break the signature or the request is refused. */
function checkHeaders(headers: CallOptions['headers']): readonly string[] {
  if (headers === undefined) return NO_HEADERS;
  if (typeof headers !== 'object' || headers === null) throw invalidOption('headers', 'an object', headers);
  return Object.entries(headers).flatMap(([name, value]) => {
    const lower = name.toLowerCase();
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

/** A name that could hold a number is not shown. */
function safeHeader(name: string): string {
  return /^[a-z-]{1,40}$/.test(name) ? name : 'a name beginning with x-tc- or content-';
}
