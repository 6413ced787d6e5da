import type { ActionName } from '@tccc/outbound';
import type { FixtureCase } from '../generated/fixtures.js';
import { fixtures } from '../generated/fixtures.js';
import type { FieldsOf, ParamsOf } from '../engine/scripts.js';

/** What the documentation shows of one action, with its types. */
export interface ActionFixture<Name extends ActionName> {
  action: Name;
  /** The documented example request. */
  request: ParamsOf<Name>;
  /** The documented example response, without its envelope. */
  result: FieldsOf<Name> & { RequestId: string };
  /** The edges of its parameters. */
  cases: readonly FixtureCase[];
}

/**
 * The fixture of one action: a copy, which you may change.
 *
 * @throws Error if there is no such action
 * @example
 * await client.createAutoCalloutTask({ ...fixtureOf('CreateAutoCalloutTask').request, Name: 'spring' });
 */
export function fixtureOf<Name extends ActionName>(action: Name): ActionFixture<Name> {
  const found = fixtures.find((fixture) => fixture.action === action);
  if (found !== undefined) return structuredClone(found) as unknown as ActionFixture<Name>;
  const known = fixtures.map((fixture) => fixture.action).join(', ');
  throw new Error(`There is no action "${String(action)}". There are: ${known}.`);
}
