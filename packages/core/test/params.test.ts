import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ValidationError } from '../src/errors/errors.js';
import type { ActionDefinition } from '../src/action.js';
import { encodeParams as encode } from '../src/params/encode.js';
import type { Rules } from '../src/rules.js';
import { toPlainData } from '../src/params/plain-data.js';
import { suggestName } from '../src/errors/suggest.js';
import { createThing } from './support/service.js';

const anything = { ...createThing, maxRequestBytes: 1_000_000, rules: (): Rules => ({ type: 'object' }) };

/** None of the actions here has a time zone, so that there is nothing to wait for. */
const encodeParams = (action: ActionDefinition, params: unknown, extraParams: unknown) =>
  encode(action, params, { extraParams }) as Buffer;

async function refusal(params: unknown, extraParams?: unknown, action = anything): Promise<ValidationError> {
  const error = await Promise.resolve(encodeParams(action, params, extraParams)).catch(
    (thrown: unknown) => thrown,
  );
  if (error instanceof ValidationError) return error;
  throw new Error('was accepted', { cause: error });
}

test('what is sent is what was validated, whatever an array says that it is made of', () => {
  class Other extends Array {}
  const odd: unknown[] = ['a', 'b'];
  Object.defineProperty(odd, 'constructor', { value: { [Symbol.species]: Other } });
  const proxied = new Proxy(['a', 'b'], {
    get: (target, key, receiver) =>
      key === 'constructor'
        ? { [Symbol.species]: () => ['c', 'd'] }
        : key === 'slice'
          ? () => ['e']
          : (Reflect.get(target, key, receiver) as unknown),
  });
  for (const list of [odd, proxied]) {
    const { value, faults } = toPlainData({ List: list });
    expect(faults).toEqual([]);
    expect(value).toEqual({ List: ['a', 'b'] });
    expect(Object.getPrototypeOf((value as { List: unknown }).List)).toBe(Array.prototype);
  }
});

describe('encodeParams', () => {
  test('writes JSON as it stands, without what is undefined', () => {
    const params = { Name: '通知 📞', List: ['a'], Gone: undefined, Empty: [], Nothing: null };
    const body = encodeParams(anything, params, { Newer: { Deep: [1] } }).toString();
    expect(body).toBe('{"Name":"通知 📞","List":["a"],"Empty":[],"Nothing":null,"Newer":{"Deep":[1]}}');
  });

  test('is not changed by what happens to the parameters later', () => {
    const params = { Name: 'x', List: ['a'] };
    const body = encodeParams(anything, params, undefined);
    params.List.push('b');
    expect(body.toString()).toBe('{"Name":"x","List":["a"]}');
  });

  test('agrees with JSON.stringify for all plain data', () => {
    const data = fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(data, (params) => {
        fc.pre(!/\\ud[89a-f]|__proto__/.test(JSON.stringify(params)));
        expect(encodeParams({ ...anything, maxRequestBytes: 1e9 }, params, undefined).toString()).toBe(
          JSON.stringify(params),
        );
      }),
    );
  });

  test('writes long lists piece by piece, to the same bytes', async () => {
    const list = (length: number) =>
      Array.from({ length }, (_, index) => (index % 7 === 0 ? `通知 "${index}" 📞` : `${index}`));
    for (const length of [1_999, 2_000, 2_001, 4_000, 50_001]) {
      const params = {
        Before: { Deep: list(3) },
        List: list(length),
        Empty: [],
        Other: list(2_500),
        After: 'x',
      };
      const body = encodeParams({ ...anything, maxRequestBytes: 1e9 }, params, undefined);
      expect(body.equals(Buffer.from(JSON.stringify(params))), String(length)).toBe(true);
    }
    const broken = { List: [...list(3_000), 'half \uD83D'] };
    expect((await refusal(broken)).message).toContain('surrogate');
  });

  test('counts bytes, not characters', async () => {
    const fits = { ...anything, maxRequestBytes: Buffer.byteLength('{"Name":"通通"}') };
    expect(encodeParams(fits, { Name: '通通' }, undefined)).toHaveLength(fits.maxRequestBytes);
    const { message } = await refusal({ Name: '通通x' }, undefined, fits);
    expect(message).toMatch(/18 bytes.*at most 17 bytes/s);
  });

  test('lists every fault once, whether of shape or of kind', async () => {
    const error = await refusal({ Name: new Date() }, { ok: () => 1 }, createThing as never);
    expect(error.issues.map(({ path, rule }) => [path, rule])).toEqual([
      ['Name', 'plain-data'],
      ['extraParams.ok', 'extra-params'],
    ]);
    expect(error).toMatchObject({
      code: 'InvalidParams',
      outcome: 'not-executed',
      attempts: 0,
      issueCount: 2,
    });
  });

  test('refuses extra parameters that repeat one, or are no object', async () => {
    const named = { ...anything, rules: createThing.rules };
    expect((await refusal({ Name: 'x' }, { Name: 'y' }, named)).message).toContain(
      'holds a parameter that this version knows',
    );
    expect((await refusal({ Name: 'x' }, ['y'])).message).toContain('must be an object');
    expect((await refusal({ Name: 'x' }, { Long: 12n })).message).toContain(
      'extraParams.Long: JSON cannot hold a bigint',
    );
  });
});

