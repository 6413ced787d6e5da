import type { JsonType, Rule, Rules } from '../rules.js';
import type { RuleFault } from './fault.js';
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
 * What is wrong with a value; nothing if it is valid. No further item or key is read once there are more faults than anybody
 * counts.
 *
 * @param rules Read and compiled when they are first used, so that a program that imports hundreds of actions pays for those
 * that it calls.
 */
export function findFaults(
  rules: () => Rules,
  value: unknown,
  context: CheckContext = NOTHING_MORE,
): readonly RuleFault[] {
  let check = compiled.get(rules);
  if (check === undefined) compiled.set(rules, (check = checkOf(rules())));
  const faults: RuleFault[] = [];
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
function isAbout(names: ReadonlySet<string>, { path, rule, rules }: RuleFault): boolean {
  if (rule === 'required') return path.length === 1 && names.has(String(path[0]));
  return rule === 'anyOf' && path.length === 0 && rules.anyOf!.some((name) => names.has(name));
}

const compiled = new WeakMap<() => Rules, Check>();

/** One rule, ready to run. */
type Check<Value = unknown> = (value: Value, faults: RuleFault[], context: CheckContext) => void;

type JsonObject = Readonly<Record<string, unknown>>;

/** A check that reports its rule if a value does not keep it. */
function checkThat<Value>(rule: Rule, rules: Rules, isKept: (value: Value) => boolean): Check<Value> {
  return (value, faults) => {
    if (!isKept(value)) faults.push({ path: [], rule, value, rules });
  };
}

/** Checks the contents of a value. Paths grow from the inside when there is a fault, so that they cost nothing without one. */
function checkWithin(
  step: string | number,
  value: unknown,
  check: Check,
  faults: RuleFault[],
  context: CheckContext,
): void {
  const before = faults.length;
  check(value, faults, context);
  for (let index = before; index < faults.length; index++) faults[index]!.path.unshift(step);
}

/** Compiles rules into functions once: to look each rule up for each value would cost a multiple. */
function checkOf(rules: Rules): Check {
  const types = [rules.type].flat() as JsonType[];
  const hasType =
    types.length === 1 ? IS[types[0]!] : (value: unknown) => types.some((type) => IS[type](value));
  const ofAny = given(rules.enum, (allowed) =>
    checkThat('enum', rules, (value: unknown) => allowed.includes(value)),
  );
  const [ofArray, ofObject] = [arrayChecks(rules), objectChecks(rules)];
  const [ofString, ofNumber] = [stringChecks(rules), numberChecks(rules)];
  return (value, faults, context) => {
    if (!hasType(value)) faults.push({ path: [], rule: 'type', value, rules });
    run(ofAny, value, faults, context);
    if (typeof value === 'string') run(ofString, value, faults, context);
    else if (typeof value === 'number') run(ofNumber, value, faults, context);
    else if (Array.isArray(value)) run(ofArray, value, faults, context);
    else if (typeof value === 'object' && value !== null) run(ofObject, value as JsonObject, faults, context);
  };
}

/** A check if the rules have what it is about; else none. */
function given<What, Value>(what: What | undefined, check: (what: What) => Check<Value>): Check<Value>[] {
  return what === undefined ? [] : [check(what)];
}

function run<Value>(
  checks: readonly Check<Value>[],
  value: Value,
  faults: RuleFault[],
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

function arrayChecks(rules: Rules): Check<readonly unknown[]>[] {
  type List = readonly unknown[];
  return [
    ...given(rules.items, itemsCheck),
    ...given(rules.minItems, (least) => checkThat('minItems', rules, (list: List) => list.length >= least)),
    ...given(rules.maxItems, (most) => checkThat('maxItems', rules, (list: List) => list.length <= most)),
  ];
}

/** Rules of numbers to call: they are texts of which nothing else is known, and there may be 100,000 of them. */
function isAnyText({ type, minLength = 1, ...rest }: Rules): boolean {
  return type === 'string' && minLength === 1 && Object.keys(rest).every((name) => name === 'derived');
}

function itemsCheck(rules: Rules): Check<readonly unknown[]> {
  const check = checkOf(rules);
  const isText = isAnyText(rules);
  return (array, faults, context) => {
    const first = isText ? textsIn(array) : 0;
    for (let index = first; index < array.length && faults.length < MAX_FAULTS; index++)
      checkWithin(index, array[index], check, faults, context);
  };
}

/** How many texts that are not empty a list begins with: most often, all of it. */
function textsIn(array: readonly unknown[]): number {
  const { length } = array;
  for (let index = 0; index < length; index++) {
    const item = array[index];
    if (typeof item !== 'string' || item.length === 0) return index;
  }
  return length;
}

function objectChecks(rules: Rules): Check<JsonObject>[] {
  const { required = [], properties = {}, ordered = [] } = rules;
  return [
    requiredCheck(required, rules),
    propertiesCheck(Object.entries(properties).map(([name, field]) => ({ name, check: checkOf(field) }))),
    ...given(rules.additionalProperties, () => namesCheck(rules)),
    ...given(rules.anyOf, (names) =>
      checkThat('anyOf', rules, (object: JsonObject) => names.some((name) => object[name] !== undefined)),
    ),
    ...ordered.map((pair) => orderedCheck(pair, rules)),
  ];
}

function requiredCheck(names: readonly string[], rules: Rules): Check<JsonObject> {
  return (object, faults) => {
    for (const name of names) {
      const value = object[name];
      if (value === undefined) faults.push({ path: [name], rule: 'required', value, rules });
    }
  };
}

function propertiesCheck(fields: readonly { name: string; check: Check }[]): Check<JsonObject> {
  return (object, faults, context) => {
    for (const { name, check } of fields) {
      const value = object[name];
      if (value !== undefined) checkWithin(name, value, check, faults, context);
    }
  };
}

function namesCheck(rules: Rules): Check<JsonObject> {
  const names = new Set(Object.keys(rules.properties ?? {}));
  return (object, faults) => {
    for (const name of Object.keys(object)) {
      if (faults.length >= MAX_FAULTS) return;
      if (names.has(name)) continue;
      faults.push({ path: [name], rule: 'additionalProperties', value: object[name], rules });
    }
  };
}

function orderedCheck([before, after]: readonly [string, string], rules: Rules): Check<JsonObject> {
  return (object, faults) => {
    const [first, value] = [object[before], object[after]];
    if (typeof first === 'number' && typeof value === 'number' && first >= value)
      faults.push({ path: [after], rule: 'ordered', value, rules, before });
  };
}

function stringChecks(rules: Rules): Check<string>[] {
  return [
    ...given(rules.minLength, (least) =>
      checkThat('minLength', rules, (text: string) => hasCharacters(text, least)),
    ),
    ...given(rules.maxLength, (most) =>
      checkThat('maxLength', rules, (text: string) => !hasCharacters(text, most + 1)),
    ),
    ...given(rules.pattern, (pattern) => checkThat('pattern', rules, (text: string) => pattern.test(text))),
    ...given(rules.format, () => timeZoneCheck(rules)),
  ];
}

function timeZoneCheck(rules: Rules): Check<string> {
  return (value, faults, { timeZones }) => {
    if (!(timeZones ?? knownTimeZones() ?? OF_THIS_MACHINE).has(value))
      faults.push({ path: [], rule: 'format', value, rules });
  };
}

function numberChecks(rules: Rules): Check<number>[] {
  return [
    ...given(rules.minimum, (least) => checkThat('minimum', rules, (value: number) => value >= least)),
    ...given(rules.maximum, (most) => checkThat('maximum', rules, (value: number) => value <= most)),
  ];
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
