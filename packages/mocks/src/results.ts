import type { ActionDefinition } from '@tccc/outbound';
import { fixtures } from './generated/fixtures.js';

/** The documented example responses, so that results have every field that they should. */
const documented = new Map<string, Record<string, unknown>>(
  fixtures.map(({ action, result }) => [action, result]),
);

/** The ids of a result: the fields that the definition names, all for the one thing that was created. */
export function idsOf({ result }: ActionDefinition, createdId: number): Record<string, number> {
  return Object.fromEntries((result.ids ?? []).map((field) => [field, createdId]));
}

/** What the service answers to a request that succeeded, in the fields of the documented example. */
export function resultOf(definition: ActionDefinition, createdId?: number): Record<string, unknown> {
  const fields = documented.get(definition.name) ?? {};
  return createdId === undefined ? fields : { ...fields, ...idsOf(definition, createdId) };
}
