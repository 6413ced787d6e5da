import type { ActionDefinition } from '@tccc/outbound';
import { effectOf, idText } from '../entities/kinds.js';
import { fixtures } from '../generated/fixtures.js';

/** The documented example responses, so that results have every field that they should. */
const documented = new Map<string, Record<string, unknown>>(
  fixtures.map(({ action, result }) => [action, result]),
);

/** The ids of a result: the fields that the definition names, all for the one thing that was created. */
export function idsOf(
  { name, result }: ActionDefinition,
  createdId: number,
): Record<string, number | string> {
  const effect = effectOf(name);
  const ids: Record<string, number | string> = {};
  for (const field of result.ids ?? []) ids[field] = createdId;
  if (effect.kind === 'creates') ids[effect.id] = idText(effect, createdId);
  return ids;
}

/** What the service answers to a request that succeeded, in the fields of the documented example. */
export function resultOf(definition: ActionDefinition, createdId?: number): Record<string, unknown> {
  const fields = documented.get(definition.name) ?? {};
  return createdId === undefined ? fields : { ...fields, ...idsOf(definition, createdId) };
}
