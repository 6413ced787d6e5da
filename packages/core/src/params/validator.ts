import type { ParamsFault } from '../action.js';
import type { JsonType, Limit, Range, Rules } from '../rules.js';
import { knownTimeZones } from './time-zones.js';

/**
 * After this many faults nobody looks for more: the cost of wrong parameters must not depend on how wrong they are. A
 * count that has got this far means "at least so many".
 */
export const MAX_FAULTS = 1000;

/** What checking needs in addition to the rules and the value. */
export interface CheckContext {
  /** Parameters that are not checked, by name. */
  readonly unchecked?: ReadonlySet<string> | undefined;
  /** The names of the time zones. Default: those that are loaded, else what this version of Node.js knows. */
  readonly timeZones?: Pick<ReadonlySet<string>, 'has'> | undefined;
}

/**
 * What is wrong with a value; nothing if it is valid. No further item or key is read once there are so many faults that
 * nobody counts more.
 *
 * @param rules Read and compiled when they are first used, so that a program that imports hundreds of actions pays for those
 * that it calls.
 */
export function findFaults(
  rules: () => Rules,
  value: unknown,
  context: CheckContext = NOTHING_MORE,
): readonly ParamsFault[] {
  let check = compiled.get(rules);
  if (check === undefined) compiled.set(rules, (check = checkOf(rules())));
  const faults: ParamsFault[] = [];
  const { unchecked } = context;
  check(unchecked === undefined ? value : without(unchecked, value), faults, context);
  return unchecked === undefined ? faults : faults.filter((fault) => !isAbout(unchecked, fault));
}

const NOTHING_MORE: CheckContext = {};

/** A value without some of its fields, so that nothing can be wrong with what is in them. */
function without(names: ReadonlySet<string>, value: unknown): unknown {
  if (!IS.object(value)) return value;
  return Object.fromEntries(Object.entries(value as JsonObject).filter(([name]) => !names.has(name)));
}

/** Whether a fault is that a field is missing, or how it relates to others. */
function isAbout(names: ReadonlySet<string>, { instancePath, keyword, params }: ParamsFault): boolean {
  if (instancePath !== '') return false;
  if (keyword === 'required') return names.has(params.missingProperty as string);
  return keyword === 'atLeastOne' && (params.names as string[]).some((name) => names.has(name));
}

const compiled = new WeakMap<() => Rules, Check>();

/** One rule, ready to run. */
type Check<Value = unknown> = (value: Value, faults: ParamsFault[], context: CheckContext) => void;

type JsonObject = Readonly<Record<string, unknown>>;

function report(faults: ParamsFault[], keyword: string, params: Record<string, unknown>): void {
  faults.push({ instancePath: '', keyword, params });
}

/** Checks the contents of a value. Paths grow from the inside when there is a fault, so that they cost nothing without one. */
function checkWithin(
  step: string | number,
  value: unknown,
  check: Check,
  faults: ParamsFault[],
  context: CheckContext,
): void {
  const before = faults.length;
  check(value, faults, context);
  for (let index = before; index < faults.length; index++) {
    const fault = faults[index]!;
    fault.instancePath = `/${step}${fault.instancePath}`;
  }
}

/** Compiles rules into functions once: to look each rule up for each value would cost a multiple. */
function checkOf(rules: Rules): Check {
  const types = [rules.type].flat() as JsonType[];
  const hasType =
    types.length === 1 ? IS[types[0]!] : (value: unknown) => types.some((type) => IS[type](value));
  const [ofArray, ofObject, ofString] = [arrayChecks(rules), objectChecks(rules), stringChecks(rules)];
  const ofNumber = rules.range === undefined ? [] : rangeChecks(rules.range);
  const ofAny = rules.enum === undefined ? [] : [enumCheck(rules.enum)];
  return (value, faults, context) => {
    if (!hasType(value)) report(faults, 'type', { type: rules.type });
    run(ofAny, value, faults, context);
    if (typeof value === 'string') run(ofString, value, faults, context);
    else if (typeof value === 'number') run(ofNumber, value, faults, context);
    else if (Array.isArray(value)) run(ofArray, value, faults, context);
    else if (typeof value === 'object' && value !== null) run(ofObject, value as JsonObject, faults, context);
  };
}

function run<Value>(
  checks: readonly Check<Value>[],
  value: Value,
  faults: ParamsFault[],
  context: CheckContext,
): void {
  for (const check of checks) check(value, faults, context);
}

const IS: Readonly<Record<JsonType, (value: unknown) => boolean>> = {
  array: Array.isArray,
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
  null: (value) => value === null,
  number: Number.isFinite,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  string: (value) => typeof value === 'string',
};

function enumCheck(allowedValues: readonly unknown[]): Check {
  return (value, faults) => {
    if (!allowedValues.includes(value)) report(faults, 'enum', { allowedValues });
  };
}

function arrayChecks({ items, minItems, maxItems }: Rules): Check<readonly unknown[]>[] {
  return [
    ...(items === undefined ? [] : [itemsCheck(items)]),
    ...limitCheck('minItems', minItems, (array: readonly unknown[], limit) => array.length >= limit),
    ...limitCheck('maxItems', maxItems, (array: readonly unknown[], limit) => array.length <= limit),
  ];
}

