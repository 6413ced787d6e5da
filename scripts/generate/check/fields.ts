import type { Places, Problem } from '../read/problems.js';
import type { Schema } from '../read/spec.js';
import { atLeastOneOf, isNullable, nameOfType, nullableReference } from '../read/schema.js';

/** Keywords that a type reads, besides those that every field may have. */
const KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  integer: ['format', 'minimum', 'maximum', 'enum', 'x-enum-meanings', 'x-unit'],
  number: ['minimum', 'maximum', 'x-unit'],
  string: ['format', 'minLength', 'maxLength', 'pattern', 'x-pattern-hint', 'enum', 'x-enum-meanings'],
  boolean: [],
  array: ['items', 'minItems', 'maxItems'],
  object: ['properties', 'required', 'additionalProperties', 'anyOf', 'x-ordered'],
};
const COMMON = new Set([
  'type',
  'description',
  'default',
  'examples',
  'x-later',
  'x-derived',
  'x-only-site',
  'x-source',
]);
/** The formats of a type. */
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  integer: ['int64', 'uint64'],
  string: ['iana-time-zone'],
};
const BESIDE_ENUM = ['minimum', 'maximum', 'minLength', 'maxLength', 'pattern'];

/** What is wrong within one schema, its parts included. `isClosed`: it is part of a request. */
export class FieldCheck {
  readonly problems: Problem[] = [];
  readonly #places: Places;
  readonly #sites: readonly string[];

  constructor(places: Places, sites: readonly string[]) {
    this.#places = places;
    this.#sites = sites;
  }

