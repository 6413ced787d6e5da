import { ConfigurationError } from '../errors/errors.js';
import { describeValue } from '../errors/redact.js';

/** Names the option, what it must be, and what kind of value was given instead. */
export function invalidOption(name: string, expected: string, given?: unknown): ConfigurationError {
  const got = given === undefined ? '' : `, but got ${describeValue(given)}`;
  const message = `The option ${name} must be ${expected}${got}.`;
  return new ConfigurationError({ code: 'InvalidOption', outcome: 'not-executed', message });
}

/** Refuses names that are no options, so that a slip does not silently leave a default in force. */
export function checkKnownOptions(options: unknown, known: readonly string[], where: string): void {
  if (typeof options !== 'object' || options === null) throw invalidOption(where, 'an object', options);
  for (const name of Object.keys(options)) {
    if (!known.includes(name))
      throw invalidOption(where, `an object with the names ${known.join(', ')}; another was given`);
  }
}

export interface NumberBounds {
  min: number;
  max: number;
  integer?: boolean;
}

/** Checks a number; `undefined` stands for the default. */
export function checkNumber(
  name: string,
  value: number | undefined,
  fallback: number,
  bounds: NumberBounds,
): number {
  if (value === undefined) return fallback;
  const { min, max, integer = false } = bounds;
  const isNumber = typeof value === 'number' && value >= min && value <= max;
  if (isNumber && (!integer || Number.isInteger(value))) return value;
  throw invalidOption(name, `${integer ? 'an integer' : 'a number'} from ${min} to ${max}`, value);
}

export function checkOneOf<T extends string>(
  name: string,
  value: T | undefined,
  allowed: readonly T[],
): void {
  if (value === undefined || allowed.includes(value)) return;
  throw invalidOption(name, allowed.map((item) => `'${item}'`).join(' or '), value);
}

export function checkText(name: string, value: string | undefined, pattern: RegExp, expected: string): void {
  if (value === undefined || (typeof value === 'string' && pattern.test(value))) return;
  throw invalidOption(name, expected, value);
}

export function checkFunction(name: string, value: unknown): void {
  if (value === undefined || typeof value === 'function') return;
  throw invalidOption(name, 'a function', value);
}

/** An origin: scheme, host and port, and nothing else. Returns it in its normal form. */
export function checkOrigin(name: string, value: string): string {
  const expected = 'an origin such as https://ccc.example.com:8443, without path, query or user name';
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    throw invalidOption(name, expected, value);
  }
  const isBare =
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '' &&
    url.password === '';
  const isHttp = url.protocol === 'https:' || url.protocol === 'http:';
  // The URL parser drops tabs and line ends without a word; an origin that had some is not what its writer meant.
  if (!isBare || !isHttp || /[\s?#]/.test(value)) throw invalidOption(name, expected, value);
  return url.origin;
}
