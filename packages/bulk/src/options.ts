import { isConfigurationError } from '@tccc/outbound';
import type { Checked, OptionCheck } from '@tccc/outbound/internal';
import { checkSignal, invalidOption, readOptions, text } from '@tccc/outbound/internal';
import { BulkError } from './errors.js';

/**
 * Reads options by their table, each once. A name that is not in it is refused: a slip must not leave a default in force.
 *
 * @throws BulkError `InvalidOption` that names the option
 */
export function readBulkOptions<Table extends Parameters<typeof readOptions>[0]>(
  table: Table,
  given: object,
): Checked<Table> {
  return orInvalid(() => readOptions(table, given, 'options'));
}

/** Checks one value. @throws BulkError `InvalidOption` that names it */
export function checkValue<Given, Value>(
  check: OptionCheck<Given, Value>,
  name: string,
  given: Given | undefined,
): Value {
  return orInvalid(() => check(name, given));
}

function orInvalid<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (isConfigurationError(error)) throw new BulkError('InvalidOption', error.message);
    throw error;
  }
}

export const someText = text(/[^]/, 'a non-empty string');

export function required<Given>(
  check: (name: string, given: Given | undefined) => Given | undefined,
): (name: string, given: Given | undefined) => Given {
  return (name, given) => {
    const value = check(name, given);
    if (value === undefined) throw invalidOption(name, 'given');
    return value;
  };
}

export function abortSignal(_name: string, given: AbortSignal | undefined): AbortSignal {
  checkSignal(given);
  return given ?? new AbortController().signal;
}

/**
 * What a program has given, as it was then: it may use the same array or object for its next list at once, or change it
 * while the list is sent. What cannot be copied stays as it is, and is refused where it is read.
 */
export function asItIs<Given>(given: Given): Given {
  try {
    return copyOf(given) as Given;
  } catch {
    return given;
  }
}

/** An option that is read as `asItIs`. */
export function copied<Given>(_name: string, given: Given | undefined): Given | undefined {
  return asItIs(given);
}

function copyOf(value: unknown): unknown {
  if (Array.isArray(value) || value instanceof Set) return Array.from(value, copyOf);
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copyOf(item)]));
}

/** Whether it is a mere record. What gives items by itself, such as a generator, is not. */
function isPlain(value: object): boolean {
  const parent: unknown = Object.getPrototypeOf(value);
  if (parent !== Object.prototype && parent !== null) return false;
  return !(Symbol.iterator in value) && !(Symbol.asyncIterator in value);
}
