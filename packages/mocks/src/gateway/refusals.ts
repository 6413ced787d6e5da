import type { ActionDefinition } from '@tccc/outbound';
import type { ParamsFault } from '@tccc/outbound/internal';
import { findFaults } from '@tccc/outbound/internal';
import { timeZoneNames } from '../generated/time-zones.js';
import { Refusal } from '../common/protocol.js';

/** The code that the service documents for a broken rule. */
const CODES: Readonly<Record<string, string>> = {
  closed: 'UnknownParameter',
  required: 'MissingParameter',
  atLeastOne: 'MissingParameter',
  type: 'InvalidParameter',
};

/** Which faults count first, as a gateway would find them: shape before value. */
const ORDER = ['UnknownParameter', 'MissingParameter', 'InvalidParameter', 'InvalidParameterValue'];

/** How many faults the journal keeps, and how much of a name. */
const FAULTS_KEPT = 20;
const NAME_KEPT = 100;

/** What the mock takes although the pages that this package follows refuse it. */
export interface Leniency {
  readonly newerParameters: 'accept' | 'refuse';
  /** Parameters that are not checked, by name. */
  readonly unchecked: ReadonlySet<string>;
}

/** Made at the first request that needs it. */
let timeZones: ReadonlySet<string> | undefined;

/** @throws Refusal if the parameters are wrong */
export function checkParams({ rules }: ActionDefinition, params: unknown, leniency: Leniency): void {
  const { newerParameters, unchecked } = leniency;
  timeZones ??= timeZoneNames();
  const found = findFaults(rules, params, {
    timeZones,
    unchecked: unchecked.size === 0 ? undefined : unchecked,
  });
  const faults = newerParameters === 'refuse' ? found : found.filter((fault) => !isNewer(fault));
  if (faults.length === 0) return;
  const { code, message } = refusalOf(faults);
  throw new Refusal(code, message, { faults: faults.slice(0, FAULTS_KEPT).map(shorten) });
}

/** Whether it is about a parameter that was documented later. */
function isNewer({ keyword, params }: ParamsFault): boolean {
  return keyword === 'closed' && (params.newer as string[]).includes(params.name as string);
}

function shorten(fault: ParamsFault): ParamsFault {
  const { name } = fault.params;
  if (typeof name !== 'string' || name.length <= NAME_KEPT) return fault;
  return { ...fault, params: { ...fault.params, name: `${name.slice(0, NAME_KEPT)}…` } };
}

/** The service's answer to wrong parameters: one code, and a message that names the field and the rule but no value. */
function refusalOf(faults: readonly ParamsFault[]): { code: string; message: string } {
  const rank = (fault: ParamsFault) => ORDER.indexOf(codeOf(fault));
  const first = faults.reduce((best, fault) => (rank(fault) < rank(best) ? fault : best));
  return { code: codeOf(first), message: `${describeFault(first)}.` };
}

/** The field and the rule, and no value. An unknown name is shown as `name`, if that is given. */
export function describeFault(fault: ParamsFault, name = safeName(fault.params.name)): string {
  return `${placeOf(fault, name)} ${ruleOf(fault)}`;
}

export function codeOf({ keyword }: ParamsFault): string {
  return CODES[keyword] ?? 'InvalidParameterValue';
}

type Params = Readonly<Record<string, unknown>>;

/** What each rule of the generated validators asks, to follow the name of the field. */
const RULES: Readonly<Record<string, (params: Params) => string>> = {
  closed: () => 'is not a parameter of this action',
  required: () => 'is required, but missing',
  atLeastOne: ({ names }) => `must have at least one of ${(names as string[]).join(' and ')}`,
  ordered: ({ before }) => `must be greater than ${String(before)}`,
  type: ({ type }) => `must be ${typeNames(type)}`,
  range: ruleOfRange,
  nonEmpty: () => 'must not be an empty string',
  timeZone: () => 'must be the IANA name of a time zone, letter by letter',
  matches: ({ hint }) => `must be ${String(hint)}`,
  enum: ({ allowedValues }) =>
    `must be one of ${(allowedValues as unknown[]).map((value) => JSON.stringify(value)).join(', ')}`,
  minItems: ({ limit }) => `must have at least ${count(limit, 'item')}`,
  maxItems: ({ limit }) => `must have at most ${count(limit, 'item')}`,
  minLength: ({ limit }) => `must have at least ${count(limit, 'character')}`,
  maxLength: ({ limit }) => `must have at most ${count(limit, 'character')}`,
};

function ruleOf({ keyword, params }: ParamsFault): string {
  return RULES[keyword]?.(params) ?? `breaks the rule "${keyword}"`;
}

function ruleOfRange({ min, max, unit }: Params): string {
  const unitName = unit === 'unix-seconds' ? ' Unix seconds' : unit === undefined ? '' : ` ${String(unit)}`;
  if (min === undefined) return `must be at most ${String(max)}${unitName}`;
  if (max === undefined) return `must be at least ${String(min)}${unitName}`;
  return `must be from ${String(min)} to ${String(max)}${unitName}`;
}

function typeNames(type: unknown): string {
  const names = Array.isArray(type) ? type.map(String) : String(type).split(',');
  return names
    .map((name) => (name === 'null' ? name : `${/^[aeio]/.test(name) ? 'an' : 'a'} ${name}`))
    .join(' or ');
}

function count(limit: unknown, noun: string): string {
  return `${String(limit)} ${noun}${limit === 1 ? '' : 's'}`;
}

/** The field that a fault is about, as in `CalleeAttributes[0].Callee`. */
function placeOf({ keyword, instancePath, params }: ParamsFault, name: string): string {
  const segments = instancePath === '' ? [] : instancePath.slice(1).split('/');
  const at = { required: params.missingProperty, ordered: params.after, closed: name }[keyword];
  if (at !== undefined) segments.push(String(at));
  if (segments.length === 0) return 'The request';
  return segments
    .map((part, index) => (/^\d+$/.test(part) ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join('');
}

/** An unknown name may be anything, a phone number too. It is shown only if it looks like a name. */
export function safeName(name: unknown): string {
  return /^[A-Za-z][A-Za-z_]{0,39}$/.test(String(name)) ? String(name) : '(a name that is not shown)';
}
