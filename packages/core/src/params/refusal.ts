import type { ActionDefinition } from '../action.js';
import type { Issue } from '../errors/errors.js';
import { ValidationError } from '../errors/errors.js';
import type { DataFault, RuleFault } from './fault.js';
import { relevantFaults, toIssue } from './issues.js';
import type { TimeZones } from './time-zone-names.js';
import { MAX_FAULTS } from './validator.js';

/** How many issues a ValidationError lists at most. */
const MAX_ISSUES = 50;

/** Why parameters are not sent. */
export type Refusal =
  | { readonly kind: 'missing' | 'lone-surrogate' }
  | { readonly kind: 'too-large'; readonly given: string }
  | {
      readonly kind: 'faults';
      /** Rules that they break. */
      readonly found: readonly RuleFault[];
      /** What of them is not plain data. */
      readonly odd: readonly DataFault[];
      /** What is wrong with `extraParams`. */
      readonly extra: readonly DataFault[];
      readonly timeZones: TimeZones | undefined;
    };

/** Puts a refusal into words. */
export function toValidationError(action: ActionDefinition, refusal: Refusal): ValidationError {
  switch (refusal.kind) {
    case 'missing':
      return invalidParams(action.name, [MISSING], 1);
    case 'lone-surrogate':
      return invalidParams(action.name, [LONE_SURROGATE], 1);
    case 'too-large':
      return tooLarge(action, refusal.given);
    case 'faults': {
      const { found, odd, extra, timeZones } = refusal;
      const faults = [...relevantFaults(found, odd), ...extra];
      const context = { edition: action.edition, timeZones };
      const issues = faults.slice(0, MAX_ISSUES).map((fault) => toIssue(fault, context));
      return invalidParams(action.name, issues, faults.length);
    }
  }
}

function invalidParams(action: string, listed: readonly Issue[], found: number): ValidationError {
  const count = Math.min(found, MAX_FAULTS);
  const atLeast = count === MAX_FAULTS ? 'at least ' : '';
  const more = count > listed.length ? [`and ${atLeast}${count - listed.length} more`] : [];
  const lines = [...listed.map((issue) => issue.message), ...more].map((line) => `\n  - ${line}`);
  const message = `${action} was not sent: ${count === 1 ? 'a parameter is' : `${atLeast}${count} parameters are`} wrong${lines.join('')}`;
  return new ValidationError({ code: 'InvalidParams', action, message, issues: listed, issueCount: count });
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
  return new ValidationError({ code: 'RequestTooLarge', action: action.name, message, issues: [issue] });
}
