import type { Range, Rules } from '../../../packages/core/src/rules.js';
import type { Model } from './model.js';
import { boundsOf, resolve } from './model.js';
import { atLeastOneOf, nameOfType } from '../read/schema.js';
import type { Schema } from '../read/spec.js';

const LIMITS = ['minItems', 'maxItems', 'minLength', 'maxLength'] as const;

/** What the validator of core has to know of a schema. References are replaced by what they refer to. */
export function rulesOf(given: Schema, model: Model, newer: readonly string[] = []): Rules {
  const schema = resolve(given, model);
  const isDerived = (keyword: string) => schema['x-derived']?.includes(keyword) === true;
  const origin = (keyword: string) => (isDerived(keyword) ? { derived: true as const } : {});
  const rules: Rules = { type: schema.type as Rules['type'] };
  if (schema.enum !== undefined) rules.enum = schema.enum;
  if (schema.required !== undefined) rules.required = schema.required;
  for (const keyword of LIMITS) {
    const limit = schema[keyword];
    if (limit === undefined) continue;
    if (keyword === 'minLength' && limit === 1) rules.nonEmpty = origin(keyword);
    else rules[keyword] = { limit, ...origin(keyword) };
  }
  if (schema.format === 'iana-time-zone') rules.timeZone = origin('format');
  if (schema.pattern !== undefined) {
    const hint = schema['x-pattern-hint'] as string;
    rules.matches = { pattern: new RegExp(schema.pattern, 'u'), hint, ...origin('pattern') };
  }
  const range = rangeOf(schema);
  if (range !== undefined) rules.range = range;
  if (schema.items !== undefined) rules.items = rulesOf(schema.items, model);
  if (schema.properties !== undefined) {
    const properties = Object.entries(schema.properties);
    rules.properties = Object.fromEntries(properties.map(([name, field]) => [name, rulesOf(field, model)]));
  }
  if (schema.additionalProperties === false) rules.closed = { newer };
  if (schema['x-ordered'] !== undefined)
    rules.ordered = { pairs: schema['x-ordered'], ...origin('x-ordered') };
  const names = atLeastOneOf(schema);
  if (names !== undefined) rules.atLeastOne = names;
  return rules;
}

function rangeOf(schema: Schema): Range | undefined {
  if (schema.enum !== undefined || !['integer', 'number'].includes(nameOfType(schema))) return undefined;
  const { min, max, derived } = boundsOf(schema);
  if (min === undefined && max === undefined) return undefined;
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(schema['x-unit'] === undefined ? {} : { unit: schema['x-unit'] }),
    ...(nameOfType(schema) === 'number' ? { type: 'number' as const } : {}),
    ...(derived.length === 0 ? {} : { derived }),
  };
}
