import type { Schema } from './spec.js';

/** The named type behind `#/components/schemas/<Name>`. */
export function refName(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}

/** The reference of `anyOf: [{ $ref }, { type: 'null' }]`, which is a type or null. */
export function nullableReference({ anyOf }: Schema): string | undefined {
  return anyOf?.[0]?.$ref;
}

/** Whether null is allowed by the schema itself. */
export function isNullable(schema: Schema): boolean {
  return Array.isArray(schema.type) ? schema.type.includes('null') : nullableReference(schema) !== undefined;
}

/** The type besides null. */
export function nameOfType({ type }: Schema): string {
  return (Array.isArray(type) ? type[0] : type) ?? '';
}

/** The fields of which at least one must be given, if the schema has such a rule. */
export function atLeastOneOf(schema: Schema): string[] | undefined {
  if (schema.anyOf === undefined || nullableReference(schema) !== undefined) return undefined;
  return schema.anyOf.map(({ required }) => required![0]!);
}

/** The schema itself, or what it refers to; then with null among its types if the reference allows null. */
export function resolveIn(types: Readonly<Record<string, Schema>>, schema: Schema): Schema {
  const nullable = nullableReference(schema);
  const ref = schema.$ref ?? nullable;
  if (ref === undefined) return schema;
  const target = types[refName(ref)]!;
  if (nullable === undefined || isNullable(target)) return target;
  const values = target.enum === undefined ? {} : { enum: [...target.enum, null] };
  return { ...target, type: [nameOfType(target), 'null'], ...values };
}

/** The shared data types that a schema names, itself or deeper inside, in the order in which they appear. */
export function typesNamedIn(schema: Schema): string[] {
  const ref = schema.$ref ?? nullableReference(schema);
  const parts = [
    ...Object.values(schema.properties ?? {}),
    ...(schema.items === undefined ? [] : [schema.items]),
  ];
  return [...new Set([...(ref === undefined ? [] : [refName(ref)]), ...parts.flatMap(typesNamedIn)])];
}

/** The names of all types that a schema needs, at any depth. */
export function typesBelow(
  types: Readonly<Record<string, Schema>>,
  schema: Schema,
  found = new Set<string>(),
): Set<string> {
  for (const name of typesNamedIn(schema)) {
    if (found.has(name)) continue;
    found.add(name);
    typesBelow(types, types[name]!, found);
  }
  return found;
}
