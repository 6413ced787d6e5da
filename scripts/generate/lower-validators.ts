import type { Limit, Range } from './keywords.js';
import type { Model } from './model.js';
import { boundsOf, resolve } from './model.js';
import { atLeastOneOf, nameOfType } from './schema.js';
import type { Schema } from './spec.js';

/** Keywords that AJV takes as they are. */
const PLAIN_KEYWORDS = ['type', 'enum', 'required'] as const;
const LIMITS = ['minItems', 'maxItems', 'minLength', 'maxLength'] as const;

/**
 * Rewrites a schema for AJV: rules whose plain form gives poor errors become one of our keywords (`keywords.ts`), and
 * everything that is not a rule is dropped. References are replaced by what they refer to, so that AJV makes one function
 * per action, which collects its faults in one list.
 */
export function lowerForValidator(
  given: Schema,
  model: Model,
  newer: readonly string[] = [],
): Record<string, unknown> {
  const schema = resolve(given, model);
  const isDerived = (keyword: string) => schema['x-derived']?.includes(keyword) === true;
  const lowered: Record<string, unknown> = {};
  for (const keyword of PLAIN_KEYWORDS) if (schema[keyword] !== undefined) lowered[keyword] = schema[keyword];
  for (const keyword of LIMITS) {
    const limit = schema[keyword];
    if (limit === undefined) continue;
    const isNonEmpty = keyword === 'minLength' && limit === 1;
    const rule: Partial<Limit> = {
      ...(isNonEmpty ? {} : { limit }),
      ...(isDerived(keyword) ? { derived: true } : {}),
    };
    lowered[isNonEmpty ? 'nonEmpty' : keyword] = rule;
  }
  if (schema.format === 'iana-time-zone') lowered.timeZone = isDerived('format') ? { derived: true } : {};
  if (schema.pattern !== undefined) {
    const derived = isDerived('pattern') ? { derived: true } : {};
    lowered.matches = { pattern: schema.pattern, hint: schema['x-pattern-hint'], ...derived };
  }
  const range = rangeOf(schema);
  if (range !== undefined) lowered.range = range;
  if (schema.items !== undefined) lowered.items = lowerForValidator(schema.items, model);
  if (schema.properties !== undefined) {
    lowered.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, field]) => [name, lowerForValidator(field, model)]),
    );
  }
  if (schema.additionalProperties === false) {
    lowered.closed = { known: Object.keys(schema.properties ?? {}), newer };
  }
  if (schema['x-ordered'] !== undefined)
    lowered.ordered = { pairs: schema['x-ordered'], ...(isDerived('x-ordered') ? { derived: true } : {}) };
  const names = atLeastOneOf(schema);
  if (names !== undefined) lowered.atLeastOne = names;
  return lowered;
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
