import type { Path } from '../../../packages/core/src/params/fault.js';
import { toIssue } from '../../../packages/core/src/params/issues.js';
import { findFaults } from '../../../packages/core/src/params/validator.js';
import { rulesOf } from '../model/lower-rules.js';
import type { Action, Model } from '../model/model.js';
import type { Places, Problem } from '../read/problems.js';
import { resolveIn } from '../read/schema.js';
import type { Schema, SpecDocument } from '../read/spec.js';

/** Values in the spec that its own rules refuse: documented requests and results, examples and defaults of fields. */
export function exampleProblems(document: SpecDocument, model: Model, places: Places): Problem[] {
  const problems: Problem[] = [];
  const check = (schema: Schema, value: unknown, holder: object, key: string | number) => {
    const faults = findFaults(() => rulesOf(schema, model), value);
    for (const fault of faults.slice(0, 10)) {
      problems.push({
        ...placeOf(places, holder, key, value, fault.path),
        says: `the example is refused: ${toIssue(fault).message}`,
        remedy: 'Correct the example, or the rule.',
      });
    }
  };
  for (const { name, request, exampleRequest, result, exampleResult } of model.actions) {
    const { requestBody, responses } = document.paths[`/${name}`]!.post;
    check(request, exampleRequest, requestBody.content['application/json'].examples.documented, 'value');
    check(
      closed(result, model),
      exampleResult,
      responses['200'].content['application/json'].examples.documented,
      'value',
    );
  }
  for (const schema of schemasOf(document, model.actions)) {
    const { examples = [], default: standard, ...rule } = schema;
    for (const [index, example] of examples.entries()) check(rule, example, examples, index);
    if (standard !== undefined) check(rule, standard, schema, 'default');
  }
  return problems;
}

/** The line of the innermost part of the value that a path names. */
function placeOf(places: Places, holder: object, key: string | number, value: unknown, path: Path) {
  let place = places.of(holder, key);
  let at = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null) break;
    place = places.of(at, step);
    at = (at as Record<string, unknown>)[step];
  }
  return place;
}

/** A result as its example must be: with no field that is not declared. */
function closed(schema: Schema, model: Model): Schema {
  const { items, properties, ...rest } = resolveIn(model.types, schema);
  return {
    ...rest,
    ...(items === undefined ? {} : { items: closed(items, model) }),
    ...(properties === undefined
      ? {}
      : {
          additionalProperties: false,
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, field]) => [name, closed(field, model)]),
          ),
        }),
  };
}

/** Every schema of the spec that has examples or a default. */
function schemasOf(document: SpecDocument, actions: readonly Action[]): Schema[] {
  const visit = (schema: Schema): Schema[] => {
    const parts = [
      ...Object.values(schema.properties ?? {}),
      ...(schema.items === undefined ? [] : [schema.items]),
    ];
    const isOne = schema.examples !== undefined || schema.default !== undefined;
    return [...(isOne ? [schema] : []), ...parts.flatMap(visit)];
  };
  const results = actions.map(({ name }) => document.paths[`/${name}`]!.post.responses['200']);
  return [
    ...Object.values(document.components?.schemas ?? {}),
    ...actions.map(({ request }) => request),
    ...results.map(({ content }) => content['application/json'].schema),
  ].flatMap(visit);
}
