import { documented } from '../model/docs.js';
import type { Action, Model } from '../model/model.js';
import { resolve } from '../model/model.js';
import { sampleOf } from '../model/samples.js';
import { isNullable, nameOfType } from '../read/schema.js';
import type { Effect, Schema } from '../read/spec.js';
import { EFFECT_TYPES } from './effect-types.js';

/** What each action does to the things that the service keeps, for the mock. */
export function emitEffects(model: Model): string {
  const rows = model.actions.map((action) => `${action.name}: ${JSON.stringify(effectOf(action, model))}`);
  return [
    `import type { ActionName } from '@tccc/outbound';`,
    EFFECT_TYPES,
    documented(
      ['What each action does, by name.'],
      `export const effects: Readonly<Record<ActionName, Effect>> = { ${rows.join(',\n')} };`,
    ),
  ].join('\n\n');
}

function effectOf({ effect, request, result }: Action, model: Model): object {
  if (effect.kind === 'reads') return readOf(effect, result, model);
  if (effect.kind === 'lists') return listOf(effect, request, result, model);
  if (effect.kind === 'records')
    return { ...effect, shows: shownFields(itemOf(result.properties![effect.items]!, model), model) };
  if (effect.kind === 'record') return { ...effect, shows: shownFields(result, model) };
  if (effect.kind !== 'creates') return effect;
  const isText = nameOfType(resolve(result.properties![effect.id]!, model)) === 'string';
  return isText ? { ...effect, idIsText: true } : effect;
}

function listOf(effect: Effect & { kind: 'lists' }, request: Schema, result: Schema, model: Model): object {
  const item = itemOf(result.properties![effect.items]!, model);
  const { default: size } = resolve(request.properties![effect.size]!, model);
  return {
    ...effect,
    ...(size === undefined ? {} : { defaultSize: size }),
    ...(item.properties === undefined ? {} : { shows: shownFields(item, model) }),
  };
}

function readOf(effect: Effect & { kind: 'reads' }, result: Schema, model: Model): object {
  const { wraps, ...rest } = effect;
  const shows = shownFields(result, model);
  if (wraps === undefined) return { ...rest, shows };
  const wrapped = Object.entries(wraps).map(([field, as]) => {
    return [field, { as, shows: shownFields(itemOf(result.properties![field]!, model), model) }];
  });
  return { ...rest, wraps: Object.fromEntries(wrapped) as object, shows };
}

function itemOf(list: Schema, model: Model): Schema {
  return resolve(resolve(list, model).items ?? {}, model);
}

/** The fields that an entity is shown with, and a value for each that must be there. */
function shownFields(schema: Schema, model: Model): object {
  const fields = Object.entries(schema.properties ?? {}).filter(([name]) => name !== 'RequestId');
  const required = fields.filter(([name]) => schema.required?.includes(name) === true);
  return {
    required: Object.fromEntries(required.map(([name, field]) => [name, blankOf(field, model)])),
    optional: fields.filter((field) => !required.includes(field)).map(([name]) => name),
  };
}

/** The value of a field that must be there if there is nothing to show: the least that its type allows. */
function blankOf(given: Schema, model: Model): unknown {
  const schema = resolve(given, model);
  if (isNullable(schema)) return null;
  if (schema.enum !== undefined || schema.examples !== undefined) return sampleOf(given, model);
  switch (nameOfType(schema)) {
    case 'string':
      return ''.padEnd(schema.minLength ?? 0, '-');
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => blankOf(schema.items ?? {}, model));
    case 'integer':
    case 'number':
      return schema.minimum ?? 0;
    case 'boolean':
      return false;
    default:
      return (shownFields(schema, model) as { required: object }).required;
  }
}
