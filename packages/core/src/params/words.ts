import { count } from '../errors/describe.js';
import type { Rule, Rules } from '../rules.js';

/** What a rule allows, to follow "expected". The docs say it in the same words. */
export function allowedBy(rule: Rule, rules: Rules): string {
  return allowed[rule](rules);
}

const allowed: Readonly<Record<Rule, (rules: Rules) => string>> = {
  required: () => 'a value',
  type: ({ type }) => namesOf(type),
  enum: ({ enum: values = [] }) => `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`,
  additionalProperties: ({ properties = {} }) => `one of the names ${Object.keys(properties).join(', ')}`,
  anyOf: ({ anyOf = [] }) => `at least one of ${anyOf.join(' and ')}`,
  ordered: () => 'a value greater than the one before it',
  pattern: ({ hint }) => hint ?? 'a string of the documented form',
  format: () => 'the IANA name of a time zone, such as Asia/Shanghai',
  minimum: range,
  maximum: range,
  minItems: items,
  maxItems: items,
  minLength: length,
  maxLength: length,
};

function range({ minimum, maximum, unit, type }: Rules): string {
  const noun = namesOf([type].flat().includes('number') ? 'number' : 'integer');
  const unitName = unit === undefined ? '' : ` ${unit === 'unix-seconds' ? 'Unix seconds' : unit}`;
  const bounds =
    minimum === undefined
      ? `of at most ${maximum}`
      : maximum === undefined
        ? `of at least ${minimum}`
        : `from ${minimum} to ${maximum}`;
  return `${noun} ${bounds}${unitName}`;
}

function items({ minItems, maxItems }: Rules): string {
  return `an array of ${span(minItems, maxItems, 'item')}`;
}

function length({ minLength, maxLength }: Rules): string {
  if (minLength === 1 && maxLength === undefined) return 'a string that is not empty';
  return `a string of ${span(minLength, maxLength, 'character')}`;
}

function span(least: number | undefined, most: number | undefined, noun: string): string {
  if (most === undefined) return `at least ${count(least ?? 0, noun)}`;
  if (least === most) return `exactly ${count(most, noun)}`;
  return least === undefined ? `at most ${count(most, noun)}` : `${least} to ${count(most, noun)}`;
}

/** The names of JSON types, each with its article. */
function namesOf(type: Rules['type']): string {
  return [type]
    .flat()
    .map((name) => (/^[aeio]/.test(name) ? `an ${name}` : name === 'null' ? name : `a ${name}`))
    .join(' or ');
}
