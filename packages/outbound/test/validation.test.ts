import { findFaults } from '@tccc/core/internal-params';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Issue, ValidationError } from '../src/index.js';
import { CreateAutoCalloutTask, OutboundClient, isValidationError } from '../src/index.js';

const client = new OutboundClient({
  site: 'intl',
  credentials: { secretId: 'AKIDx', secretKey: 'k' },
  // Any use of the network would show.
  dispatcher: {
    dispatch() {
      throw new Error('the network was used');
    },
  },
});

const task = {
  SdkAppId: 1400000000,
  NotBefore: 1_700_000_000,
  Callees: ['008613012345678'],
  Callers: ['02'],
  IvrId: 8,
};

/** The range of a parameter, which the spec may change. */
function rangeOf(name: string): { min: number; max: number } {
  const { minimum, maximum } = CreateAutoCalloutTask.rules().properties![name]!;
  return { min: minimum!, max: maximum! };
}
const [tries, interval] = [rangeOf('Tries'), rangeOf('RetryInterval')];

/** What the message says of a rule that no page states, and of a value that a request cannot carry in any case. */
const OURS = ' (a check of this SDK: the documentation does not state it)';

/** The same of a value that the service may take, and of a rule that the page states. */
const ours = (name: string) =>
  ` (a check of this SDK: the documentation does not state it; if the service takes it, pass the call option checks: { ${name}: 'off' })`;
const stated = (name: string) =>
  ` (the documentation of 2026-03-27 states it; if the service takes it, pass the call option checks: { ${name}: 'off' })`;

async function issuesOf(params: unknown): Promise<readonly Issue[]> {
  const error = await client.createAutoCalloutTask(params as never).catch((thrown: unknown) => thrown);
  if (!isValidationError(error)) throw error;
  return error.issues;
}

