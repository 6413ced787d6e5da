import { describeField, relationNotes } from './docs.js';
import type { Action, Model } from './model.js';
import { atLeastOneOf } from './model.js';
import type { Schema } from './spec.js';

/**
 * Rewrites the schemas for openapi-typescript, which knows neither our extensions nor an `anyOf` beside `properties`:
 * ranges and units go into the descriptions, and "at least one of A and B" becomes one named variant each.
 */
export function lowerForTypes(model: Model): Record<string, Schema> {
  const schemas: Record<string, Schema> = {};
  for (const [name, schema] of Object.entries(model.types)) schemas[name] = describeFields(schema);
  for (const action of model.actions) {
    Object.assign(schemas, lowerRequest(action));
    schemas[action.resultName] = describeFields(action.result);
  }
  return schemas;
}

function lowerRequest({ name: action, requestName: name, request }: Action): Record<string, Schema> {
  const names = atLeastOneOf(request);
  const { anyOf: _rule, ...rest } = request;
  const described = describeFields({
    ...rest,
    description: [request.description, ...relationNotes(request)].join('\n\n'),
  });
  if (names === undefined) return { [name]: described };
  const fields = `${name}Fields`;
  const variants = names.map((field) => [`${name}With${field}`, field] as const);
  return {
    [fields]: {
      ...described,
      description: `Every parameter of ${action}, without the rule of which must be given.`,
    },
    ...Object.fromEntries(variants.map(([variant, field]) => [variant, withRequired(fields, field)])),
    [name]: {
      description: described.description!,
      anyOf: variants.map(([variant]) => ({ $ref: `#/components/schemas/${variant}` })),
    },
  };
}

/** `required` beside `allOf`, not inside it, is what openapi-typescript turns into `WithRequired`. */
function withRequired(base: string, field: string): Schema {
  const description = `The variant in which \`${field}\` is given.`;
  return { description, allOf: [{ $ref: `#/components/schemas/${base}` }], required: [field] };
}

function describeFields(schema: Schema): Schema {
  const { title: _title, format: _format, default: _default, examples: _examples, ...rest } = schema;
  const lowered: Schema = { ...rest };
  if (schema.description !== undefined) lowered.description = describeField(schema);
  if (schema.items !== undefined) lowered.items = describeFields(schema.items);
  if (schema.properties !== undefined) {
    lowered.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, field]) => [name, describeFields(field)]),
    );
  }
  // Closed requests are the validator's business; as a type, an index signature would only widen.
  if (lowered.additionalProperties === false) delete lowered.additionalProperties;
  return lowered;
}
