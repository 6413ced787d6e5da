import { documented } from '../docs.js';
import type { Model } from '../model.js';
import { boundaryCases } from '../samples.js';

/** The documented examples, and the edges of every field with the verdict that they must get. */
export function emitFixtures(model: Model): string {
  const fixtures = model.actions.map((action) => ({
    action: action.name,
    request: action.exampleRequest,
    result: action.exampleResult,
    cases: boundaryCases(action, model),
  }));
  return [
    `import type { ActionName } from '@tccc/outbound';`,
    documented(
      ['One change to the documented example request.'],
      `export interface FixtureCase {
      name: string;
      /** The field that is changed. */
      path: readonly string[];
      /** Its new value; absent if the field is removed. */
      value?: unknown;
      /** A fault that the change must cause; absent if the request stays valid. */
      fault?: { path: string; rule: string };
    }`,
    ),
    documented(
      ['What the documentation shows of an action, and the edges of its parameters.'],
      `export interface ActionFixtures {
      action: ActionName;
      /** The documented example request. */
      request: Record<string, unknown>;
      /** The documented example response, without its envelope. */
      result: Record<string, unknown>;
      cases: readonly FixtureCase[];
    }`,
    ),
    documented(
      ['Fixtures of every action.'],
      `export const fixtures: readonly ActionFixtures[] = ${JSON.stringify(fixtures)};`,
    ),
  ].join('\n\n');
}
