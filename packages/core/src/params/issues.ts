import { count, describeValue, joinPath, safeName } from '../errors/describe.js';
import type { Issue } from '../errors/errors.js';
import { suggestName } from '../errors/suggest.js';
import type { Rule } from '../rules.js';
import type { DataFault, Fault, Path, RuleFault } from './fault.js';
import type { TimeZones } from './time-zone-names.js';
import { allowedBy } from './words.js';

/** What the wording of a fault needs in addition to the fault. */
export interface IssueContext {
  /** Edition of the page that the rules follow. */
  readonly edition?: string | undefined;
  readonly timeZones?: Pick<TimeZones, 'meantBy'> | undefined;
  /** Whether the message also says who states the rule, and how to send the value all the same. Default: true. */
  readonly saysRemedy?: boolean;
}

/** Puts faults into words. What is said of a value that is not plain data makes what the rules say of its copy void. */
export function relevantFaults(found: readonly RuleFault[], data: readonly DataFault[]): readonly Fault[] {
  if (data.length === 0) return found;
  const odd = new Set(data.map(({ path }) => textOf(path)));
  return [...data, ...found.filter(({ path }) => !odd.has(textOf(path)))];
}

/** A fault in words, which show neither values nor names that could be private. */
export function toIssue(fault: Fault, context: IssueContext = {}): Issue {
  if (!('rules' in fault)) return dataIssue(fault);
  const { path: place, rule } = fault;
  const { says, isSlip = false, hidden, ...rest } = explain(fault, context);
  const { given, expected, suggestion } = rest;
  const path = hidden === undefined ? textOf(place) : joinText(textOf(place.slice(0, -1)), hidden);
  const sentence = says ?? `expected ${expected}, but got ${given}`;
  const hint = suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
  const origin = context.saysRemedy === false ? '' : originOf(fault, isSlip, context);
  return { path, rule, ...rest, message: `${path || 'The parameters'}: ${sentence}${hint}${origin}` };
}

/** A path as a reader writes it, such as `CalleeAttributes[0].Callee`; empty for the parameters as a whole. */
export function textOf(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : joinPath(text, step)),
    '',
  );
}

function joinText(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

const DATA_ISSUES = {
  'plain-data': {
    given: 'something that is not plain data',
    expected: 'plain objects, arrays, strings, numbers, booleans and null',
  },
  'extra-params': {
    given: 'something else',
    expected: 'plain JSON values under names that the parameters do not have',
  },
};

function dataIssue({ path: place, rule, problem }: DataFault): Issue {
  const path = textOf(place);
  return { path, rule, ...DATA_ISSUES[rule], message: `${path || 'The parameters'}: ${problem}` };
}

/** Rules that a later edition of the documentation may have loosened. */
const MAY_CHANGE: ReadonlySet<Rule> = new Set<Rule>([
  ...(['enum', 'minimum', 'maximum', 'minItems', 'maxItems', 'minLength', 'maxLength'] as const),
  ...(['pattern', 'format', 'ordered'] as const),
]);

/** Who states the rule, and how to send the value all the same: the service may take more than it did. */
function originOf({ path, rule, rules }: RuleFault, isSlip: boolean, { edition }: IssueContext): string {
  const isDerived = rules.derived?.includes(rule) === true;
  const [field] = path;
  const name = isSlip || typeof field !== 'string' ? undefined : safeName(field);
  if (!MAY_CHANGE.has(rule) || name === undefined)
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
  suggestion?: string;
  /** The sentence that says it best, if "expected …, but got …" does not. */
  says?: string;
  /** What to show in place of the last name of the path. */
  hidden?: string;
  /** Whether it is certainly a mistake, and nothing that a service could take. */
  isSlip?: boolean;
}

function explain(fault: RuleFault, context: IssueContext): Explanation {
  const { rule, rules, value, before } = fault;
  const expected = allowedBy(rule, rules);
  switch (rule) {
    case 'required':
      return { given: 'nothing', expected, says: 'is required, but missing' };
    case 'anyOf':
      return { given: 'none of them', expected, says: `${expected} is required` };
    case 'ordered':
      return {
        given: 'a value that is not',
        expected: `a value greater than ${before}`,
        says: `must be greater than ${before}`,
      };
    case 'additionalProperties':
      return explainUnknownName(fault, expected, context);
    case 'format':
      return explainTimeZone(value, expected, context);
    case 'minimum':
    case 'maximum':
      return explainRange(fault, expected);
    case 'type':
      return { given: describeValue(value, isNumeric(fault) ? 'number' : 'any'), expected };
    case 'enum':
      return { given: describeValue(value, 'number'), expected };
    default:
      return { given: describeValue(value), expected };
  }
}

function isNumeric({ rules: { type } }: RuleFault): boolean {
  return [type].flat().some((name) => name === 'integer' || name === 'number');
}

function explainUnknownName(
  { path, rules }: RuleFault,
  expected: string,
  { saysRemedy = true }: IssueContext,
): Explanation {
  const name = String(path.at(-1));
  if (rules.newer?.includes(name)) {
    return {
      given: 'one that was documented later',
      expected: 'a parameter that this version knows',
      says: `was documented after this version was made${saysRemedy ? '; pass it in the call option extraParams' : ''}`,
    };
  }
  const known = Object.keys(rules.properties ?? {});
  const suggestion = suggestName(name, known);
  const given = `an unknown name of ${count(name.length, 'character')}`;
  // A name close to a known one is a slip and safe to show; any other might be data that ended up as a key.
  if (suggestion !== undefined)
    return { given, expected, suggestion, hidden: name, says: 'is not a known name' };
  return { given, expected, says: `is not a known name; the known names are ${known.join(', ')}` };
}

function explainRange({ value, rules }: RuleFault, expected: string): Explanation {
  const { maximum, unit } = rules;
  const given = describeValue(value, 'number');
  if (unit === 'unix-seconds' && maximum !== undefined && Number(value) > maximum) {
    return {
      given: `${given}, which looks like milliseconds`,
      expected: 'Unix seconds (divide Unix milliseconds by 1000 and drop the fraction)',
      isSlip: true,
    };
  }
  // What JavaScript does not hold exactly cannot be sent, whatever the service takes.
  return { given, expected, isSlip: Number.isInteger(value) && !Number.isSafeInteger(value) };
}

/** A text is shown only in the form of the names that it could mean. */
function explainTimeZone(value: unknown, expected: string, { timeZones }: IssueContext): Explanation {
  const meant = timeZones?.meantBy(String(value)) ?? [];
  const [first] = meant;
  const says = 'is not an IANA time zone name';
  const more = first === undefined ? '; write one such as Asia/Shanghai' : '';
  const choice =
    meant.length > 1 ? `; it could mean ${meant.slice(0, -1).join(', ')} or ${meant.at(-1)}` : '';
  return {
    given: describeValue(value),
    expected,
    says: `${says}${more}${choice}`,
    ...(meant.length === 1 ? { suggestion: first! } : {}),
  };
}
