import type { Action, Model } from './model.js';
import { boundsOf, resolve } from './model.js';
import { atLeastOneOf, isNullable, nameOfType } from '../read/schema.js';
import type { Schema } from '../read/spec.js';

/** One change to the documented example request, and which fault it must cause, if any. */
export interface BoundaryCase {
  name: string;
  path: string[];
  /** Absent: the field is removed. */
  value?: unknown;
  fault?: { path: string; rule: string };
}

/** The edges of every field of an action: the last value that is allowed, and the first that is not. */
export function boundaryCases({ request, exampleRequest }: Action, model: Model): BoundaryCase[] {
  return objectEdges(request, exampleRequest, model).map(({ field, what, fault, ...edge }) => ({
    name: what,
    path: [field],
    ...('value' in edge ? { value: edge.value } : {}),
    ...(fault === undefined ? {} : { fault }),
  }));
}

/** A value at the edge of what a schema allows. The path of its fault is relative to the value. */
interface Edge {
  what: string;
  value: unknown;
  fault?: Fault;
}

interface Fault {
  path: string;
  rule: string;
}

const good = (what: string, value: unknown): Edge => ({ what, value });
const bad = (what: string, value: unknown, rule: string): Edge => ({
  what,
  value,
  fault: { path: '', rule },
});

function edgesOf(given: Schema, model: Model): Edge[] {
  const schema = resolve(given, model);
  const ofNull = isNullable(schema) ? good('null', null) : bad('null', null, 'type');
  return [ofNull, ...valueEdges(schema, model)];
}

function valueEdges(schema: Schema, model: Model): Edge[] {
  switch (nameOfType(schema)) {
    case 'integer':
      return [bad('a text', '1', 'type'), bad('a fraction', 1.5, 'type'), ...numberEdges(schema, 1)];
    case 'number':
      return [bad('a text', '1', 'type'), ...numberEdges(schema, 0.5)];
    case 'boolean':
      return [bad('a text', 'true', 'type'), good('true', true), good('false', false)];
    case 'string':
      return [bad('a number', 1, 'type'), ...textEdges(schema)];
    case 'array':
      return [bad('a text', 'x', 'type'), ...listEdges(schema, model)];
    default:
      return [
        bad('an array', [], 'type'),
        good('a sample', sampleOf(schema, model)),
        ...fieldEdges(schema, model),
      ];
  }
}

/** @param step the smallest difference that counts */
function numberEdges(schema: Schema, step: number): Edge[] {
  if (schema.enum !== undefined) {
    const values = schema.enum.filter((value) => value !== null) as number[];
    return [
      ...values.map((value) => good(`${value}`, value)),
      bad('a value that is not listed', Math.max(...values) + 1, 'enum'),
    ];
  }
  const { min, max } = boundsOf(schema);
  return [
    ...(min === undefined
      ? []
      : [bad('below the smallest', min - step, 'minimum'), good('the smallest', min)]),
    ...(max === undefined ? [] : [bad('above the largest', max + step, 'maximum'), good('the largest', max)]),
    ...(schema['x-unit'] === 'unix-seconds' ? [bad('milliseconds', 1_700_000_000_000, 'maximum')] : []),
  ];
}

function textEdges(schema: Schema): Edge[] {
  if (schema.enum !== undefined) {
    const values = schema.enum.filter((value) => value !== null);
    return [
      ...values.map((value) => good(`${String(value)}`, value)),
      bad('a value that is not listed', `not ${values.join()}`, 'enum'),
    ];
  }
  const { minLength = 0, maxLength, pattern, examples = [] } = schema;
  if (pattern !== undefined) {
    const wrong = ['?', '', ' ', 'no such form'].find((text) => !new RegExp(pattern, 'u').test(text));
    return [
      ...examples.map((value) => good('an example', value)),
      ...(wrong === undefined ? [] : [bad('a text of another form', wrong, 'pattern')]),
    ];
  }
  if (schema.format === 'iana-time-zone') {
    return [
      good('a time zone', SOME_TIME_ZONE),
      bad('no time zone', 'Asia/Beijing', 'format'),
      bad('empty', '', 'format'),
    ];
  }
  const tooShort = bad(minLength === 1 ? 'empty' : 'too short', textOf(minLength - 1), 'minLength');
  const shortest = minLength === 0 ? good('empty', '') : good('the shortest', textOf(minLength));
  return [
    ...(minLength === 0 ? [] : [tooShort]),
    shortest,
    // A character that takes two units of UTF-16 counts as one.
    ...(maxLength === undefined
      ? [good('not ASCII', textOf(Math.max(minLength, 16)))]
      : [good('the longest', textOf(maxLength)), bad('too long', textOf(maxLength + 1), 'maxLength')]),
  ];
}

/** Of that many characters, not all of them ASCII. */
function textOf(length: number): string {
  return [...'通知 📞 Grüße '.repeat(Math.ceil(length / 10))].slice(0, length).join('');
}

