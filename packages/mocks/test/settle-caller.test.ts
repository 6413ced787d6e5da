import type { OutboundClient } from '@tccc/outbound';
import { isTcccError } from '@tccc/outbound';
import { describe, expect, test } from 'vitest';
import { LIST, MARKER, SdkAppId, failureOf, setUp, task } from './settle-support.js';

/** Objects of a caller that do not bear being looked at. */
const thrower = () => {
  throw new Error('canary 13800138000');
};
const hostile: [string, (good: object) => unknown][] = [
  [
    'a getter that throws',
    (good) => Object.defineProperty({ ...good }, 'Name', { enumerable: true, get: thrower }),
  ],
  ['a proxy that throws at a look', (good) => new Proxy(good, { get: thrower })],
  ['a proxy that throws at its keys', (good) => new Proxy(good, { ownKeys: thrower })],
  ['a proxy that throws at its prototype', (good) => new Proxy(good, { getPrototypeOf: thrower })],
  ['a proxy that throws at a question', (good) => new Proxy(good, { has: thrower, get: thrower })],
  ['a list whose items throw', (good) => ({ ...good, Callees: new Proxy([], { get: thrower }) })],
  ['null', () => null],
  ['nothing', () => undefined],
  ['a text', () => 'canary'],
  ['a list', () => []],
];

describe('a source of credentials that hangs', () => {
  const hanging = () => setUp({ credentials: () => new Promise<never>(() => {}) });

  test('holds no lookup longer than it may take', async () => {
    const { client } = hanging();
    expect(
      await failureOf(client.settleAutoCalloutTask({ SdkAppId }, MARKER, { withinMs: 1 })),
    ).toMatchObject({ code: 'NoLookup', outcome: 'unknown' });
    await client.close();
  });

  test('nor one whose signal is aborted', async () => {
    const { client } = hanging();
    const controller = new AbortController();
    const options = { withinMs: 80_000_000, signal: controller.signal };
    const found = failureOf(client.settleAutoCalloutTask({ SdkAppId }, MARKER, options));
    controller.abort();
    expect(await found).toMatchObject({ code: 'Cancelled', outcome: 'unknown' });
    await client.close();
  });
});

describe('what the objects of a caller throw does not come out of any way to call', () => {
  type Way = (client: OutboundClient, params: never, options: never) => Promise<unknown>;
  const each: Way = async (client, params, options) => {
    for await (const _task of client.eachAutoCalloutTask(params, options)) break;
  };
  const ways: [string, Way, object][] = [
    ['a call', (client, params, options) => client.createAutoCalloutTask(params, options), task],
    [
      'a call that settles',
      (client, params, options) => client.createAutoCalloutTask(params, options ?? { settle: true }),
      task,
    ],
    [
      'a lookup',
      (client, params, options) => client.settleAutoCalloutTask(params, MARKER, options),
      { SdkAppId },
    ],
    ['a list', each, { SdkAppId }],
  ];

  test.each(ways)('%s: parameters', async (way, call, good) => {
    const { engine, client } = setUp();
    await using _open = client;
    for (const [name, spoil] of hostile) {
      // A lookup and a list need no more than they say, and look at nothing else.
      const error = await failureOf(call(client, spoil(good) as never, undefined as never));
      expect(isTcccError(error) && [name, error.code, error.outcome]).toEqual([
        name,
        'InvalidParams',
        'not-executed',
      ]);
      expect((error as Error).message + JSON.stringify(error)).not.toContain('canary');
      expect((error as Error).message, way).not.toContain('13800138000');
    }
    expect(engine.journal.size, 'nothing was sent').toBe(0);
  });

  test.each(ways)('%s: options', async (way, call, good) => {
    const { engine, client } = setUp();
    await using _open = client;
    const base = way === 'a call that settles' ? { settle: true } : {};
    const signals = [
      Object.defineProperty({ ...base }, 'signal', { enumerable: true, get: thrower }),
      new Proxy(base, { ownKeys: thrower, get: thrower }),
      { ...base, signal: new Proxy({}, { get: thrower }) },
    ];
    for (const options of signals) {
      const error = await failureOf((async () => call(client, good as never, options as never))());
      expect(isTcccError(error) && [error.code, error.outcome]).toEqual(['InvalidOption', 'not-executed']);
      expect((error as Error).message).not.toContain('canary');
    }
    expect(engine.journal.size).toBe(0);
  });

  test('the option settle itself', async () => {
    const { engine, client } = setUp();
    await using _open = client;
    for (const settle of [
      Object.defineProperty({}, 'marker', { enumerable: true, get: thrower }),
      new Proxy({}, { ownKeys: thrower }),
    ]) {
      const error = await failureOf(client.createAutoCalloutTask(task, { settle } as never));
      expect(error).toMatchObject({ code: 'InvalidOption', outcome: 'not-executed' });
    }
    const hidden = new Proxy({}, { has: thrower });
    expect(await failureOf(client.createAutoCalloutTask(task, hidden as never))).toMatchObject({
      code: 'InvalidOption',
    });
    expect(engine.journal.size).toBe(0);
  });

  test('nor what a signal throws that is asked again', async () => {
    const { client } = setUp();
    await using _open = client;
    const events = { addEventListener: () => {}, removeEventListener: () => {} };
    const signals = [
      { ...events, aborted: false, addEventListener: thrower },
      { ...events, aborted: false, removeEventListener: thrower },
    ];
    const found = signals.map((signal) =>
      failureOf(client.settleAutoCalloutTask({ SdkAppId }, MARKER, { withinMs: 0, signal } as never)),
    );
    expect(await Promise.all(found)).toMatchObject([{ code: 'Cancelled' }, { code: 'NotFound' }]);
  });

  test.each([[{ Tasks: {} }], [{ Tasks: 'text' }], [{ Tasks: 7 }]])(
    'nor what a list answers: %j',
    async (answer) => {
      const { engine, client } = setUp();
      await using _open = client;
      engine.respond(LIST, () => ({ TotalCount: 1, ...answer }) as never);
      expect(await failureOf(each(client, { SdkAppId } as never, undefined as never))).toMatchObject({
        code: 'IncompleteResponse',
        outcome: 'not-executed',
      });
      expect(
        await failureOf(client.settleAutoCalloutTask({ SdkAppId }, MARKER, { withinMs: 0 })),
      ).toMatchObject({
        code: 'NoLookup',
      });
    },
  );
});
