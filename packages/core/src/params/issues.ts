import type { ParamsFault } from '../action.js';
import { count, describeValue, joinPath, safeName } from '../errors/describe.js';
import type { Issue } from '../errors/errors.js';
import type { PlainDataFault } from './plain-data.js';
import { suggestName } from '../errors/suggest.js';
import type { TimeZones } from './time-zone-names.js';
import { MAX_FAULTS } from './validator.js';

/** What the wording of a fault needs in addition to the fault. */
export interface IssueContext {
  /** Edition of the page that the rules follow. */
  readonly edition?: string | undefined;
  readonly timeZones?: TimeZones | undefined;
}

/**
 * Turns the rules that a value breaks, and what was not plain data, into issues. Only the first `limit` of them are put into
 * words. The count goes up to `MAX_FAULTS`.
 */
export function toIssues(
  found: readonly ParamsFault[],
  value: unknown,
  faults: readonly PlainDataFault[],
  limit: number,
  context: IssueContext = {},
): { issues: Issue[]; count: number } {
  if (found.length + faults.length === 0) return { issues: [], count: 0 };
  const atFault = new Set(faults.map((fault) => fault.path));
  const relevant =
    faults.length === 0 ? found : found.filter((fault) => !atFault.has(readablePath(subjectOf(fault))));
  return {
    issues: [
      ...faults.slice(0, limit).map(plainDataIssue),
      ...relevant.slice(0, Math.max(0, limit - faults.length)).map((fault) => toIssue(fault, value, context)),
    ],
    count: Math.min(faults.length + relevant.length, MAX_FAULTS),
  };
}

/** A value that is not plain data is missing from the copy; that it is "missing" there would be a second, false fault. */
function subjectOf(fault: ParamsFault): string[] {
  const segments = segmentsOf(fault.instancePath);
  return fault.keyword === 'required' ? [...segments, String(fault.params.missingProperty)] : segments;
}

function plainDataIssue({ path, problem }: PlainDataFault): Issue {
  const subject = path === '' ? 'The parameters' : path;
  return {
    path,
    rule: 'plain-data',
    given: 'something that is not plain data',
    expected: 'plain objects, arrays, strings, numbers, booleans and null',
    message: `${subject}: ${problem}`,
  };
}

function toIssue({ ...fault }: ParamsFault, root: unknown, context: IssueContext): Issue {
  const segments = segmentsOf(fault.instancePath);
  const explain = explanations[fault.keyword] ?? explainOther;
  const {
    given,
    expected,
    at,
    says,
    isSlip = false,
    ...rest
  } = explain(fault, valueAt(root, segments), context);
  const path = at === undefined ? readablePath(segments) : joinPath(readablePath(segments), at);
  const hint = rest.suggestion === undefined ? '' : `; did you mean ${rest.suggestion}?`;
  const origin = originOf(fault, isSlip ? undefined : (segments[0] ?? at), context);
  const message = `${path || 'The parameters'}: ${says ?? `expected ${expected}, but got ${given}`}${hint}${origin}`;
  return { path, rule: fault.keyword, given, expected, ...rest, message };
}

/** Rules that a later edition of the documentation may have loosened. */
const MAY_CHANGE: ReadonlySet<string> = new Set([
  ...['range', 'enum', 'minItems', 'maxItems', 'minLength', 'maxLength', 'nonEmpty'],
  ...['matches', 'timeZone', 'ordered'],
]);

/** Who states the rule, and how to send the value all the same: the service may take more than it did. */
function originOf(
  { keyword, params }: ParamsFault,
  field: string | undefined,
  { edition }: IssueContext,
): string {
  const isDerived = params.derived === true;
  const name = field === undefined ? undefined : safeName(field);
  if (!MAY_CHANGE.has(keyword) || name === undefined)
    return isDerived ? ' (a check of this SDK: the documentation does not state it)' : '';
  const remedy = `if the service takes it, pass the call option checks: { ${name}: 'off' }`;
  if (isDerived) return ` (a check of this SDK: the documentation does not state it; ${remedy})`;
  const page =
    edition === undefined ? 'the documentation states it' : `the documentation of ${edition} states it`;
  return ` (${page}; ${remedy})`;
}

interface Explanation {
  given: string;
  expected: string;
  /** Name of a property of the faulty object that the fault is about. */
  at?: string;
  /** The sentence that says it best, if "expected …, but got …" does not. */
  says?: string;
  suggestion?: string;
  /** Whether it is certainly a mistake, and nothing that a service could take. */
  isSlip?: boolean;
}

/** What each rule of `rules.ts` means, in words. */
const explanations: Record<
  string,
  (fault: ParamsFault, value: unknown, context: IssueContext) => Explanation
