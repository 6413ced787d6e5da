import type { Hint, NumberLimits } from './checks.js';
import {
  checkBoolean,
  checkFunction,
  checkKnownOptions,
  checkNumber,
  checkOneOf,
  checkText,
  invalidOption,
} from './checks.js';

/**
 * Checks one option and fills in its default. `name` is what messages call it.
 *
 * @throws ConfigurationError that names the option
 */
export type OptionCheck<Given, Checked> = (name: string, given: Given | undefined) => Checked;

/** The check of an option that is a number, with its limits for the docs. */
export type NumberCheck<Checked> = OptionCheck<number, Checked> & { readonly limits: NumberLimits };

/** All that is known of the options of one kind: their names, what each must be, and what holds if it is left out. */
export type OptionTable<Options> = {
  readonly [Name in keyof Required<Options>]: OptionCheck<Exclude<Options[Name], undefined>, unknown>;
};

type AnyTable = Readonly<Record<string, OptionCheck<never, unknown>>>;

/** What the options of a table are, once they are checked. */
export type Checked<Table> = {
  -readonly [Name in keyof Table]: Table[Name] extends OptionCheck<never, infer Value> ? Value : never;
};

/**
 * Reads options by their table, each once. `prefix` comes before their names in messages. `inherited` applies to those that are
 * left out, instead of the defaults.
 *
 * @throws ConfigurationError that names the option
 */
export function readOptions<Table extends AnyTable>(
  table: Table,
  given: object,
  what: string,
  {
    prefix = '',
    hint,
    inherited = {},
  }: { prefix?: string; hint?: Hint; inherited?: object | undefined } = {},
): Checked<Table> {
  const names = Object.keys(table);
  checkKnownOptions(given, names, what, hint);
  const values = given as Readonly<Record<string, never>>;
  const others = inherited as Readonly<Record<string, never>>;
  const checked: Record<string, unknown> = {};
  for (const name of names) {
    const value = values[name];
    checked[name] = table[name]!(`${prefix}${name}`, value === undefined ? others[name]! : value);
  }
  return checked as Checked<Table>;
}

export function number(limits: NumberLimits & { readonly fallback: number }): NumberCheck<number> {
  const check = (name: string, given: number | undefined) => checkNumber(name, given, limits);
  return Object.assign(check, { limits });
}

/** A number that something else decides if it is left out. */
export function numberIfGiven(limits: NumberLimits): NumberCheck<number | undefined> {
  const check = (name: string, given: number | undefined) =>
    given === undefined ? undefined : checkNumber(name, given, limits);
  return Object.assign(check, { limits });
}

export function text<Fallback extends string | undefined = undefined>(
  pattern: RegExp,
  expected: string,
  fallback?: Fallback,
): OptionCheck<string, string | Fallback> {
  return (name, given) => {
    checkText(name, given, pattern, expected);
    return given ?? (fallback as Fallback);
  };
}

export function oneOf<const Choice extends string, const Fallback extends Choice | undefined = undefined>(
  choices: readonly Choice[],
  fallback?: Fallback,
): OptionCheck<Choice, Choice | Fallback> {
  return (name, given) => {
    checkOneOf(name, given, choices);
    return given ?? (fallback as Fallback);
  };
}

export const boolean: OptionCheck<boolean, boolean> = (name, given = false) => {
  checkBoolean(name, given);
  return given;
};

/** Something that its own reader checks. */
export function asGiven<Given>(_name: string, given: Given | undefined): Given | undefined {
  return given;
}

/** An object with these methods. */
export function methods<Given extends object>(
  names: readonly (keyof Given & string)[],
  expected: string,
): OptionCheck<Given, Given | undefined> {
  return (name, given) => {
    const isFit = (object: Given) => names.every((method) => typeof object?.[method] === 'function');
    if (given !== undefined && !isFit(given)) throw invalidOption(name, expected, given);
    return given;
  };
}

export function func<Given>(fallback: Given): OptionCheck<Given, Given> {
  return (name, given) => {
    checkFunction(name, given);
    return given ?? fallback;
  };
}
