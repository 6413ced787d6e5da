import { describeValue } from '../errors/describe.js';
import type { DataFault, Path } from './fault.js';
import { MAX_FAULTS } from './validator.js';

/** How deep parameters may nest. The documented ones need four levels; more is a mistake or a cycle. */
const MAX_DEPTH = 32;

/** A copy of the parameters that is nothing but plain data, and what in the original was not. */
export class PlainData {
  // oxlint-disable-next-line eslint/no-unused-private-class-members -- What `is` looks for.
  readonly #brand = true;
  readonly value: unknown;
  readonly faults: readonly DataFault[];

  constructor(value: unknown, faults: readonly DataFault[] = []) {
    this.value = value;
    this.faults = faults;
  }

  /** Whether something is such a copy. Asks nothing of the thing itself, as `instanceof` would. */
  static is(input: unknown): input is PlainData {
    return typeof input === 'object' && input !== null && #brand in input;
  }

  /** The same with another value for one property, itself plain; what has no properties stays as it is. */
  with(name: string, value: string): PlainData {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value)) return this;
    return new PlainData({ ...this.value, [name]: value }, this.faults);
  }
}

/**
 * Copies `input`, reading every property once, into objects and arrays that hold only JSON values.
 *
 * What is validated must be what is sent. Getters, proxies, `toJSON`, class instances and a caller who changes an
 * array while the call waits in the queue could otherwise make the two differ; in the copy there is nothing left that
 * could. Properties that are `undefined` are left out, as JSON does; everything else that JSON cannot hold is a fault.
 * It throws nothing, whatever the input does, and what is such a copy already is not copied again.
 */
export function toPlainData(input: unknown): PlainData {
  if (PlainData.is(input)) return input;
  const progress: Progress = { faults: [], budget: MAX_VALUES };
  return new PlainData(copy(input, undefined, 0, progress), progress.faults);
}

/** More values than fit into a request. Stops inputs that unfold without end. */
const MAX_VALUES = 1_500_000;

/** Where a value is. A list of steps, since a path is needed as text only if there is a fault. */
interface Place {
  readonly parent: Place | undefined;
  readonly step: string | number;
}

interface Progress {
  readonly faults: DataFault[];
  /** How many more values may be copied. */
  budget: number;
}

function copy(value: unknown, place: Place | undefined, depth: number, progress: Progress): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value !== 'object') return fault(progress, place, `JSON cannot hold ${describeValue(value)}`);
  if (depth > MAX_DEPTH)
    return fault(progress, place, `nests deeper than ${MAX_DEPTH} levels, or contains itself`);
  try {
    return Array.isArray(value)
      ? copyArray(value, place, depth, progress)
      : copyObject(value, place, depth, progress);
  } catch {
    return fault(progress, place, 'could not be read: a getter or proxy threw');
  }
}

function copyArray(
  source: readonly unknown[],
  place: Place | undefined,
  depth: number,
  progress: Progress,
): unknown {
  const { length } = source;
  if (!spend(progress, length)) return fault(progress, place, TOO_MANY);
  // By index and once each: `slice` would ask a proxy or a subclass what to make, and copy from elsewhere.
  const target: unknown[] = new Array(length);
  for (let index = 0; index < length; index++) {
    const item = source[index];
    if (typeof item === 'string') {
      target[index] = item;
      continue;
    }
    if (progress.faults.length >= MAX_FAULTS) return target;
    target[index] = copy(item, { parent: place, step: index }, depth + 1, progress);
  }
  return target;
}

function copyObject(source: object, place: Place | undefined, depth: number, progress: Progress): unknown {
  if (!isPlainObject(source)) return fault(progress, place, instanceProblem(source));
  const keys = Object.keys(source);
  if (!spend(progress, keys.length)) return fault(progress, place, TOO_MANY);
  const target: Record<string, unknown> = {};
  for (const key of keys) {
    if (key === '__proto__') {
      fault(progress, place, 'has a property named __proto__, which is not the name of a parameter');
      continue;
    }
    const value = (source as Record<string, unknown>)[key];
    if (value === undefined) continue;
    target[key] =
      typeof value === 'string' ? value : copy(value, { parent: place, step: key }, depth + 1, progress);
  }
  return target;
}

/** What to write instead of an instance of a class. */
function instanceProblem(value: object): string {
  if (isModelOfOtherSdk(value)) return `is a request model of another SDK; write plain data: ${PLAIN_MODEL}`;
  if (!(value instanceof Date)) return 'must be a plain object, not an instance of a class';
  return 'is a Date; write Unix seconds: Math.floor(date.getTime() / 1000)';
}

/** Such a model has every field, null if it was not set, which a request must not have. */
const PLAIN_MODEL = 'JSON.parse(JSON.stringify(request, (_, value) => value ?? undefined))';

/** The request models of the official SDKs are the objects that have these two methods. */
function isModelOfOtherSdk(value: object): boolean {
  const { deserialize, to_json_string: toJson } = value as Record<string, unknown>;
  return typeof deserialize === 'function' && typeof toJson === 'function';
}

/** Whether an object is a literal, also one of another realm, or was made without a prototype. */
function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, 'isPrototypeOf');
}

const TOO_MANY = `holds more values than a request can carry (${MAX_VALUES})`;

/** Containers are charged by what they hold, and one for themselves. */
function spend(progress: Progress, count: number): boolean {
  progress.budget -= count + 1;
  return progress.budget >= 0;
}

function fault(progress: Progress, place: Place | undefined, problem: string): undefined {
  if (progress.faults.length < MAX_FAULTS)
    progress.faults.push({ path: pathOf(place), rule: 'plain-data', problem });
  return undefined;
}

function pathOf(place: Place | undefined): Path {
  return place === undefined ? [] : [...pathOf(place.parent), place.step];
}
