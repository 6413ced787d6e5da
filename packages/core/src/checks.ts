import { describeValue, safeName } from './errors/describe.js';
import { ConfigurationError } from './errors/errors.js';
import { isTcccError } from './errors/guards.js';
import { holdsSecret } from './errors/secrets.js';
import { suggestName } from './errors/suggest.js';

/** Names the option, what it must be, and what kind of value was given instead. */
export function invalidOption(name: string, expected: string, given?: unknown): ConfigurationError {
  const got = given === undefined ? '' : `, but got ${describeValue(given, 'number')}`;
  const subject = /\boptions\b/.test(name) ? `The ${name}` : `The option ${name}`;
  const message = `${subject} must be ${expected}${got}.`;
  return new ConfigurationError({ code: 'InvalidOption', message });
}

/**
 * Reads objects of the caller's own. What their getters and proxies throw is foreign, and may hold anything.
 *
 * @throws ConfigurationError that names the object
 */
export function readSafely<Value>(read: () => Value, what: string): Value {
  try {
    return read();
  } catch (error) {
    if (isTcccError(error)) throw error;
    throw invalidOption(what, 'plain data; reading them threw');
  }
}

/** A client that was closed takes no more calls. */
export function clientClosed(action: string): ConfigurationError {
  const message = `${action} was not sent: the client is closed.`;
  return new ConfigurationError({ code: 'ClientClosed', action, message });
}

/** What to use in place of a name that others use; undefined if it is not known. */
export type Hint = (name: string) => string | undefined;

/**
 * Refuses names that are not options, so that a slip does not silently leave a default in force.
 *
 * @param what `options`, `options of …`, or the name of an option that is an object.
 */
export function checkKnownOptions(
  options: unknown,
  known: readonly string[],
  what: string,
  hint: Hint = () => undefined,
): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw invalidOption(what, 'an object', options);
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const instead = hint(unknown);
  const suggestion = instead === undefined ? suggestName(unknown, known) : undefined;
  // A name close to a known one is a slip and safe to show; any other might be data that ended up as a key.
  const isSafe = (instead ?? suggestion) !== undefined || !holdsSecret(unknown, secretsIn(options));
  const name = isSafe ? (safeName(unknown) ?? (suggestion === undefined ? '[…]' : unknown)) : '[…]';
  const remedy =
    instead !== undefined
      ? ` Use ${instead}.`
      : suggestion !== undefined
        ? ` Did you mean ${suggestion}?`
        : '';
  const list = known.length === 0 ? 'No names are known' : `Known names are ${known.join(', ')}`;
  const message = `${absence(name, what)}${remedy} ${list}.`;
  throw new ConfigurationError({ code: 'InvalidOption', message });
}

function absence(name: string, what: string): string {
  const [, of] = /^options(.*)$/.exec(what) ?? [];
  if (of !== undefined) return `There is no option ${name}${of}.`;
  return what === 'call options'
    ? `There is no call option ${name}.`
    : `The option ${what} has no field ${name}.`;
}

/** The credentials that are among the options. */
function secretsIn(options: object): string[] {
  const { credentials } = options as { credentials?: unknown };
  const values: unknown[] =
    typeof credentials === 'object' && credentials !== null ? Object.values(credentials) : [];
  return values.filter((value) => typeof value === 'string' && value !== '') as string[];
}

/** Bounds and default of an option that is a number. */
export interface NumberLimits {
  readonly min: number;
  readonly max: number;
  /** What holds if the option is left out; absent if something else decides. */
  readonly fallback?: number;
  readonly isInteger?: boolean;
}

/** Checks a number; `undefined` means the default. */
export function checkNumber(name: string, value: number | undefined, limits: NumberLimits): number {
  const { min, max, fallback, isInteger = false } = limits;
  if (value === undefined && fallback !== undefined) return fallback;
  const isNumber = typeof value === 'number' && value >= min && value <= max;
  if (isNumber && (!isInteger || Number.isInteger(value))) return value;
  throw invalidOption(name, `${isInteger ? 'an integer' : 'a number'} from ${min} to ${max}`, value);
}

export function checkOneOf(name: string, value: unknown, allowed: readonly string[]): void {
  if (value === undefined || allowed.includes(value as string)) return;
  throw invalidOption(name, allowed.map((item) => `'${item}'`).join(' or '), value);
}

export function checkText(name: string, value: string | undefined, pattern: RegExp, expected: string): void {
  if (value === undefined || (typeof value === 'string' && pattern.test(value))) return;
  throw invalidOption(name, expected, value);
}

export function checkBoolean(name: string, value: unknown): void {
  if (value === undefined || typeof value === 'boolean') return;
  throw invalidOption(name, 'true or false', value);
}

export function checkFunction(name: string, value: unknown): void {
  if (value === undefined || typeof value === 'function') return;
  throw invalidOption(name, 'a function', value);
}

/**
 * An origin: scheme, host and port, and nothing else. Returns it in its normal form. Plain `http:` would show the whole
 * request to everybody on the way, so it is for this machine only, unless the caller allows it.
 */
export function checkOrigin(name: string, value: string, allowHttp = false): string {
  const url = parseUrl(value);
  const isWhole = /:\/\//.test(value);
  const expected = isWhole
    ? 'an origin such as https://ccc.example.com:8443, without path, query or user name'
    : 'an origin with its scheme, such as https://ccc.example.com:8443';
  if (url === undefined) throw invalidOption(name, expected, value);
  const isBare =
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '' &&
    url.password === '';
  const isHttp = url.protocol === 'http:';
  // The URL parser drops tabs and line ends without a word; an origin that had some is not what its writer meant.
  if (!isBare || !(isHttp || url.protocol === 'https:') || /[\s?#]/.test(value)) {
    throw invalidOption(name, expected, value);
  }
  if (isHttp && !allowHttp && !isLoopback(url.hostname)) {
    throw invalidOption(name, 'an https: origin; plain http: is for this machine, or with allowHttp: true');
  }
  return url.origin;
}

function parseUrl(value: string): URL | undefined {
  try {
    return new URL(value);
  } catch {
    return undefined;
  }
}

/** Whether the host of a URL is this machine. */
export function isLoopback(host: string): boolean {
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d+){3}$/.test(host)
  );
}

/** Also a signal that is another realm's or a library's own. */
export function checkSignal(signal: AbortSignal | undefined): void {
  if (signal === undefined || signal instanceof AbortSignal) return;
  const { addEventListener, removeEventListener, aborted } = (signal ?? {}) as Partial<AbortSignal>;
  const isSignal = typeof addEventListener === 'function' && typeof removeEventListener === 'function';
  if (!isSignal || typeof aborted !== 'boolean') throw invalidOption('signal', 'an AbortSignal', signal);
}
