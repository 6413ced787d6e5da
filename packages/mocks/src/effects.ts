import type { ActionDefinition, ActionName } from '@tccc/outbound';
import { effects } from './generated/effects.js';
import { fixtures } from './generated/fixtures.js';

/** The documented example responses, so that results have every field that they should. */
const documented = new Map<string, Record<string, unknown>>(
  fixtures.map(({ action, result }) => [action, result]),
);

/** Whether a request of this action creates something. */
export function isCreation({ name }: ActionDefinition): boolean {
  return effects[name as ActionName].kind === 'creates';
}

/** The ids of a result: the fields that the definition names, all for the one thing that was created. */
export function idsOf({ result }: ActionDefinition, createdId: number): Record<string, number> {
  return Object.fromEntries((result.ids ?? []).map((field) => [field, createdId]));
}

/** What the service answers to a request that succeeded, in the fields of the documented example. */
export function resultOf(definition: ActionDefinition, createdId?: number): Record<string, unknown> {
  const fields = documented.get(definition.name) ?? {};
  return createdId === undefined ? fields : { ...fields, ...idsOf(definition, createdId) };
}
