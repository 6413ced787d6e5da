import type { ResultShape } from '@tccc/core';
import type { Model } from './model.js';
import { resolve } from './model.js';
import { isNullable, nameOfType } from '../read/schema.js';
import type { Schema } from '../read/spec.js';

/** What core has to know about the fields of a result. RequestId is not among them: core itself reads it. */
export function resultShape(result: Schema, model: Model): ResultShape {
  const required = (result.required ?? []).filter((name) => {
    const field = resolve(result.properties?.[name] ?? {}, model);
    return name !== 'RequestId' && !isNullable(field);
  });
  const ids = required.filter((name) => {
    const field = resolve(result.properties?.[name] ?? {}, model);
    return isInteger(field) && (field.minimum ?? 0) >= 1;
  });
  return { required, integers: integerPaths(result, model), ...(ids.length > 0 ? { ids } : {}) };
}

/** Every integer, by paths such as `TaskId`, `Progress.Total` or `Tasks[].TaskId`. */
function integerPaths(schema: Schema, model: Model, seen: readonly Schema[] = []): string[] {
  const resolved = resolve(schema, model);
  if (seen.includes(resolved)) throw new Error('A result that holds itself cannot be described by paths.');
  return Object.entries(resolved.properties ?? {}).flatMap(([name, field]) =>
    integersBelow(name, field, model, [...seen, resolved]),
  );
}

function integersBelow(path: string, schema: Schema, model: Model, seen: readonly Schema[]): string[] {
  const field = resolve(schema, model);
  if (isInteger(field)) return [path];
  if (field.items !== undefined) return integersBelow(`${path}[]`, field.items, model, seen);
  return integerPaths(field, model, seen).map((below) => `${path}.${below}`);
}

function isInteger(schema: Schema): boolean {
  return nameOfType(schema) === 'integer';
}