function listEdges(schema: Schema, model: Model): Edge[] {
  const { items = {}, minItems = 0, maxItems } = schema;
  const sample = sampleOf(items, model);
  const listOf = (count: number): unknown[] => Array.from({ length: count }, () => sample);
  const tooFew = minItems === 1 ? 'empty' : 'too few items';
  const count = Math.max(1, minItems);
  const last = count - 1;
  return [
    minItems === 0 ? good('empty', []) : bad(tooFew, listOf(minItems - 1), 'minItems'),
    good(count === 1 ? 'one item' : 'the fewest items', listOf(count)),
    ...(maxItems === undefined
      ? []
      : [good('the most items', listOf(maxItems)), bad('too many items', listOf(maxItems + 1), 'maxItems')]),
    ...edgesOf(items, model).map(({ what, value, fault }) => ({
      what: `[${last}]${joint(what)}`,
      value: [...listOf(last), value],
      ...(fault === undefined ? {} : { fault: { ...fault, path: `[${last}]${dotted(fault.path)}` } }),
    })),
  ];
}

/** The edges of the fields of an object, each in a sample of the object. */
function fieldEdges(schema: Schema, model: Model): Edge[] {
  const sample = sampleOf(schema, model) as Record<string, unknown>;
  return objectEdges(schema, sample, model).map(({ field, what, fault, ...edge }) => {
    const { [field]: _old, ...rest } = sample;
    const value = 'value' in edge ? { ...rest, [field]: edge.value } : rest;
    return { what: `.${what}`, value, ...(fault === undefined ? {} : { fault }) };
  });
}

/** One change to one field. */
interface Change {
  field: string;
  what: string;
  /** Absent: the field is removed. */
  value?: unknown;
  fault?: Fault;
}

/** The edges of every field of an object, as changes to one that is valid. */
function objectEdges(schema: Schema, base: Readonly<Record<string, unknown>>, model: Model): Change[] {
  const pairs = schema['x-ordered'] ?? [];
  const isOrdered = (fields: Readonly<Record<string, unknown>>) =>
    pairs.every(([before, after]) => !(Number(fields[before]) >= Number(fields[after])));
  const removed = (field: string, rule: string, path = field): Change => {
    return { field, what: `${field}: missing`, fault: { path, rule } };
  };
  const required = schema.required ?? [];
  const given = (atLeastOneOf(schema) ?? []).filter((name) => name in base);
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([field, part]) =>
      edgesOf(part, model)
        .map(({ what, value, fault }) => ({
          field,
          what: `${field}${joint(what)}`,
          value,
          ...(fault === undefined ? {} : { fault: { ...fault, path: `${field}${dotted(fault.path)}` } }),
        }))
        // An edge may lie on the wrong side of another field.
        .filter((change) => 'fault' in change || isOrdered({ ...base, [field]: change.value })),
    ),
    ...required.map((field) => removed(field, 'required')),
    ...(given.length === 1 && !required.includes(given[0]!) ? [removed(given[0]!, 'anyOf', '')] : []),
    ...pairs.flatMap(([before, after]) => notAfter(before, after, base)),
    ...(schema.additionalProperties === false
      ? [
          {
            field: 'NoSuchParameter',
            what: 'an unknown parameter',
            value: 1,
            fault: { path: 'NoSuchParameter', rule: 'additionalProperties' },
          },
        ]
      : []),
  ];
}

/** The two fields with one value, if the example has one of them. */
function notAfter(before: string, after: string, base: Readonly<Record<string, unknown>>): Change[] {
  const [field, other] = before in base ? [after, before] : [before, after];
  if (!(other in base)) return [];
  const fault = { path: after, rule: 'ordered' };
  return [{ field, what: `${after}: not after ${before}`, value: base[other], fault }];
}

/** `.Key: empty` and `[0].Key: empty` go on after the name of what holds them; `empty` comes after a colon. */
function joint(what: string): string {
  return /^[.[]/.test(what) ? what : `: ${what}`;
}

function dotted(path: string): string {
  return path === '' || path.startsWith('[') ? path : `.${path}`;
}

/** A value that the schema allows. The same one each time. */
export function sampleOf(given: Schema, model: Model): unknown {
  const schema = resolve(given, model);
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.examples !== undefined) return schema.examples[0];
  switch (nameOfType(schema)) {
    case 'integer':
    case 'number': {
      const { min = 1, max = Infinity } = boundsOf(schema);
      return schema.minimum ?? Math.max(min, Math.min(1, max));
    }
    case 'boolean':
      return true;
    case 'array':
      return Array.from({ length: schema.minItems ?? 1 }, () => sampleOf(schema.items ?? {}, model));
    case 'object':
      return sampleObject(schema, model);
    default:
      return sampleText(schema);
  }
}

function sampleObject(schema: Schema, model: Model): Record<string, unknown> {
  const fields = Object.entries(schema.properties ?? {});
  const sample = Object.fromEntries(fields.map(([name, field]) => [name, sampleOf(field, model)]));
  for (const [before, after] of schema['x-ordered'] ?? []) {
    if (Number(sample[before]) >= Number(sample[after])) sample[after] = Number(sample[before]) + 1;
  }
  return sample;
}

const SOME_TIME_ZONE = 'Asia/Shanghai';

function sampleText({ format, minLength = 0, maxLength = Infinity }: Schema): string {
  if (format === 'iana-time-zone') return SOME_TIME_ZONE;
  return 'text'.padEnd(minLength, ' and more text').slice(0, maxLength);
}
