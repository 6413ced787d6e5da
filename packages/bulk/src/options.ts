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