describe('a request with mistakes', () => {
  test('is refused with every fault at once', async () => {
    const { IvrId: _gone, ...rest } = task;
    const issues = await issuesOf({
      ...rest,
      IvrID: 8,
      Tries: tries.max + 1,
      NotBefore: 1_700_000_000_000,
      Callees: [13012345678, ''],
      CalleeAttributes: [{ Calee: 'x', Variables: [{ Key: 'k' }] }],
      AvailableTime: [{ StartTime: '9:00' }],
    });
    expect(issues.map(({ path, rule }) => `${path} ${rule}`).sort()).toEqual(
      [
        ' anyOf',
        'AvailableTime[0].StartTime pattern',
        'CalleeAttributes[0].Callee required',
        'CalleeAttributes[0].Calee additionalProperties',
        'CalleeAttributes[0].Variables[0].Value required',
        'Callees[0] type',
        'Callees[1] minLength',
        'IvrID additionalProperties',
        'NotBefore maximum',
        'Tries maximum',
      ].sort(),
    );
  });

  test.each<[string, object, string]>([
    ['a slip', { IvrID: 1 }, 'IvrID: is not a known name; did you mean IvrId?'],
    ['the name of the other action', { IVRId: 1 }, 'IVRId: is not a known name; did you mean IvrId?'],
    [
      'too large',
      { Tries: tries.max + 1 },
      `Tries: expected an integer from ${tries.min} to ${tries.max} attempts, but got ${tries.max + 1}` +
        stated('Tries'),
    ],
    [
      'too small',
      { RetryInterval: interval.min - 1 },
      `RetryInterval: expected an integer from ${interval.min} to ${interval.max} seconds, but got ${interval.min - 1}` +
        stated('RetryInterval'),
    ],
    [
      'milliseconds',
      { NotAfter: 1_700_000_000_001 },
      'NotAfter: expected Unix seconds (divide Unix milliseconds by 1000 and drop the fraction), but got an integer of 13 digits, which looks like milliseconds' +
        OURS,
    ],
    ['order', { NotAfter: 1_600_000_000 }, 'NotAfter: must be greater than NotBefore' + ours('NotAfter')],
    ['type', { Name: 5 }, 'Name: expected a string, but got an integer of 1 digit'],
    [
      'an empty list',
      { Callees: [] },
      'Callees: expected an array of at least 1 item, but got an empty array' + ours('Callees'),
    ],
    [
      'format',
      { AvailableTime: [{ EndTime: '24:00:00' }] },
      'AvailableTime[0].EndTime: expected a 24-hour time HH:mm:ss, but got a string of 8 characters' +
        stated('AvailableTime'),
    ],
    ...(
      [
        ['Asia/Beijing', '; did you mean Asia/Shanghai?'],
        ['asia/shanghai', '; did you mean Asia/Shanghai?'],
        ['Shanghai', '; did you mean Asia/Shanghai?'],
        ['Asia/Shangai', '; did you mean Asia/Shanghai?'],
        ['US/Pacific-New', '; did you mean America/Los_Angeles?'],
        ['SystemV/EST5EDT', '; did you mean America/New_York?'],
        ['utc', '; did you mean UTC?'],
        ['CST', '; it could mean Asia/Shanghai, America/Mexico_City, America/Chicago or America/Havana'],
        ['IST', '; it could mean Asia/Kolkata, Europe/Dublin or Asia/Jerusalem'],
        ['BST', '; it could mean Europe/London or Asia/Dhaka'],
        ['+08:00', '; write one such as Asia/Shanghai'],
        ['Nowhere/At_All', '; write one such as Asia/Shanghai'],
        ['x'.repeat(100_000), '; write one such as Asia/Shanghai'],
      ] as const
    ).map(([TimeZone, meant]): [string, object, string] => [
      `a time zone that IANA does not have: ${TimeZone.slice(0, 20)}`,
      { TimeZone },
      `TimeZone: is not an IANA time zone name${meant}${ours('TimeZone')}`,
    ]),
    [
      'newer',
      { RetryHangupTypes: ['202'] },
      'RetryHangupTypes: was documented after this version was made; pass it in the call option extraParams',
    ],
    [
      'beyond exact integers',
      { AIAgentId: 2 ** 53 },
      'AIAgentId: expected an integer from -9007199254740991 to 9007199254740991, but got an integer of 16 digits' +
        OURS,
    ],
    ['null', { Name: null }, 'Name: expected a string, but got null'],
  ])('says what is wrong and what is allowed: %s', async (_name, change, message) => {
    const issues = await issuesOf({ ...task, ...change });
    expect(issues.map((issue) => issue.message)).toEqual([message]);
  });

  test('lists allowed values of an enumeration', async () => {
    const error = await client
      .createPredictiveDialingCampaign({ CallOrder: 2 } as never)
      .catch((thrown: unknown) => thrown);
    expect((error as ValidationError).message).toContain(
      "CallOrder: expected one of 0, 1, but got 2 (the documentation of 2024-09-09 states it; if the service takes it, pass the call option checks: { CallOrder: 'off' })",
    );
    expect((error as ValidationError).issueCount).toBe(11);
  });

  test('shows no value, whatever and wherever it is', async () => {
    const canaries = ['+86 138-0013-8000', '13800138000', 'AKIDz8krbsJ5yKBZ', 13800138000];
    for (const canary of canaries) {
      for (const field of Object.keys(task)) {
        for (const value of [
          canary,
          [canary],
          [{ Callee: canary, Wrong: canary }],
          { [String(canary)]: canary },
        ]) {
          const error: unknown = await client
            .createAutoCalloutTask({ ...task, [field]: value, Tries: 0, [String(canary)]: 1 } as never)
            .catch((thrown: unknown) => thrown);
          expect(isValidationError(error)).toBe(true);
          const shown =
            inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error) + String(error);
          expect(shown).not.toContain(String(canary));
        }
      }
    }
  });

  test('is bounded, however many faults there are', async () => {
    const error = await client
      .createAutoCalloutTask({ ...task, Callees: new Array(100_000).fill('') as string[] })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ issueCount: 1000 });
    expect((error as ValidationError).issues).toHaveLength(50);
    expect((error as ValidationError).message).toContain('at least 1000 parameters are wrong');
    expect((error as ValidationError).message).toContain('and at least 950 more');
  });

  test('no input gets past the validator to the network unless it is valid', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.anything({ withBigInt: true, withDate: true, withSparseArray: true }),
        async (params) => {
          const error = await client
            .createAutoCalloutTask(params as never)
            .catch((thrown: unknown) => thrown);
          expect(isValidationError(error)).toBe(true);
        },
      ),
    );
  });
});

test('both IvrId and AIAgentId may be given, and properties that are undefined do not count', async () => {
  expect(findFaults(CreateAutoCalloutTask.rules, { ...task, AIAgentId: 5 })).toEqual([]);
  const issues = await issuesOf({ ...task, IvrId: undefined });
  expect(issues.map(({ rule }) => rule)).toEqual(['anyOf']);
});
