import type { Action, Model } from './model.js';
import { boundsOf, resolve } from './model.js';
import type { Schema } from './spec.js';

/** One change to the documented example request, and which fault it must cause, if any. */
export interface BoundaryCase {
  name: string;
  path: string[];
  /** Absent: the field is removed. */
  value?: unknown;
  fault?: { path: string; rule: string };
}

/** The edges of every field of an action: the last value that is allowed, and the first that is not. */
export function boundaryCases(action: Action, model: Model): BoundaryCase[] {
  const { request } = action;
  const fields = Object.entries(request.properties ?? {});
  return [
    ...fields.flatMap(([name, schema]) => fieldCases([name], schema, action, model)),
    ...(request.required ?? []).map((name) => removed(name)),
    ...orderCases(request),
    {
      name: 'an unknown parameter',
      path: ['NoSuchParameter'],
      value: 1,
      fault: { path: 'NoSuchParameter', rule: 'closed' },
    },
  ];
}

function fieldCases(path: string[], given: Schema, action: Action, model: Model): BoundaryCase[] {
  const schema = resolve(given, model);
  const name = path.join('.');
  const bad = (what: string, value: unknown, rule: string): BoundaryCase => ({
    name: `${name}: ${what}`,
    path,
    value,
    fault: { path: name, rule },
  });
  const good = (what: string, value: unknown): BoundaryCase => ({ name: `${name}: ${what}`, path, value });
  const isNullable = Array.isArray(schema.type) && schema.type.includes('null');
  const nullCase = isNullable ? good('null', null) : bad('null', null, 'type');
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== 'null') : schema.type;
  switch (type) {
    case 'integer':
      return [
        nullCase,
        bad('a text', '1', 'type'),
        bad('a fraction', 1.5, 'type'),
        ...integerCases(name, schema, action, good, bad),
      ];
    case 'string':
      return [nullCase, bad('a number', 1, 'type'), ...stringCases(schema, good, bad)];
    case 'array':
      return [nullCase, bad('a text', 'x', 'type'), ...arrayCases(path, schema, action, model, good, bad)];
    case 'object':
      return [nullCase, bad('an array', [], 'type'), good('a sample', sampleOf(schema, model))];
    default:
      return [nullCase];
  }
}

type Good = (what: string, value: unknown) => BoundaryCase;
type Bad = (what: string, value: unknown, rule: string) => BoundaryCase;

function integerCases(name: string, schema: Schema, action: Action, good: Good, bad: Bad): BoundaryCase[] {
  if (schema.enum !== undefined) {
    const values = schema.enum as number[];
    return [
      ...values.map((value) => good(`${value}`, value)),
      bad('a value that is not listed', Math.max(...values) + 1, 'enum'),
    ];
  }
  const { min, max } = boundsOf(schema);
  const pairs = action.request['x-ordered'] ?? [];
  const isFirst = pairs.some(([before]) => before === name);
  const isSecond = pairs.some(([, after]) => after === name);
  return [
    ...(min === undefined ? [] : [bad('below the smallest', min - 1, 'range')]),
    ...(min === undefined || isSecond ? [] : [good('the smallest', min)]),
    ...(max === undefined ? [] : [bad('above the largest', max + 1, 'range')]),
    ...(max === undefined || isFirst ? [] : [good('the largest', max)]),
    ...(schema['x-unit'] === 'unix-seconds' ? [bad('milliseconds', 1_700_000_000_000, 'range')] : []),
  ];
}

function stringCases(schema: Schema, good: Good, bad: Bad): BoundaryCase[] {
  if (schema.enum !== undefined) {
    return [
      ...schema.enum.map((value) => good(`${String(value)}`, value)),
      bad('a value that is not listed', 'not listed', 'enum'),
    ];
  }
  if (schema.pattern !== undefined) {
    return [
      ...(schema.examples ?? []).map((value) => good('an example', value)),
      bad('a text of another form', '?', 'matches'),
    ];
  }
  if (schema.format === 'iana-time-zone') {
    return [
      good('a time zone', 'Asia/Shanghai'),
      bad('no time zone', 'Asia/Beijing', 'timeZone'),
      bad('empty', '', 'timeZone'),
    ];
  }
  const empty = schema.minLength === undefined ? good('empty', '') : bad('empty', '', 'nonEmpty');
  return [empty, good('not ASCII', '通知 📞 Grüße')];
}

function arrayCases(
  path: string[],
  schema: Schema,
  action: Action,
  model: Model,
  good: Good,
  bad: Bad,
): BoundaryCase[] {
  const items = resolve(schema.items ?? {}, model);
  const sample = sampleOf(items, model);
  const empty = schema.minItems === undefined ? good('empty', []) : bad('empty', [], 'minItems');
  const name = path.join('.');
  const wrongItem = {
    name: `${name}: a wrong item`,
    path,
    value: [sample, 0.5],
    fault: { path: `${name}[1]`, rule: 'type' },
  };
  return [empty, good('one item', [sample]), wrongItem, ...nestedCases(path, items, action, model)];
}

/** The edges of the fields of an item, inside a list of one. */
function nestedCases(path: string[], items: Schema, action: Action, model: Model): BoundaryCase[] {
  const sample = sampleOf(items, model);
  if (typeof sample !== 'object' || sample === null) return [];
  const name = path.join('.');
  const inItem = (field: string, change: BoundaryCase): BoundaryCase => ({
    name: `${name}[0].${change.name}`,
    path,
    value: [withField(sample as Record<string, unknown>, field, change)],
    ...(change.fault === undefined
      ? {}
      : { fault: { ...change.fault, path: `${name}[0].${change.fault.path}` } }),
  });
  const fields = Object.entries(items.properties ?? {});
  return [
    ...fields.flatMap(([field, schema]) =>
      fieldCases([field], schema, action, model).map((change) => inItem(field, change)),
    ),
    ...(items.required ?? []).map((field) => inItem(field, removed(field))),
  ];
}

function withField(sample: Record<string, unknown>, field: string, change: BoundaryCase): unknown {
  const { [field]: _old, ...rest } = sample;
  return 'value' in change ? { ...rest, [field]: change.value } : rest;
}

function removed(name: string): BoundaryCase {
  return { name: `${name}: missing`, path: [name], fault: { path: name, rule: 'required' } };
}

function orderCases(request: Schema): BoundaryCase[] {
  return (request['x-ordered'] ?? []).map(([before, after]) => ({
    name: `${after}: not after ${before}`,
    path: [after],
    value: 1,
    fault: { path: after, rule: 'ordered' },
  }));
}

/** A value that the schema allows. The same one each time. */
export function sampleOf(given: Schema, model: Model): unknown {
  const schema = resolve(given, model);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.examples !== undefined) return schema.examples[0];
  switch (type) {
    case 'integer':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'array':
      return [sampleOf(schema.items ?? {}, model)];
    case 'object': {
      const fields = Object.entries(schema.properties ?? {});
      return Object.fromEntries(fields.map(([name, field]) => [name, sampleOf(field, model)]));
    }
    default:
      if (schema.format === 'iana-time-zone') return 'Asia/Shanghai';
      if (schema.pattern !== undefined)
        throw new Error(`A pattern needs "examples" in the spec: ${schema.pattern}`);
      return 'text';
  }
}