function itemsCheck(rules: Rules): Check<readonly unknown[]> {
  const check = checkOf(rules);
  // Numbers to call are texts of which nothing else is known, and there may be 100,000 of them.
  const isAnyText =
    rules.type === 'string' && Object.keys(rules).every((rule) => ['type', 'nonEmpty'].includes(rule));
  return (array, faults, context) => {
    for (let index = 0; index < array.length && faults.length < MAX_FAULTS; index++) {
      const item = array[index];
      if (isAnyText && typeof item === 'string' && item.length > 0) continue;
      checkWithin(index, item, check, faults, context);
    }
  };
}

function objectChecks({
  required = [],
  properties = {},
  closed,
  atLeastOne,
  ordered,
}: Rules): Check<JsonObject>[] {
  return [
    ...required.map(requiredCheck),
    ...Object.entries(properties).map(([name, rules]) => propertyCheck(name, checkOf(rules))),
    ...(closed === undefined ? [] : [closedCheck(Object.keys(properties), closed.newer)]),
    ...(atLeastOne === undefined ? [] : [atLeastOneCheck(atLeastOne)]),
    ...(ordered === undefined ? [] : ordered.pairs.map((pair) => orderedCheck(pair, originOf(ordered)))),
  ];
}

function requiredCheck(name: string): Check<JsonObject> {
  return (object, faults) => {
    if (object[name] === undefined) report(faults, 'required', { missingProperty: name });
  };
}

function propertyCheck(name: string, check: Check): Check<JsonObject> {
  return (object, faults, context) => {
    const value = object[name];
    if (value !== undefined) checkWithin(name, value, check, faults, context);
  };
}

function closedCheck(known: readonly string[], newer: readonly string[]): Check<JsonObject> {
  const names = new Set(known);
  return (object, faults) => {
    for (const name of Object.keys(object)) {
      if (faults.length >= MAX_FAULTS) return;
      if (!names.has(name)) report(faults, 'closed', { name, known, newer });
    }
  };
}

function atLeastOneCheck(names: readonly string[]): Check<JsonObject> {
  return (object, faults) => {
    if (names.every((name) => object[name] === undefined)) report(faults, 'atLeastOne', { names });
  };
}

function orderedCheck(
  [before, after]: readonly [string, string],
  origin: { derived?: true },
): Check<JsonObject> {
  return (object, faults) => {
    const [first, second] = [object[before], object[after]];
    if (typeof first === 'number' && typeof second === 'number' && first >= second)
      report(faults, 'ordered', { before, after, ...origin });
  };
}

function stringChecks({ nonEmpty, minLength, maxLength, matches, timeZone }: Rules): Check<string>[] {
  const checks: Check<string>[] = [
    ...limitCheck('minLength', minLength, (text: string, limit) => hasCharacters(text, limit)),
    ...limitCheck('maxLength', maxLength, (text: string, limit) => !hasCharacters(text, limit + 1)),
  ];
  if (nonEmpty !== undefined)
    checks.push((text, faults) => {
      if (text.length === 0) report(faults, 'nonEmpty', originOf(nonEmpty));
    });
  if (matches !== undefined)
    checks.push((text, faults) => {
      if (!matches.pattern.test(text))
        report(faults, 'matches', { hint: matches.hint, ...originOf(matches) });
    });
  if (timeZone !== undefined)
    checks.push((text, faults, { timeZones }) => {
      if (!(timeZones ?? knownTimeZones() ?? OF_THIS_MACHINE).has(text))
        report(faults, 'timeZone', originOf(timeZone));
    });
  return checks;
}

/** Whether a text has so many characters or more; one outside the basic plane is two units long. Counts no further. */
function hasCharacters(text: string, least: number): boolean {
  if (text.length < least) return false;
  let left = least;
  for (const _ of text) if (--left <= 0) return true;
  return left <= 0;
}

/** For those who check without waiting for the names: nearly the same, though not letter by letter. */
const OF_THIS_MACHINE = {
  has(name: string): boolean {
    // Later versions of V8 take an offset, which is the name of no zone.
    if (/^[+-]/.test(name)) return false;
    try {
      return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
    } catch {
      return false;
    }
  },
};

/** One condition if both ends are documented, or both derived; else one for each. */
function rangeChecks({ derived = [], ...said }: Range): Check<number>[] {
  const { min, max } = said;
  return [false, true].flatMap((isDerived) => {
    const counts = (end: 'min' | 'max') => said[end] !== undefined && derived.includes(end) === isDerived;
    const [hasMin, hasMax] = [counts('min'), counts('max')];
    if (!hasMin && !hasMax) return [];
    const params = { ...said, ...(isDerived ? { derived: true } : {}) };
    return (value: number, faults: ParamsFault[]) => {
      if ((hasMin && value < min!) || (hasMax && value > max!)) report(faults, 'range', params);
    };
  });
}

function limitCheck<Value>(
  keyword: string,
  limit: Limit | undefined,
  isKept: (value: Value, limit: number) => boolean,
): Check<Value>[] {
  if (limit === undefined) return [];
  return [
    (value, faults) => {
      if (!isKept(value, limit.limit)) report(faults, keyword, { ...limit });
    },
  ];
}

function originOf({ derived }: { derived?: true }): { derived?: true } {
  return derived === undefined ? {} : { derived };
}
