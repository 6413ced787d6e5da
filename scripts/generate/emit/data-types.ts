import type { Model } from '../model/model.js';

/** The data types that actions share. */
export function emitDataTypes(model: Model, types: ReadonlyMap<string, string>): string {
  return Object.keys(model.types)
    .map((name) => types.get(name)!)
    .join('\n\n');
}
