import type { ActionDefinition } from '../action.js';
import { ValidationError } from '../errors/errors.js';
import type { DataFault, Path, RuleFault } from './fault.js';
import type { PlainData } from './plain-data.js';
import { toPlainData } from './plain-data.js';
import type { Refusal } from './refusal.js';
import type { JsonBytes } from './serialise.js';
import { toJsonBytes } from './serialise.js';
import type { TimeZones } from './time-zone-names.js';
import { knownTimeZones, loadTimeZones } from './time-zones.js';
import { findFaults } from './validator.js';

/** What of the options of a call concerns its parameters. */
export interface ParamsOptions {
  /** Parameters that this version does not know, sent as they are. */
  readonly extraParams?: unknown;
  /** Names of parameters that are not checked. */
  readonly unchecked?: ReadonlySet<string> | undefined;
}

/**
 * Turns the caller's parameters into the bytes of the request body: copy, validate, serialise, measure.
 * Runs once per call, before anything else; whatever happens to the parameters afterwards has no effect. A promise only if
 * something has to be loaded first: the names of the time zones, or the words for what is wrong.
 *
 * @throws ValidationError with up to 50 faults at once, and always by the promise
 */
export function encodeParams(
  action: ActionDefinition,
  params: unknown,
  options: ParamsOptions = {},
): Buffer | Promise<Buffer> {
  if (params === undefined) return refuse(action, { kind: 'missing' });
  const { extraParams } = options;
  const extra = extraParams === undefined ? undefined : readExtraParams(extraParams, action);
  const input = { action, options, plain: toPlainData(params), extra };
  const timeZones = knownTimeZones();
  if (timeZones !== undefined) return encode(input, timeZones);
  const probe = { isAsked: false, has: () => (probe.isAsked = true) };
  const found = findFaults(action.rules, input.plain.value, {
    unchecked: options.unchecked,
    timeZones: probe,
  });
  return probe.isAsked
    ? loadTimeZones().then((loaded) => encode(input, loaded))
    : encode(input, undefined, found);
}

interface Input {
  readonly action: ActionDefinition;
  readonly options: ParamsOptions;
  readonly plain: PlainData;
  readonly extra: ExtraParams | undefined;
}

function encode(
  { action, options: { unchecked }, plain: { value, faults: odd }, extra }: Input,
  timeZones: TimeZones | undefined,
  found: readonly RuleFault[] = findFaults(action.rules, value, { unchecked, timeZones }),
): Buffer | Promise<Buffer> {
  const extraFaults = extra?.faults ?? [];
  if (found.length + odd.length + extraFaults.length > 0)
    return refuse(action, { kind: 'faults', found, odd, extra: extraFaults, timeZones });
  return serialise(action, extra === undefined ? value : { ...(value as object), ...extra.value });
}

/**
 * Checks parameters without sending them.
 *
 * @throws ValidationError with up to 50 faults at once
 */
export async function checkParams(action: ActionDefinition, params: unknown): Promise<void> {
  await encodeParams(action, params);
}

/** Parameters that the rules do not know, and what is wrong with them as a whole, by place. */
interface ExtraParams {
  readonly value: object;
  readonly faults: readonly DataFault[];
}

function readExtraParams(input: unknown, { rules }: ActionDefinition): ExtraParams {
  const { value, faults: odd } = toPlainData(input);
  const faultOf = (path: Path, problem: string): DataFault => ({
    path: ['extraParams', ...path],
    rule: 'extra-params',
    problem,
  });
  const faults = odd.map(({ path, problem }) => faultOf(path, problem));
  const add = (problem: string) => faults.push(faultOf([], problem));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    if (faults.length === 0) add('must be an object of parameters by name');
    return { value: {}, faults };
  }
  const { properties: known = {} } = rules();
  // Once, however many there are: the names are not shown.
  if (Object.keys(value).some((key) => Object.hasOwn(known, key)))
    add('holds a parameter that this version knows; give it with the others');
  return { value, faults };
}

function serialise(action: ActionDefinition, value: unknown): Buffer | Promise<Buffer> {
  const json = writeJson(value);
  if (json === undefined) return refuse(action, { kind: 'too-large', given: 'more than a string can hold' });
  const { bytes, isWellFormed } = json;
  if (!isWellFormed) return refuse(action, { kind: 'lone-surrogate' });
  if (bytes.length > action.maxRequestBytes)
    return refuse(action, { kind: 'too-large', given: `${bytes.length} bytes of JSON` });
  return bytes;
}

function writeJson(value: unknown): JsonBytes | undefined {
  try {
    return toJsonBytes(value);
  } catch {
    return undefined; // Plain data has no other way to fail than to be longer than a string can be.
  }
}

/** Most calls are right, so the words for what is wrong are loaded when they are needed. */
async function refuse(action: ActionDefinition, refusal: Refusal): Promise<never> {
  const words = await import('./refusal.js').catch(() => undefined);
  if (words !== undefined) throw words.toValidationError(action, refusal);
  const message = `${action.name} was not sent: its parameters are wrong, and the module that says how could not be loaded.`;
  throw new ValidationError({ code: 'InvalidParams', action: action.name, message, issues: [] });
}
