import type { ActionDefinition } from '../action.js';
import type { ValidationErrorCode } from '../errors/codes.js';
import type { Issue } from '../errors/errors.js';
import { ValidationError } from '../errors/errors.js';
import { toIssues } from './issues.js';
import type { PlainData } from './plain-data.js';
import { toPlainData } from './plain-data.js';
import type { JsonBytes } from './serialise.js';
import { toJsonBytes } from './serialise.js';
import type { TimeZones } from './time-zone-names.js';
import { knownTimeZones, loadTimeZones } from './time-zones.js';
import { MAX_FAULTS, findFaults } from './validator.js';

/** How many issues a ValidationError lists at most. */
const MAX_ISSUES = 50;

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
 * the names of the time zones have to be loaded first.
 *
 * @throws ValidationError with every fault at once; the promise rejects with it
 */
export function encodeParams(
  action: ActionDefinition,
  params: unknown,
  options: ParamsOptions = {},
): Buffer | Promise<Buffer> {
  if (params === undefined) throw invalidParams(action.name, [MISSING], 1);
  const input = { action, options, plain: toPlainData(params) };
  const { extraParams } = options;
  const extra = extraParams === undefined ? undefined : checkExtraParams(extraParams, action);
  const timeZones = knownTimeZones();
  if (timeZones !== undefined) return encode(input, extra, timeZones);
  let isAsked = false;
  const probe = { has: () => (isAsked = true) };
  const found = findFaults(action.rules, input.plain.value, { ...options, timeZones: probe });
  return isAsked
    ? loadTimeZones().then((loaded) => encode(input, extra, loaded))
    : encode(input, extra, undefined, found);
}

interface Input {
  readonly action: ActionDefinition;
  readonly options: ParamsOptions;
  readonly plain: PlainData;
}

function encode(
  { action, options: { unchecked }, plain: { value, faults } }: Input,
  extra: ReturnType<typeof checkExtraParams> | undefined,
  timeZones: TimeZones | undefined,
  found = findFaults(action.rules, value, { unchecked, timeZones }),
): Buffer {
  const { issues, count } = toIssues(found, value, faults, MAX_ISSUES, {
    edition: action.edition,
    timeZones,
  });
  const all = [...issues, ...(extra?.issues ?? [])];
  if (all.length > 0) throw invalidParams(action.name, all, count + (extra?.issues.length ?? 0));
  return serialise(action, extra === undefined ? value : { ...(value as object), ...extra.value });
}

/**
 * Checks parameters without sending them.
 *
 * @throws ValidationError with every fault at once
 */
export function checkParams(action: ActionDefinition, params: unknown): void {
  encodeParams(action, params, undefined);
}

function checkExtraParams(input: unknown, { rules }: ActionDefinition): { value: object; issues: Issue[] } {
  const { value, faults } = toPlainData(input);
  const issues: Issue[] = faults.map(({ path, problem }) =>
    extraIssue(path === '' ? 'extraParams' : `extraParams.${path}`, problem),
  );
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    if (issues.length === 0)
      issues.push(extraIssue('extraParams', 'must be an object of parameters by name'));
    return { value: {}, issues };
  }
  const { properties: known = {} } = rules();
  // Once, however many there are: the names are not shown.
  if (Object.keys(value).some((key) => Object.hasOwn(known, key))) {
    issues.push(
      extraIssue('extraParams', 'holds a parameter that this version knows; give it with the others'),
    );
  }
  return { value, issues };
}

function extraIssue(path: string, problem: string): Issue {
  const expected = 'plain JSON values under names that the parameters do not have';
  return { path, rule: 'extra-params', given: 'something else', expected, message: `${path}: ${problem}` };
}

function invalidParams(action: string, issues: readonly Issue[], found: number): ValidationError {
  const listed = issues.slice(0, MAX_ISSUES);
  const count = Math.min(found, MAX_FAULTS);
  const atLeast = count === MAX_FAULTS ? 'at least ' : '';
  const more = count > listed.length ? [`and ${atLeast}${count - listed.length} more`] : [];
  const lines = [...listed.map((issue) => issue.message), ...more].map((line) => `\n  - ${line}`);
  const message = `${action} was not sent: ${count === 1 ? 'a parameter is' : `${atLeast}${count} parameters are`} wrong${lines.join('')}`;
  return validationError('InvalidParams', action, message, listed, count);
}

function serialise(action: ActionDefinition, value: unknown): Buffer {
  const { bytes, isWellFormed } = writeJson(action, value);
  if (!isWellFormed) throw invalidParams(action.name, [LONE_SURROGATE], 1);
  if (bytes.length > action.maxRequestBytes) throw tooLarge(action, `${bytes.length} bytes of JSON`);
  return bytes;
}

function writeJson(action: ActionDefinition, value: unknown): JsonBytes {
  try {
    return toJsonBytes(value);
  } catch {
    // Plain data has no other way to fail than to be longer than a string can be.
    throw tooLarge(action, 'more than a string can hold');
  }
}

const MISSING: Issue = {
  path: '',
  rule: 'required',
  given: 'nothing',
  expected: 'an object of parameters by name',
  message: 'The parameters are missing; give them as an object, such as { SdkAppId: 1400000000, … }',
};

const LONE_SURROGATE: Issue = {
  path: '',
  rule: 'unicode',
  given: 'half of a surrogate pair',
  expected: 'well-formed Unicode',
  message: 'The parameters: a text holds half of a surrogate pair, which UTF-8 cannot carry',
};

function tooLarge(action: ActionDefinition, given: string): ValidationError {
  const expected = `at most ${action.maxRequestBytes} bytes`;
  const message = `${action.name} was not sent: the parameters make ${given}, but the service takes ${expected}. Split it over several calls.`;
  const issue = { path: '', rule: 'request-size', given, expected, message };
  return validationError('RequestTooLarge', action.name, message, [issue], 1);
}

function validationError(
  code: ValidationErrorCode,
  action: string,
  message: string,
  issues: readonly Issue[],
  issueCount: number,
): ValidationError {
  return new ValidationError({ code, action, message, issues, issueCount });
}