  check(schema: Schema, isClosed: boolean): void {
    this.#site(schema);
    if (schema.$ref !== undefined || nullableReference(schema) !== undefined) return;
    const type = nameOfType(schema);
    for (const keyword of Object.keys(schema)) {
      if (!COMMON.has(keyword) && !(KEYWORDS[type] ?? []).includes(keyword))
        this.#refuse(
          schema,
          keyword,
          `${keyword} says nothing about a value of type ${type}`,
          'Remove it, or correct the type.',
        );
    }
    this.#enumeration(schema);
    this.#format(schema);
    this.#span(schema, 'minimum', 'maximum');
    this.#span(schema, 'minLength', 'maxLength');
    this.#span(schema, 'minItems', 'maxItems');
    for (const keyword of schema['x-derived'] ?? []) {
      if (!(keyword in schema))
        this.#refuse(
          schema,
          'x-derived',
          `x-derived names ${keyword}, which is not next to it`,
          'Name keywords of the same field.',
        );
    }
    if (schema.pattern !== undefined) this.#pattern(schema);
    if (type === 'array') {
      if (schema.items === undefined) this.#refuse(schema, 'type', 'the list has no items', 'Add items.');
      else this.check(schema.items, isClosed);
    }
    if (type === 'object') this.#object(schema, isClosed);
  }

  #object(schema: Schema, isClosed: boolean): void {
    const { properties } = schema;
    if (properties === undefined)
      return this.#refuse(schema, 'type', 'the object has no properties', 'Add properties.');
    if (isClosed && schema.additionalProperties === undefined)
      this.#refuse(
        schema,
        'type',
        'the object is part of a request and is not closed',
        'Add additionalProperties: false.',
      );
    if (!isClosed && schema.additionalProperties !== undefined)
      this.#refuse(
        schema,
        'additionalProperties',
        'the object is part of a result, which is open',
        'Remove additionalProperties.',
      );
    const named: [string, readonly string[]][] = [
      ['required', schema.required ?? []],
      ['anyOf', atLeastOneOf(schema) ?? []],
      ['x-ordered', (schema['x-ordered'] ?? []).flat()],
    ];
    for (const [keyword, names] of named) {
      for (const name of names.filter((one) => !Object.hasOwn(properties, one)))
        this.#refuse(
          schema,
          keyword,
          `${keyword} names ${name}, which is not a field`,
          `The fields are: ${Object.keys(properties).join(', ')}.`,
        );
    }
    for (const name of atLeastOneOf(schema) ?? []) {
      if (schema.required?.includes(name) === true)
        this.#refuse(
          schema,
          'anyOf',
          `anyOf names ${name}, which is required, so there is always one of them`,
          'Remove it from one of the two.',
        );
    }
    for (const name of (schema['x-ordered'] ?? []).flat()) {
      const field = properties[name];
      if (field !== undefined && !['integer', 'number'].includes(nameOfType(field)))
        this.#refuse(
          schema,
          'x-ordered',
          `x-ordered names ${name}, which is not a number`,
          'Only numbers can be compared.',
        );
    }
    this.#circle(schema, schema['x-ordered'] ?? []);
    for (const field of Object.values(properties)) this.check(field, isClosed);
  }

  /** Fields of which each must be greater than itself can never be right. */
  #circle(schema: Schema, pairs: readonly [before: string, after: string][]): void {
    for (const [index, [before, after]] of pairs.entries()) {
      if (pairs.slice(0, index).some((other) => other[0] === before && other[1] === after))
        this.#refuse(
          schema,
          'x-ordered',
          `x-ordered has ${before}, ${after} twice`,
          'Remove one of the two.',
        );
      // Only the pair that closes the circle is told.
      else if (before === after || isBefore(after, before, pairs.slice(0, index)))
        this.#refuse(
          schema,
          'x-ordered',
          `x-ordered goes in a circle from ${after} to ${before} and back, so that no values are right`,
          'Remove a pair.',
        );
    }
  }

  #format(schema: Schema): void {
    const { format } = schema;
    if (format === undefined) return;
    const type = nameOfType(schema);
    const known = FORMATS[type] ?? [];
    if (!known.includes(format))
      this.#refuse(
        schema,
        'format',
        `the format ${format} does not exist for the type ${type}`,
        known.length === 0 ? 'Remove it.' : `Write one of: ${known.join(', ')}.`,
      );
    if (type !== 'string') return;
    for (const keyword of ['enum', 'minLength', 'maxLength', 'pattern'].filter((one) => one in schema))
      this.#refuse(schema, keyword, `${keyword} says nothing beside format`, 'Remove one of the two.');
  }

  #enumeration(schema: Schema): void {
    const { enum: values, 'x-enum-meanings': meanings } = schema;
    if (values === undefined) {
      if (meanings !== undefined)
        this.#refuse(
          schema,
          'x-enum-meanings',
          'there are meanings, but no enum',
          'Add enum, or remove them.',
        );
      return;
    }
    for (const keyword of BESIDE_ENUM.filter((one) => one in schema))
      this.#refuse(schema, keyword, `${keyword} says nothing beside enum`, 'Remove one of the two.');
    if (isNullable(schema) !== values.includes(null))
      this.#refuse(
        schema,
        'enum',
        'type and enum do not agree on null',
        "Write both: type: [..., 'null'] and null in enum; or neither.",
      );
    const wanted = nameOfType(schema) === 'integer' ? 'number' : 'string';
    for (const value of values.filter((one) => one !== null && typeof one !== wanted))
      this.#refuse(
        schema,
        'enum',
        `enum has ${JSON.stringify(value)}, which the type excludes`,
        'Correct the type or the value.',
      );
    const names = values.map(String);
    for (const name of Object.keys(meanings ?? {}).filter((one) => !names.includes(one)))
      this.#refuse(
        meanings!,
        name,
        `${name} has a meaning, but is not in enum`,
        `Values are: ${names.join(', ')}.`,
      );
    for (const name of meanings === undefined
      ? []
      : names.filter((one) => one !== 'null' && !Object.hasOwn(meanings, one)))
      this.#refuse(
        schema,
        'x-enum-meanings',
        `the value ${name} has no meaning`,
        'Add it to x-enum-meanings.',
      );
  }

  #span(
    schema: Schema,
    min: 'minimum' | 'minLength' | 'minItems',
    max: 'maximum' | 'maxLength' | 'maxItems',
  ): void {
    if ((schema[min] ?? -Infinity) > (schema[max] ?? Infinity))
      this.#refuse(schema, min, `${min} is greater than ${max}`, 'Exchange them.');
  }

  #pattern(schema: Schema): void {
    const pattern = new RegExp(schema.pattern!, 'u');
    if (schema.examples === undefined || schema['x-pattern-hint'] === undefined)
      return this.#refuse(
        schema,
        'pattern',
        'a pattern needs words and a value',
        'Add "x-pattern-hint" and "examples".',
      );
    for (const [index, example] of schema.examples.entries()) {
      if (typeof example !== 'string' || !pattern.test(example))
        this.#refuse(
          schema.examples,
          index,
          'the example does not match the pattern',
          'Correct one of the two.',
        );
    }
  }

  #site(schema: Schema): void {
    const site = schema['x-only-site'];
    if (site !== undefined && !this.#sites.includes(site))
      this.#refuse(
        schema,
        'x-only-site',
        `x-only-site names ${site}, which is no site`,
        `Sites are: ${this.#sites.join(', ')}.`,
      );
  }

  #refuse(at: object, key: string | number, says: string, remedy: string): void {
    this.problems.push({ ...this.#places.of(at, key), says, remedy });
  }
}

/** Whether the pairs say, in one or more steps, that the one is less than the other. */
function isBefore(one: string, other: string, pairs: readonly [before: string, after: string][]): boolean {
  const reached = new Set([one]);
  // An item that is added while the set is read is read, too.
  for (const name of reached) for (const [before, after] of pairs) if (before === name) reached.add(after);
  return reached.has(other);
}
