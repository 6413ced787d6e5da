import type { Effect, Progress, Shown } from '../generated/effects.js';
import { AnswerSize } from './answer-size.js';
import type { Entity } from './entity.js';

type Fields = Record<string, unknown>;
type Wraps = NonNullable<(Effect & { kind: 'reads' })['wraps']>;

/** The fields that are shown, of all that there are. */
export function show({ required, optional }: Shown, valueOf: (name: string) => unknown): Fields {
  const shown: Fields = {};
  for (const [name, blank] of Object.entries(required)) shown[name] = valueOf(name) ?? blank;
  for (const name of optional) {
    const value = valueOf(name);
    if (value !== undefined) shown[name] = value;
  }
  return shown;
}

/** The lists of an entity whose items are shown as objects. */
export function showWrapped(entity: Entity, wraps: Wraps, nowMs: number): Fields {
  const finished = entity.finished(nowMs);
  const size = new AnswerSize();
  const lists = Object.entries(wraps).map(([field, { as, shows }]) => {
    const items = entity.field(field, nowMs);
    const { progress } = entity.kind;
    const about = progress?.items === field ? progress.item : undefined;
    const wrap = (item: unknown, index: number) => {
      const own = isObject(item) ? item : { [as]: item };
      const fields: Fields = {
        ...own,
        ...(about === undefined ? {} : stateOf(about, entity.id, index, finished)),
      };
      return size.count(show(shows, (name) => fields[name]));
    };
    return [field, Array.isArray(items) ? items.map(wrap) : []];
  });
  return Object.fromEntries(lists) as Fields;
}

/** The id of the part of an entity that belongs to one of its items: the same each time, and of no other. */
export function partId(id: number, index: number): string {
  const hex = id.toString(16).padStart(14, '0');
  const last = index.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-40${hex.slice(12)}-8000-${last}`;
}

function stateOf(item: NonNullable<Progress['item']>, id: number, index: number, finished: number): Fields {
  const isFinished = index < finished;
  const parts = item.parts === undefined ? {} : { [item.parts]: isFinished ? [partId(id, index)] : [] };
  return { ...(isFinished ? item.finished : item.waiting), ...parts };
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
