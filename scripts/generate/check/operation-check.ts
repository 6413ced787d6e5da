import type { Places, Problem } from '../read/problems.js';
import { nameOfType, resolveIn } from '../read/schema.js';
import type { Operation, Schema, SpecDocument } from '../read/spec.js';

export type Properties = Readonly<Record<string, Schema>>;

/** What checks have in common that look at the fields of several actions. */
export class OperationCheck {
  readonly problems: Problem[] = [];
  protected readonly operations: readonly Operation[];
  readonly #types: Readonly<Record<string, Schema>>;
  readonly #places: Places;

  constructor(document: SpecDocument, places: Places) {
    this.#places = places;
    this.#types = document.components?.schemas ?? {};
    this.operations = Object.values(document.paths).map(({ post }) => post);
  }

  /** Refuses names of fields that there are not, and fields of a type that makes no sense there. */
  protected field(
    at: object,
    key: string,
    names: readonly string[],
    fields: Properties,
    types?: readonly string[],
  ): void {
    for (const name of names) {
      if (!Object.hasOwn(fields, name)) {
        const remedy = `The fields are: ${Object.keys(fields).join(', ')}.`;
        this.refuse(at, key, `${key} names ${name}, which is not a field`, remedy);
        continue;
      }
      const type = this.typeOf(fields[name]!);
      if (types === undefined || types.includes(type)) continue;
      const remedy = `Name a field of type ${types.join(' or ')}.`;
      this.refuse(at, key, `${key} names ${name}, whose type is ${type}`, remedy);
    }
  }

  /** The field itself, or the type that it refers to. */
  protected resolved(field: Schema): Schema {
    return resolveIn(this.#types, field);
  }

  protected typeOf(field: Schema): string {
    return nameOfType(this.resolved(field));
  }

  /** The fields of the items of a list; none if they are no objects. */
  protected itemFields(list: Schema | undefined): Properties {
    if (list === undefined || this.typeOf(list) !== 'array') return {};
    return this.resolved(this.resolved(list).items ?? {}).properties ?? {};
  }

  protected refuse(at: object, key: string, says: string, remedy: string): void {
    this.problems.push({ ...this.#places.of(at, key), says, remedy });
  }
}

export function fieldsOf({ requestBody, responses }: Operation): {
  request: Properties;
  result: Properties;
  required: readonly string[];
} {
  const { schema } = requestBody.content['application/json'];
  const result = responses['200'].content['application/json'].schema.properties!;
  return { request: schema.properties!, result, required: schema.required ?? [] };
}