describe('hostile parameters end in a clear refusal', () => {
  class Custom {
    Name = 'x';
  }
  const cyclic: Record<string, unknown> = {};
  cyclic.Self = { Back: cyclic };
  const deep = JSON.parse('{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000)) as unknown;
  let doubling: unknown = 'x';
  for (let level = 0; level < 30; level++) doubling = [doubling, doubling];

  test.each<[string, unknown, RegExp]>([
    [
      'a getter that throws',
      {
        get Name() {
          throw new Error('13800138000');
        },
      },
      /could not be read/,
    ],
    [
      'a proxy that throws',
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('13800138000');
          },
        },
      ),
      /could not be read/,
    ],
    ['a cycle', cyclic, /contains itself/],
    ['great depth', deep, /nests deeper than 32/],
    ['unfolding without end', { doubling }, /more values than a request/],
    ['an enormous sparse array', { List: new Array(4_000_000_000) }, /more values than a request/],
    ['a sparse array', { List: [1, , 3] }, /List\[1\]: JSON cannot hold undefined/], // oxlint-disable-line no-sparse-arrays
    ['an own __proto__', JSON.parse('{"__proto__":{"Name":"x"}}'), /named __proto__/],
    ['an instance', new Custom(), /plain object/],
    ['a date', { Name: new Date() }, /Name: is a Date; write Unix seconds/],
    ['a map', { Name: new Map() }, /plain object/],
    ['a boxed text', { Name: Object('x') as unknown }, /plain object/],
    ['a bigint', { Name: 1n }, /Name: JSON cannot hold a bigint/],
    ['NaN', { Name: Number.NaN }, /JSON cannot hold NaN/],
    ['Infinity', { Name: -Infinity }, /JSON cannot hold -Infinity/],
    ['a function', { Name: () => 1 }, /JSON cannot hold a function/],
    ['a symbol', { Name: Symbol('13800138000') }, /JSON cannot hold a symbol/],
    ['an own toJSON', { toJSON: () => '13800138000' }, /JSON cannot hold a function/],
    ['half a surrogate pair', { Name: 'x\uD83D' }, /surrogate/],
    ['half a surrogate pair in a name', { '\uDE00': 1 }, /surrogate/],
    ['nothing', undefined, /The parameters are missing; give them as an object/],
  ])('%s', async (_name, params, message) => {
    const error = await refusal(params);
    expect(error.message).toMatch(message);
    expect(inspect(error, { depth: 9 }) + JSON.stringify(error)).not.toContain('13800138000');
  });

  test('an inherited toJSON has no effect', () => {
    const list = Object.assign(['a'], { toJSON: () => 'tampered' });
    expect(encodeParams(anything, { List: list }, undefined).toString()).toBe('{"List":["a"]}');
  });

  test('a getter that changes its mind is read once', () => {
    let reads = 0;
    const params = { get Name() { return `read ${++reads}`; } }; // prettier-ignore
    expect(encodeParams(anything, params, undefined).toString()).toBe('{"Name":"read 1"}');
  });

  test('a text that only looks like half a surrogate pair is fine', () => {
    expect(encodeParams(anything, { Name: '\\ud83d \\\\ud83d 😀' }, undefined).toString()).toContain(
      '\\\\ud83d',
    );
  });

  test('objects of another realm and without prototype are plain', async () => {
    const { runInNewContext } = await import('node:vm');
    const foreign = runInNewContext('({ Name: "x", List: ["a"] })') as unknown;
    expect(toPlainData(foreign)).toEqual({ value: { Name: 'x', List: ['a'] }, faults: [] });
    expect(toPlainData(Object.assign(Object.create(null), { Name: 'x' })).faults).toEqual([]);
  });

  test('no input makes it throw anything else', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSet: true,
          withSparseArray: true,
          withTypedArray: true,
          withNullPrototype: true,
          withObjectString: true,
        }),
        async (params) => {
          try {
            const body = await encodeParams(anything, params, undefined);
            expect(JSON.parse(body.toString())).toBeDefined();
          } catch (error) {
            expect(error).toBeInstanceOf(ValidationError);
          }
        },
      ),
    );
  });
});

test.each([
  ['callees', 'Callees'],
  ['Calee', 'Callees'],
  ['ivrID', 'IvrId'],
  ['Something', undefined],
  ['x'.repeat(100), undefined],
])('suggestName(%s)', (name, expected) => {
  expect(suggestName(name, ['SdkAppId', 'Callees', 'Callers', 'IvrId'])).toBe(expected);
});

test('a request model of another SDK is refused with what to write instead', async () => {
  class Model {
    Name = 'x';
    Other = null;
    deserialize(): void {}
    to_json_string(): string {
      return JSON.stringify(this);
    }
  }
  const remedy = 'JSON.parse(JSON.stringify(request, (_, value) => value ?? undefined))';
  const model = new Model();
  expect((await refusal(model)).message).toContain(
    `is a request model of another SDK; write plain data: ${remedy}`,
  );
  expect((await refusal({ Inner: [model] })).issues.map(({ path }) => path)).toEqual(['Inner[0]']);
  const plain: unknown = JSON.parse(JSON.stringify(model, (_, value: unknown) => value ?? undefined));
  expect(encodeParams(anything, plain, undefined).toString()).toBe('{"Name":"x"}');
});
