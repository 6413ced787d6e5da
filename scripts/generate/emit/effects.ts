import { documented } from '../docs.js';
import type { Action, Model } from '../model.js';
import { resolve } from '../model.js';
import { sampleOf } from '../samples.js';
import type { Schema } from '../spec.js';

/** What each action does to the things that the service keeps, for the mock. */
export function emitEffects(model: Model): string {
  const rows = model.actions.map((action) => `${action.name}: ${JSON.stringify(effectOf(action, model))}`);
  return [
    `import type { ActionName } from '@tccc/outbound';`,
    TYPES,
    documented(
      ['What each action does, by name.'],
      `export const effects: Readonly<Record<ActionName, Effect>> = { ${rows.join(',\n')} };`,
    ),
  ].join('\n\n');
}

function effectOf({ effect, result }: Action, model: Model): object {
  if (effect.kind === 'reads') return { ...effect, shows: shownFields(result, model) };
  if (effect.kind !== 'lists') return effect;
  const list = resolve(result.properties![effect.items]!, model);
  const item = resolve(list.items!, model);
  return item.properties === undefined ? effect : { ...effect, shows: shownFields(item, model) };
}

/** The fields that an entity is shown with, and a value for each that must be there. */
function shownFields(schema: Schema, model: Model): object {
  const fields = Object.entries(schema.properties ?? {}).filter(([name]) => name !== 'RequestId');
  const required = fields.filter(([name]) => schema.required?.includes(name) === true);
  return {
    required: Object.fromEntries(required.map(([name, field]) => [name, sampleOf(field, model)])),
    optional: fields.filter((field) => !required.includes(field)).map(([name]) => name),
  };
}

const TYPES = `/** Values of fields, by name. */
export type Values = Readonly<Record<string, number | string>>;

/** States in which an action is taken, by field. */
export type States = Readonly<Record<string, readonly (number | string)[]>>;

/** Codes that refuse an id that there is not, and an entity in another state. */
export interface Refusals {
  readonly missing?: string;
  readonly state?: string;
}

/** The fields that an entity is shown with. */
export interface Shown {
  /** Those that must be there, each with a value in case the entity has none. */
  readonly required: Readonly<Record<string, unknown>>;
  /** Those that are shown if the entity has them. */
  readonly optional: readonly string[];
}

/** What an action does to the things that the service keeps. */
export type Effect =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'creates';
      /** Kind of thing. It has the parameters of its creation as fields. */
      readonly entity: string;
      /** Field of the result with its id. */
      readonly id: string;
      /** More fields, as they are at first. */
      readonly initial?: Values;
      /** More fields, each with the number of items of a parameter. */
      readonly counts?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'reads';
      readonly entity: string;
      /** Parameter with its id. */
      readonly id: string;
      /** Lists whose items are shown as objects: the field, and what the item is called in the object. */
      readonly wraps?: Readonly<Record<string, string>>;
      readonly refusals: Refusals;
      readonly shows: Shown;
    }
  | {
      readonly kind: 'lists';
      readonly entity: string;
      /** Field of an item with its id; absent if the items are ids themselves. */
      readonly id?: string;
      /** What the items are part of, and the parameter with its id. */
      readonly of?: { readonly entity: string; readonly id: string };
      /** Fields of the result with the items of the page, and with the number of all items. */
      readonly items: string;
      readonly total: string;
      /** Parameters with the number of the page, which counts from \`first\`, and with its size. */
      readonly page: string;
      readonly first: number;
      readonly size: string;
      /** Parameters that keep only items whose field of the same name equals, or contains, their value. */
      readonly filters?: Readonly<Record<string, 'equals' | 'contains'>>;
      readonly refusals?: Refusals;
      readonly shows?: Shown;
    }
  | {
      readonly kind: 'changes';
      readonly entity: string;
      readonly id: string;
      /** Default: any state. */
      readonly from?: States;
      readonly to: Values;
      readonly refusals: Refusals;
    }
  | {
      readonly kind: 'replaces' | 'deletes';
      readonly entity: string;
      readonly id: string;
      readonly from?: States;
      readonly refusals: Refusals;
    };`;
