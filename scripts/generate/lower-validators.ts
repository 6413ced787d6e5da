import type { Model } from './model.js';
import { atLeastOneOf, boundsOf, refName, resolve, typesOf } from './model.js';
import type { Schema } from './spec.js';

/** Keywords that AJV takes as they are. */
const PLAIN_KEYWORDS = ['type', 'enum', 'required', 'minItems', 'maxItems', 'maxLength'] as const;

/**
 * Rewrites a schema for AJV: rules whose plain form gives poor errors become one of our keywords (`keywords.ts`), and
 * everything that is not a rule is dropped. References are replaced by what they refer to, so that AJV makes one function
 * per action, which collects its faults in one list.
 */
export function lowerForValidator(
  schema: Schema,
  model: Model,
  newer: readonly string[] = [],
  inside: readonly string[] = [],
): Record<string, unknown> {
  if (schema.$ref !== undefined) {
    const name = refName(schema.$ref);
    if (inside.includes(name))
      throw new Error(`The type ${name} holds itself, which no validator is made for.`);
    return lowerForValidator(resolve(schema, model), model, [], [...inside, name]);
  }
  const lower = (part: Schema) => lowerForValidator(part, model, [], inside);
  const lowered: Record<string, unknown> = {};
  for (const keyword of PLAIN_KEYWORDS) if (schema[keyword] !== undefined) lowered[keyword] = schema[keyword];
  if (schema.minLength === 1) lowered.nonEmpty = true;
  else if (schema.minLength !== undefined) lowered.minLength = schema.minLength;
  if (schema.format === 'iana-time-zone') lowered.timeZone = true;
  if (schema.pattern !== undefined) {
    lowered.matches = {
      pattern: schema.pattern,
      hint: schema['x-pattern-hint'] ?? `a text that matches ${schema.pattern}`,
    };
  }
  if (schema.enum === undefined && typesOf(schema).some((type) => type === 'integer' || type === 'number')) {
    const bounds = boundsOf(schema);
    const unit = schema['x-unit'] === undefined ? {} : { unit: schema['x-unit'] };
    if (Object.keys(bounds).length > 0) lowered.range = { ...bounds, ...unit };
  }
  if (schema.items !== undefined) lowered.items = lower(schema.items);
  if (schema.properties !== undefined) {
    lowered.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, field]) => [name, lower(field)]),
    );
  }
  if (schema.additionalProperties === false) {
    lowered.closed = { known: Object.keys(schema.properties ?? {}), newer };
  }
  if (schema['x-ordered'] !== undefined) lowered.ordered = schema['x-ordered'];
  const names = atLeastOneOf(schema);
  if (names !== undefined) lowered.atLeastOne = names;
  else if (schema.anyOf !== undefined) lowered.anyOf = schema.anyOf.map(lower);
  if (schema.oneOf !== undefined) lowered.oneOf = schema.oneOf.map(lower);
  if (schema.allOf !== undefined) lowered.allOf = schema.allOf.map(lower);
  return lowered;
}
