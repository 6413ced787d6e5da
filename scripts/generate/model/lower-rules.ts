import type { Rule, Rules } from '../../../packages/core/src/rules.js';
import type { Model } from './model.js';
import { boundsOf, resolve } from './model.js';
import { atLeastOneOf, nameOfType } from '../read/schema.js';
import type { Schema } from '../read/spec.js';

/** What the validator of core has to know of a schema. References are replaced by what they refer to. */
export function rulesOf(given: Schema, model: Model, newer: readonly string[] = []): Rules {
  const schema = resolve(given, model);
  const { minItems, maxItems, minLength, maxLength, items, properties } = schema;
  const range = rangeOf(schema);
  const derived = [...range.derived, ...derivedOf(schema)];
  const rules: { [Name in keyof Rules]: Rules[Name] | undefined } = {
    type: schema.type as Rules['type'],
    enum: schema.enum,
    required: schema.required,
    minItems,
    maxItems,
    minLength,
    maxLength,
    format: schema.format === 'iana-time-zone' ? schema.format : undefined,
    pattern: schema.pattern === undefined ? undefined : new RegExp(schema.pattern, 'u'),
    hint: schema['x-pattern-hint'],
    minimum: range.min,
    maximum: range.max,
    unit: range.min === undefined && range.max === undefined ? undefined : schema['x-unit'],
    items: items === undefined ? undefined : rulesOf(items, model),
    properties: properties === undefined ? undefined : rulesOfEach(properties, model),
    additionalProperties: schema.additionalProperties === false ? false : undefined,
    newer: newer.length === 0 ? undefined : newer,
    ordered: schema['x-ordered'],
    anyOf: atLeastOneOf(schema),
    derived: derived.length === 0 ? undefined : derived,
  };
  return Object.fromEntries(Object.entries(rules).filter(([, rule]) => rule !== undefined)) as Rules & object;
}

function rulesOfEach(properties: Readonly<Record<string, Schema>>, model: Model): Record<string, Rules> {
  return Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, rulesOf(field, model)]));
}

/** The rules besides those of a number's range that no page states. */
function derivedOf(schema: Schema): Rule[] {
  const names = (schema['x-derived'] ?? []).filter((name) => name !== 'minimum' && name !== 'maximum');
  return names.map((name) => (name === 'x-ordered' ? 'ordered' : name) as Rule);
}

function rangeOf(schema: Schema): { min?: number; max?: number; derived: readonly Rule[] } {
  const isRange = schema.enum === undefined && ['integer', 'number'].includes(nameOfType(schema));
  return isRange ? boundsOf(schema) : { derived: [] };
}
