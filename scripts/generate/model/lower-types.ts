import { code, describeField, relationNotes } from './docs.js';
import type { Action, Model } from './model.js';
import { resolve } from './model.js';
import { atLeastOneOf } from '../read/schema.js';
import type { Schema } from '../read/spec.js';

/** A type to declare. */
export interface TypeShape {
  schema: Schema;
  /** Interfaces that it extends. */
  bases?: string[];
  /** Fields that it must not have. */
  without?: string[];
}

/**
 * Rewrites the schemas for openapi-typescript, which knows neither our extensions nor an `anyOf` beside `properties`:
 * ranges and units go into the descriptions, and "at least one of A and B" becomes one named variant each.
 */
export function lowerForTypes(model: Model): Record<string, TypeShape> {
  const shapes: Record<string, TypeShape> = {};
  for (const [name, schema] of Object.entries(model.types))
    shapes[name] = { schema: describeFields(schema, model) };
  for (const action of model.actions) {
    Object.assign(shapes, lowerRequest(action, model));
    shapes[action.resultName] = { schema: describeFields(action.result, model) };
  }
  return shapes;
}

/** The types that an action declares for its request, the request itself last. */
export function requestTypes({ requestName: name, request }: Action): string[] {
  const names = atLeastOneOf(request);
  if (names === undefined) return [name];
  const variants = choicesOf(names).map((choice) => variantName(name, names, choice));
  return [fieldsName(name), ...names.map((field) => withName(name, [field])), ...variants, name];
}

function lowerRequest(action: Action, model: Model): Record<string, TypeShape> {
  const { requestName: name, request } = action;
  const names = atLeastOneOf(request);
  const { anyOf: _rule, ...rest } = request;
  const description = [request.description, ...relationNotes(request)].join('\n\n');
  const described = describeFields(rest, model);
  if (names === undefined) return { [name]: { schema: described } };
  const choices = choicesOf(names);
  const anyOf = choices.map((one) => ({ $ref: `#/components/schemas/${variantName(name, names, one)}` }));
  return {
    [fieldsName(name)]: { schema: withoutFields(described, names, action.name) },
    ...Object.fromEntries(
      names.map((field) => [withName(name, [field]), givenShape(name, field, described.properties![field]!)]),
    ),
    ...Object.fromEntries(
      choices.map((choice) => [variantName(name, names, choice), variantShape(name, names, choice)]),
    ),
    [name]: { schema: { description, anyOf } },
  };
}

/**
 * The ways to follow "at least one of": every choice of one or more of the fields, all of them first.
 *
 * The choices exclude each other, so the compiler can tell which one was meant, and its message is about that one. Each
 * field is declared once, so an editor that points at it has one description to show. If nothing tells the choices
 * apart, compilers take the last one, by place or by name: it must not be the one with all fields.
 */
function choicesOf(names: readonly string[]): string[][] {
  const [first, ...rest] = names;
  if (first === undefined) return [[]];
  const others = choicesOf(rest).filter((choice) => choice.length > 0 || rest.length === 0);
  const withFirst = others.map((choice) => [first, ...choice]);
  return rest.length === 0 ? withFirst : [...withFirst, [first], ...others];
}

function withoutFields(described: Schema, names: readonly string[], action: string): Schema {
  const properties = Object.entries(described.properties!).filter(([name]) => !names.includes(name));
  const description = `Every parameter of ${action} except ${names.map(code).join(' and ')}.`;
  return { ...described, description, properties: Object.fromEntries(properties) };
}

function givenShape(request: string, field: string, schema: Schema): TypeShape {
  const description = `The parameters with ${code(field)}.`;
  return {
    bases: [fieldsName(request)],
    schema: { type: 'object', description, required: [field], properties: { [field]: schema } },
  };
}

function variantShape(request: string, names: readonly string[], choice: readonly string[]): TypeShape {
  const without = names.filter((name) => !choice.includes(name));
  const left = without.length === 0 ? '' : `, without ${without.map(code).join(' and ')}`;
  const description = `The parameters with ${choice.map(code).join(' and ')}${left}.`;
  return {
    bases: choice.map((name) => withName(request, [name])),
    without,
    schema: { type: 'object', description, properties: {} },
  };
}

/** A variant is named by what is missing, so that the message about it names that, too. */
function variantName(request: string, names: readonly string[], choice: readonly string[]): string {
  const without = names.filter((name) => !choice.includes(name));
  return without.length === 0 ? withName(request, names) : `${request}Without${without.join('And')}`;
}

function withName(request: string, names: readonly string[]): string {
  return `${request}With${names.join('And')}`;
}

function fieldsName(request: string): string {
  return `${request}Fields`;
}

function describeFields(schema: Schema, model: Model): Schema {
  const { format: _format, default: _default, examples: _examples, ...lowered } = schema;
  const described = schema.$ref === undefined ? schema : { ...resolve(schema, model), ...schema };
  if (described.description !== undefined) lowered.description = describeField(described);
  if (schema.items !== undefined) lowered.items = describeFields(schema.items, model);
  if (schema.properties !== undefined) {
    lowered.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, field]) => [name, describeFields(field, model)]),
    );
  }
  // Closed requests are the validator's business; as a type, an index signature would only widen.
  if (lowered.additionalProperties === false) delete lowered.additionalProperties;
  return lowered;
}
