import type { ActionName } from '@tccc/outbound';
import type { Effect } from '../generated/effects.js';
import { effects } from '../generated/effects.js';

/** What is known of one kind of entity. */
export interface EntityKind extends Omit<Effect & { kind: 'creates' }, 'kind'> {
  /** Parameters of its creation that something shows, looks for or goes by. No other is kept. */
  readonly kept: ReadonlySet<string>;
}

export function effectOf(action: string): Effect {
  return effects[action as ActionName];
}

/** Every kind of entity that some action creates, by name; if several do, as the first of them says. */
export const entityKinds: ReadonlyMap<string, EntityKind> = new Map(
  Object.values(effects)
    .toReversed()
    .flatMap((effect) =>
      effect.kind === 'creates'
        ? [[effect.entity, { ...effect, kept: new Set(keptOf(effect)) }] as const]
        : [],
    ),
);

/** The id of an entity as the service writes it: a number, or a text of digits. */
export function idText({ idIsText }: Pick<EntityKind, 'idIsText'>, id: number): number | string {
  return idIsText === true ? String(id) : id;
}

function keptOf({ entity, progress }: Effect & { kind: 'creates' }): string[] {
  const { callers, tries, retries, uui, attributes } = progress?.calls ?? {};
  const calls = [callers, tries, retries, uui, attributes].filter((name) => name !== undefined);
  const times = progress === undefined ? [] : [progress.starts, progress.ends, progress.items, ...calls];
  const shown = Object.values(effects).flatMap((effect) => {
    if ((effect.kind !== 'reads' && effect.kind !== 'lists') || effect.entity !== entity) return [];
    const { required = {}, optional = [] } = effect.shows ?? {};
    const filters = effect.kind === 'lists' ? Object.values(effect.filters ?? {}) : [];
    return [
      ...Object.keys(required),
      ...optional,
      ...filters.flatMap((one) => Object.values(one) as string[]),
    ];
  });
  return [...times, ...shown];
}
