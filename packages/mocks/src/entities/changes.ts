import type { Values } from '../generated/effects.js';
import { effects } from '../generated/effects.js';
import type { EntityView } from './entities.js';
import { entityKinds } from './kinds.js';

/** An action that changes an entity, or deletes it. */
export interface EntityChange {
  action: string;
  /** Whether it is taken in the present state. */
  isPossible: boolean;
}

/** What can be done with an entity, and a word for the state that it is in; an empty one if there is no word for it. */
export function changesOf({ entity, fields }: EntityView): { state: string; changes: EntityChange[] } {
  const changes: EntityChange[] = [];
  const state = wordOf(entity, fields);
  const isOver = state === 'completed' || state === 'ended';
  for (const [action, effect] of Object.entries(effects)) {
    if ((effect.kind !== 'changes' && effect.kind !== 'deletes') || effect.entity !== entity) continue;
    const from = Object.entries(effect.from ?? {});
    // The service takes some changes in every state, but what is over stays as it is.
    const isInVain = isOver && effect.kind === 'changes';
    const isPossible = !isInVain && from.every(([name, allowed]) => allowed.includes(fields[name] as number));
    changes.push({ action, isPossible });
  }
  return { state, changes };
}

/** The state by the names that the spec has for them: waiting, running, paused, completed, ended. */
function wordOf(entity: string, fields: EntityView['fields']): string {
  const states = Object.entries(entityKinds.get(entity)?.progress?.states ?? {}) as [string, Values][];
  const found = states.find(([, values]) =>
    Object.entries(values).every(([name, value]) => fields[name] === value),
  );
  return found?.[0] ?? '';
}
