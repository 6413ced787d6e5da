import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { join } from 'node:path';
import { findFaults } from '../../packages/core/src/params/validator.js';
import { loadSpec } from '../generate/load-spec.js';
import { rulesOf } from '../generate/model/lower-rules.js';
import type { Model } from '../generate/model/model.js';
import { boundsOf, buildModel, resolve } from '../generate/model/model.js';
import { nameOfType } from '../generate/read/schema.js';
import type { Schema } from '../generate/read/spec.js';
import { root } from '../support/root.js';

const model = buildModel(await loadSpec(join(root, 'spec')));

/** Rules that JSON Schema does not have, or has in another sense. */
const OURS = new Set(['ordered', 'format']);

/** A schema as any validator knows it: no references, and the numbers of a format as limits. */
function plain(given: Schema, { types }: Model): Record<string, unknown> {
  const { items, properties, ...schema } = resolve(given, { types } as Model);
  const isNumber = schema.enum === undefined && ['integer', 'number'].includes(nameOfType(schema));
  const { min, max } = isNumber ? boundsOf(schema) : {};
  return {
    ...schema,
    ...(max === undefined ? {} : { maximum: max }),
    ...(min === undefined ? {} : { minimum: min }),
    ...(items === undefined ? {} : { items: plain(items, model) }),
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, field]) => [name, plain(field, model)]),
          ),
        }),
  };
}

const oddValues = fc.oneof(
  fc.jsonValue(),
  fc.integer(),
  fc.constantFrom<unknown>('', '09:00:00', '25:00:00', -1, 0, 1.5, 1e20, 9_999_999_999, 1e13, [], {}, ['']),
  fc.constantFrom<unknown>([1], [{}], [{ Key: 'a', Value: 1 }], [{ Key: '', Value: 'x', Oops: 1 }]),
  fc.constantFrom<unknown>([{ Callee: '1', Variables: [{}] }], [{ StartTime: '1', EndTime: '10:00:00' }]),
);

describe.each(model.actions.map((action) => [action.name, action] as const))('%s', (_name, action) => {
  test('takes and refuses what another validator takes and refuses', () => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const isValid = ajv.compile(plain(action.request, model));
    const rules = rulesOf(action.request, model, action.newerParameters);
    const names = [...Object.keys(action.request.properties!), 'NoSuchParameter'];
    const changes = fc.array(fc.tuple(fc.constantFrom(...names), oddValues), { maxLength: 3 });
    const counts = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(changes, fc.subarray(names, { maxLength: 1 }), (set, removed) => {
        const params = { ...(action.exampleRequest as object), ...Object.fromEntries(set) };
        for (const name of removed) Reflect.deleteProperty(params, name);
        const faults = findFaults(() => rules, params).filter(({ rule }) => !OURS.has(rule));
        expect(faults.length === 0, JSON.stringify(params)).toBe(isValid(params));
        counts[faults.length === 0 ? 'taken' : 'refused']++;
      }),
      { numRuns: 500, seed: 1 },
    );
    expect(Math.min(counts.taken, counts.refused)).toBeGreaterThan(10);
  });
});
