import type { ActionDefinition } from '@tccc/outbound';
import type { RuleFault } from '@tccc/outbound/internal';
import { findFaults, toIssue } from '@tccc/outbound/internal';
import { timeZoneNames } from '../generated/time-zones.js';
import { Refusal } from '../common/protocol.js';
import type { WrongParameter } from '../common/finding.js';

/** The code that the service documents for a broken rule. */
const CODES: Readonly<Record<string, string>> = {
  additionalProperties: 'UnknownParameter',
  required: 'MissingParameter',
  anyOf: 'MissingParameter',
  type: 'InvalidParameter',
};

/** Which faults count first, as a gateway would find them: shape before value. */
const ORDER = ['UnknownParameter', 'MissingParameter', 'InvalidParameter', 'InvalidParameterValue'];

/** How many faults the journal keeps. */
const ISSUES_KEPT = 20;

/** What the mock takes although the pages that this package follows refuse it. */
export interface Leniency {
  readonly newerParameters: 'accept' | 'refuse';
  /** Parameters whose checks are off, by name. */
  readonly checks: ReadonlySet<string>;
}

/** Made at the first request that needs it. */
let timeZones: ReadonlySet<string> | undefined;

/**
 * Refuses wrong parameters as the service does: with one code, and a message that names the field and the rule.
 *
 * @throws Refusal
 */
export function checkParams({ rules }: ActionDefinition, params: unknown, leniency: Leniency): void {
  const { newerParameters, checks } = leniency;
  timeZones ??= timeZoneNames();
  const found = findFaults(rules, params, {
    timeZones,
    unchecked: checks.size === 0 ? undefined : checks,
  });
  const faults = newerParameters === 'refuse' ? found : found.filter((fault) => !isNewer(fault));
  if (faults.length === 0) return;
  const rank = (fault: RuleFault) => ORDER.indexOf(codeOf(fault));
  const first = faults.reduce((best, fault) => (rank(fault) < rank(best) ? fault : best));
  const issues = faults.slice(0, ISSUES_KEPT).map(issueOf);
  throw new Refusal(codeOf(first), sentenceOf(issueOf(first)), { issues });
}

/** Whether it is about a parameter that was documented later. */
function isNewer({ rule, path, rules }: RuleFault): boolean {
  return rule === 'additionalProperties' && rules.newer?.includes(String(path.at(-1))) === true;
}

/** In the words of the SDK, without what only its users can do about it. */
function issueOf(fault: RuleFault): WrongParameter {
  const { path, rule, message } = toIssue(fault, { saysRemedy: false });
  return { path, rule, message };
}

export function codeOf({ rule }: Pick<WrongParameter, 'rule'>): string {
  return CODES[rule] ?? 'InvalidParameterValue';
}

export function sentenceOf({ message }: WrongParameter): string {
  return message.endsWith('?') ? message : `${message}.`;
}
