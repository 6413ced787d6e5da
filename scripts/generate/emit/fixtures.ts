import { documented } from '../model/docs.js';
import type { Model } from '../model/model.js';
import { boundaryCases } from '../model/samples.js';

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
    '/** Fixtures of every action. */',
    `// prettier-ignore\nexport const fixtures: readonly ActionFixtures[] = [\n${fixtures.map(fixtureText).join(',\n')},\n];`,
  ].join('\n\n');
}

/** One case to a line: there are thousands, and a formatter would take seconds. */
function fixtureText({ cases, ...rest }: { cases: readonly object[] }): string {
  const fields = Object.entries(rest).map(([name, value]) => `    ${name}: ${JSON.stringify(value)},\n`);
  const lines = cases.map((one) => `      ${JSON.stringify(one)},\n`);
  return `  {\n${fields.join('')}    cases: [\n${lines.join('')}    ],\n  }`;
}