> = {
  required: ({ params }) => ({
    at: String(params.missingProperty),
    given: 'nothing',
    expected: 'a value',
    says: 'is required, but missing',
  }),
  type: ({ params }, value) => ({
    given: describeValue(value, isNumeric(params.type) ? 'number' : 'any'),
    expected: typeNames(params.type),
  }),
  closed: explainUnknownName,
  atLeastOne: ({ params }) => ({
    given: 'none of them',
    expected: `at least one of ${(params.names as string[]).join(' and ')}`,
    says: `at least one of ${(params.names as string[]).join(' and ')} is required`,
  }),
  ordered: ({ params }) => ({
    at: String(params.after),
    given: 'a value that is not',
    expected: `a value greater than ${String(params.before)}`,
    says: `must be greater than ${String(params.before)}`,
  }),
  range: explainRange,
  nonEmpty: () => ({ given: 'an empty string', expected: 'a string that is not empty' }),
  timeZone: explainTimeZone,
  matches: ({ params }, value) => ({ given: describeValue(value), expected: String(params.hint) }),
  enum: ({ params }, value) => ({
    given: describeValue(value, 'number'),
    expected: `one of ${(params.allowedValues as unknown[]).map((allowed) => JSON.stringify(allowed)).join(', ')}`,
  }),
  minItems: ({ params }, value) => ({
    given: describeValue(value),
    expected: `an array of at least ${count(Number(params.limit), 'item')}`,
  }),
  maxItems: ({ params }, value) => ({
    given: describeValue(value),
    expected: `an array of at most ${count(Number(params.limit), 'item')}`,
  }),
  minLength: ({ params }, value) => ({
    given: describeValue(value),
    expected: `a string of at least ${count(Number(params.limit), 'character')}`,
  }),
  maxLength: ({ params }, value) => ({
    given: describeValue(value),
    expected: `a string of at most ${count(Number(params.limit), 'character')}`,
  }),
};

function explainOther(fault: ParamsFault, value: unknown): Explanation {
  return { given: describeValue(value), expected: `a value that satisfies the rule "${fault.keyword}"` };
}

function explainUnknownName({ params }: ParamsFault): Explanation {
  const name = String(params.name);
  const known = params.known as string[];
  const newer = params.newer as string[];
  if (newer.includes(name)) {
    return {
      at: name,
      given: 'one that was documented later',
      expected: 'a parameter that this version knows',
      says: 'was documented after this version was made; pass it in the call option extraParams',
    };
  }
  const suggestion = suggestName(name, known);
  const given = `an unknown name of ${count(name.length, 'character')}`;
  const expected = `one of the names ${known.join(', ')}`;
  const says =
    suggestion === undefined ? `is not a known name; known are ${known.join(', ')}` : 'is not a known name';
  // A name close to a known one is a slip and safe to show; any other might be data that ended up as a key.
  const at = safeName(name) ?? (suggestion === undefined ? '[…]' : name);
  return { at, given, expected, says, ...(suggestion === undefined ? {} : { suggestion }) };
}

function explainRange({ params }: ParamsFault, value: unknown): Explanation {
  const {
    min,
    max,
    unit,
    type = 'integer',
  } = params as { min?: number; max?: number; unit?: string; type?: string };
  const isUnixSeconds = unit === 'unix-seconds';
  if (isUnixSeconds && max !== undefined && Number(value) > max) {
    const expected = 'Unix seconds (divide Unix milliseconds by 1000 and drop the fraction)';
    const given = `${describeValue(value, 'number')}, which looks like milliseconds`;
    return { given, expected, isSlip: true };
  }
  const unitName = unit === undefined ? '' : ` ${isUnixSeconds ? 'Unix seconds' : unit}`;
  const bounds =
    min === undefined ? `at most ${max}` : max === undefined ? `at least ${min}` : `from ${min} to ${max}`;
  // What JavaScript does not hold exactly cannot be sent, whatever the service takes.
  const isSlip = Number.isInteger(value) && !Number.isSafeInteger(value);
  return {
    given: describeValue(value, 'number'),
    expected: `${typeNames(type)} ${bounds}${unitName}`,
    isSlip,
  };
}

/** A text is shown only in the form of the names that it could mean. */
function explainTimeZone(_fault: ParamsFault, value: unknown, { timeZones }: IssueContext): Explanation {
  const meant = timeZones?.meantBy(String(value)) ?? [];
  const [first] = meant;
  const says = 'is not the name of a time zone that IANA has';
  const more = first === undefined ? '; write one such as Asia/Shanghai' : '';
  const choice =
    meant.length > 1 ? `; it could mean ${meant.slice(0, -1).join(', ')} or ${meant.at(-1)}` : '';
  return {
    given: describeValue(value),
    expected: 'the IANA name of a time zone, such as Asia/Shanghai',
    says: `${says}${more}${choice}`,
    ...(meant.length === 1 ? { suggestion: first! } : {}),
  };
}

function isNumeric(type: unknown): boolean {
  return String(type).includes('integer') || String(type).includes('number');
}

function typeNames(type: unknown): string {
  const names = Array.isArray(type) ? type.map(String) : String(type).split(',');
  return names
    .map((name) => (/^[aeio]/.test(name) ? `an ${name}` : name === 'null' ? name : `a ${name}`))
    .join(' or ');
}

function segmentsOf(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function readablePath(segments: readonly string[]): string {
  return segments.reduce(
    (path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : joinPath(path, part)),
    '',
  );
}

function valueAt(root: unknown, segments: readonly string[]): unknown {
  return segments.reduce<unknown>(
    (value, part) => (value as Record<string, unknown> | undefined)?.[part],
    root,
  );
}
