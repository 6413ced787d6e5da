import type { RuleFault } from '@tccc/core/internal-params';
import { findFaults } from '@tccc/core/internal-params';
import { toValidationError } from '../../core/src/params/refusal.js';
import { describe, expect, test } from 'vitest';
import type { CallOptions, ValidationError } from '../src/index.js';
import { CreateAutoCalloutTask, OutboundClient, isValidationError } from '../src/index.js';

// How the cost of wrong parameters grows, without a clock: by counting what is read, and what is made of it.
const task = { SdkAppId: 1, NotBefore: 1, Callees: ['1'], Callers: ['2'], IvrId: 3 };

const many = <Item>(count: number, item: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => item(index));
const manyKeys = (count: number, value: unknown) =>
  Object.fromEntries(many(count, (index) => [`Unknown${index}`, value]));

/** Parameters that are wrong in a way that grows. */
const wrong: [name: string, make: (size: number) => object][] = [
  ['items without what is required', (size) => ({ CalleeAttributes: many(size, () => ({ callee: '1' })) })],
  ['items of a wrong type', (size) => ({ Callees: many(size, () => 1) })],
  ['empty items', (size) => ({ Callees: many(size, () => '') })],
  ['unknown parameters', (size) => manyKeys(size, 1)],
  ['unknown keys of an item', (size) => ({ Variables: [{ Key: 'k', Value: 'v', ...manyKeys(size, 1) }] })],
  [
    'items inside items',
    (size) => ({
      CalleeAttributes: many(size / 10, () => ({ Callee: '1', Variables: many(10, () => ({})) })),
    }),
  ],
  ['what is not plain data', (size) => ({ Callees: many(size, () => () => 1) })],
  ['unknown parameters that are not plain data', (size) => manyKeys(size, () => 1)],
  ['long names', (size) => ({ Variables: many(100, () => ({ ['x'.repeat(size)]: 1 })) })],
  ['lists in lists', (size) => ({ Callees: nested(size) })],
];

function nested(depth: number): unknown {
  let value: unknown = '1';
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}

/** The same value, and a count of the properties that are read of it, at any depth. */
function counted<Value extends object>(value: Value): { value: Value; reads: () => number } {
  let reads = 0;
  const seen = new WeakMap<object, object>();
  const wrap = (inner: unknown): unknown => {
    if (typeof inner !== 'object' || inner === null) return inner;
    const known = seen.get(inner);
    if (known !== undefined) return known;
    const proxy = new Proxy(inner, {
      get(target, key) {
        reads++;
        return wrap(Reflect.get(target, key));
      },
    });
    seen.set(inner, proxy);
    return proxy;
  };
  return { value: wrap(value) as Value, reads: () => reads };
}

const client = new OutboundClient({ site: 'intl', credentials: { secretId: 'AKIDx', secretKey: 'k' } });

async function refusal(params: unknown, options?: CallOptions): Promise<ValidationError> {
  const error: unknown = await client
    .createAutoCalloutTask(params as never, options)
    .catch((thrown: unknown) => thrown);
  if (!isValidationError(error)) throw error;
  return error;
}

const [SMALL, LARGE] = [2_000, 20_000];

describe.each(wrong)('ten times as many %s', (_name, make) => {
  test('are read at most ten times as often', async () => {
    const readsOf = async (size: number) => {
      const params = counted({ ...task, ...make(size) });
      await refusal(params.value);
      return params.reads();
    };
    expect(await readsOf(LARGE)).toBeLessThanOrEqual(10.1 * (await readsOf(SMALL)));
  });

  test('make no more faults, and the validator reads no more', () => {
    const found = [SMALL, LARGE].map((size) => {
      const params = counted({ ...task, ...make(size) });
      const faults = findFaults(CreateAutoCalloutTask.rules, params.value).length;
      return { faults, reads: params.reads() };
    });
    for (const { faults, reads } of found) {
      expect(faults).toBeGreaterThan(0);
      expect(faults).toBeLessThan(1_050);
      expect(reads).toBeLessThan(10_000);
    }
  });

  test('are refused with a count that ends, and few words', async () => {
    const { issueCount, issues, message } = await refusal({ ...task, ...make(LARGE) });
    expect(issueCount).toBeLessThanOrEqual(1_000);
    expect(issues.length).toBeLessThanOrEqual(50);
    expect(message.length).toBeLessThan(20_000);
    expect(message.includes('at least 1000 parameters are wrong')).toBe(issueCount === 1_000);
    if (issueCount === 1_000) expect(message).toMatch(/\n {2}- and at least 950 more$/);
  });
});

test('only faults that are shown are put into words', () => {
  let explained = 0;
  const fault = (index: number): RuleFault => ({
    path: ['Callees', index],
    rule: 'type',
    rules: { type: 'string' },
    get value() {
      explained++;
      return index;
    },
  });
  const refusal = {
    kind: 'faults',
    found: many(1_000, fault),
    odd: [],
    extra: [],
    timeZones: undefined,
  } as const;
  const { issues, issueCount } = toValidationError(CreateAutoCalloutTask, refusal);
  expect([issueCount, issues.length]).toEqual([1_000, 50]);
  expect(explained).toBe(50);
});

describe('extraParams', () => {
  test('with very many faults are refused like any other', async () => {
    const { issueCount, issues } = await refusal(task, { extraParams: manyKeys(LARGE, () => 1) });
    expect([issueCount, issues.length]).toEqual([1_000, 50]);
  });

  test('that repeat very many parameters are refused, and nothing else is thrown', async () => {
    const params = manyKeys(150_000, 1);
    const { issueCount, issues } = await refusal(params, { extraParams: params });
    expect([issueCount, issues.length]).toEqual([1_000, 50]);
  });
});
