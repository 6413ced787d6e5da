import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { ServiceClient } from '../src/client.js';
import type { Clock } from '../src/clock.js';
import { systemClock } from '../src/clock.js';
import { ConfigurationError } from '../src/errors/errors.js';
import type { ClientOptions } from '../src/options/client-options.js';
import type { PacingRequest } from '../src/pacing/pacer.js';
import { clientFor, closeClients, failureOf } from './support/client.js';
import { FakeClock } from './support/fake-clock.js';
import { TestServer, createThing, credentials, respond, respondError } from './support/service.js';
import { eventually } from './support/wait.js';

afterEach(closeClients);

const canary = 'canary 13800138000';
const throwing = (): never => {
  throw new RangeError(canary);
};

/** An object that throws when this property is read. */
function holding(name: string): object {
  return Object.defineProperty({}, name, { enumerable: true, get: throwing });
}

describe('what the options of a client throw does not come out of its constructor', () => {
  test.each<[string, object]>([
    ['a getter', holding('retry')],
    ['a proxy', new Proxy({}, { ownKeys: throwing })],
    ['a getter of retry', { retry: holding('maxAttempts') }],
    ['a proxy in place of pacing', { pacing: new Proxy({}, { ownKeys: throwing }) }],
    ['a getter of a pacer', { pacing: { pacer: holding('acquire') } }],
    ['a getter of credentials', { credentials: holding('secretId') }],
    ['a getter of a dispatcher', { dispatcher: holding('dispatch') }],
    ['a proxy in place of a logger', { logger: new Proxy({}, { get: throwing }) }],
    ['a getter of a clock', { clock: holding('now') }],
    ['an endpoint without a text', { endpoint: { toString: throwing } }],
    ['a symbol as endpoint', { endpoint: Symbol('endpoint') }],
  ])('%s', (_name, options) => {
    const open = () => new ServiceClient(options);
    expect(open).toThrow(ConfigurationError);
    expect(open).not.toThrow(canary);
  });
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['an object', {}],
  ['a name', 'CreateThing'],
  ['an object that throws', holding('rules')],
])('what is no definition is refused: %s', async (_name, definition) => {
  const client = new ServiceClient({ credentials });
  const error = await failureOf(client.call(definition as never, {} as never));
  expect(error).toMatchObject({ code: 'InvalidOption', outcome: 'not-executed' });
  expect(error.message).toMatch(/definition must be one of defineAction/);
});

test.each<[string, unknown, unknown]>([
  ['nothing', undefined, undefined],
  ['a definition that throws', holding('host'), undefined],
  ['a signal that throws', createThing, holding('aborted')],
])('no slot is kept for %s, and nothing is thrown', async (_name, definition, signal) => {
  const client = clientFor({ url: 'http://127.0.0.1:9' });
  expect(await client.reserve(definition as never, signal as never)).toBeUndefined();
});

describe('what throws itself when it is looked at ends a call with an error of the family', () => {
  const evil: unknown = new Proxy(Object.create(null) as object, {
    get: () => throwEvil(),
    has: () => throwEvil(),
    getPrototypeOf: () => throwEvil(),
  });
  const throwEvil = (): never => {
    throw evil;
  };
  const rejectEvil = () => Promise.reject(evil as Error);

  test.each<[string, ClientOptions, string]>([
    ['a pacer', { pacing: { pacer: { acquire: throwEvil } } }, 'not-executed'],
    ['the promise of a pacer', { pacing: { pacer: { acquire: rejectEvil } } }, 'not-executed'],
    ['credentials', { credentials: throwEvil }, 'not-executed'],
    ['the promise of credentials', { credentials: rejectEvil }, 'not-executed'],
    ['a hook', { onRequest: throwEvil }, 'not-executed'],
    ['a clock', { clock: { ...systemClock, now: throwEvil } }, 'not-executed'],
    ['a dispatcher', { dispatcher: { dispatch: throwEvil } }, 'unknown'],
  ])('%s', async (_name, options, outcome) => {
    await using server = await TestServer.start();
    const client = clientFor(server, { retry: { maxAttempts: 1 }, ...options });
    expect(await failureOf(client.call(createThing, { Name: 'x' }))).toMatchObject({ outcome });
    expect(server.received).toEqual([]);
  });
});

test('an error of the family that a definition throws once the request was sent says nothing of this call', async () => {
  await using server = await TestServer.start((response) => respondError(response, 'InternalError'));
  const errors = () => {
    throw new ConfigurationError({ code: 'InvalidOption', message: canary });
  };
  const error = await failureOf(clientFor(server).call({ ...createThing, errors }, { Name: 'x' }));
  expect(error).toMatchObject({ code: 'UnexpectedFailure', outcome: 'unknown', action: 'CreateThing' });
  expect(error.message).not.toContain(canary);
});

describe('a clock of the caller’s own', () => {
  const withSchedule = (schedule: unknown) => ({ ...systemClock, schedule }) as Clock;

  test.each<[string, unknown]>([
    ['the timer', (callback: () => void, ms: number) => setTimeout(callback, ms).unref()],
    ['nothing', (callback: () => void, ms: number) => void setTimeout(callback, ms).unref()],
  ])('that schedules and returns %s is refused before anything is sent', async (_name, schedule) => {
    await using server = await TestServer.start();
    const client = clientFor(server, { clock: withSchedule(schedule) });
    const error = await failureOf(client.call(createThing, { Name: 'x' }));
    expect(error).toMatchObject({ code: 'InvalidOption', outcome: 'not-executed' });
    expect(error.message).toMatch(/clock must be a clock whose schedule returns a function that cancels/);
    expect(server.received).toEqual([]);
  });

  test('that throws when a timer is cancelled holds up no call', async () => {
    await using server = await TestServer.start();
    const clock = withSchedule((...args: Parameters<Clock['schedule']>) => {
      const cancel = systemClock.schedule(...args);
      return () => {
        cancel();
        throwing();
      };
    });
    expect(await clientFor(server, { clock }).call(createThing, { Name: 'x' })).toMatchObject({ TaskId: 7 });
  });

  test.each<[hand: 'monotonic' | 'now', how: string, given: unknown]>([
    ['monotonic', 'throws', throwing],
    ['monotonic', 'gives no number', () => NaN],
    ['now', 'throws', throwing],
    ['now', 'gives no number', () => Infinity],
    ['now', 'gives one of another kind', () => 5n],
  ])('whose %s %s is refused before anything is sent', async (hand, _how, given) => {
    await using server = await TestServer.start();
    const client = clientFor(server, { clock: { ...systemClock, [hand]: given } as Clock });
    const error = await failureOf(client.call(createThing, { Name: 'x' }));
    expect(error).toMatchObject({ code: 'InvalidOption', outcome: 'not-executed' });
    expect(error.message).toContain(`clock must be a clock whose ${hand} returns a number`);
    expect(server.received).toEqual([]);
  });

  /** Fails once, at the call of this number. */
  function failingOnce<Args extends unknown[], Value>(work: (...args: Args) => Value, at: number) {
    let count = 0;
    return (...args: Args): Value => (++count === at ? throwing() : work(...args));
  }

  const { monotonic, schedule } = systemClock;
  const numbers = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, index) => [first + index] as const);

  // The first time, it is refused.
  test.each(numbers(2, 40))(
    'that once does not say what time it is changes nothing: at call %i',
    async (at) => {
      await endsAll({ ...systemClock, monotonic: failingOnce(monotonic, at) });
    },
  );

  test.each(numbers(2, 12))('that once does not set a timer changes nothing: at call %i', async (at) => {
    await endsAll({ ...systemClock, schedule: failingOnce(schedule, at) });
  });

  /** Six calls, of which one is refused for good and some wait for a slot or a connection. */
  async function endsAll(clock: Clock): Promise<void> {
    await using server = await TestServer.start((response, _received, count) =>
      count === 2 ? respondError(response, 'InvalidParameter') : respond(response, { TaskId: count }),
    );
    const paced = { ...createThing, rateLimit: { limit: 3, windowMs: 20 } };
    const client = clientFor(server, { clock, maxConnections: 1 });
    const calls = Array.from({ length: 6 }, () => client.call(paced, { Name: 'x' }));
    const ends = await Promise.allSettled(calls);
    expect(ends.filter(({ status }) => status === 'fulfilled').length).toBe(5);
    expect(server.received.length).toBe(6);
    expect(client.stats()).toMatchObject({ calls: 0, connections: 1 });
  }

  test('that fires what was cancelled, and twice, changes nothing', async () => {
    await using server = await TestServer.start();
    const due: (() => void)[] = [];
    const clock = withSchedule((callback: () => void) => {
      due.push(callback);
      return () => {};
    });
    server.answer = async (response) => {
      await eventually(() => expect(due.length).toBeGreaterThan(0));
      response.end(JSON.stringify({ Response: { TaskId: 7, RequestId: 'r-1' } }));
    };
    const client = clientFor(server, { clock, pacing: false });
    expect(await client.call(createThing, { Name: 'x' })).toMatchObject({ TaskId: 7 });
    for (const callback of [...due, ...due]) callback();
    await client.close();
  });
});

describe('a signal of a library’s own', () => {
  /** As some polyfills make them. */
  class OwnSignal extends EventEmitter {
    aborted = false;
    reason: unknown;
    addEventListener = (name: string, listener: () => void) => this.on(name, listener);
    removeEventListener = (name: string, listener: () => void) => this.off(name, listener);

    abort(...event: unknown[]): void {
      this.aborted = true;
      this.reason = new Error('mine');
      this.emit('abort', ...event);
    }
  }

  test('ends a call, though its reason cannot be read', async () => {
    const signal = new OwnSignal();
    const client = new ServiceClient({ credentials: () => new Promise<never>(() => {}) });
    const call = failureOf(client.call(createThing, { Name: 'x' }, { signal: signal as never }));
    Object.defineProperty(signal, 'reason', { get: throwing, set() {} });
    signal.abort();
    expect(await call).toMatchObject({ code: 'Aborted', outcome: 'not-executed' });
    await client.close();
  });

  test.each<[string, unknown[]]>([
    ['no event', []],
    ['an event of nothing', [{ target: null }]],
    ['an event of something else', [{ target: new EventTarget() }]],
  ])('ends a call, though it gives %s', async (_name, event) => {
    const signal = new OwnSignal();
    const client = new ServiceClient({ credentials: () => new Promise<never>(() => {}) });
    const call = failureOf(client.call(createThing, { Name: 'x' }, { signal: signal as never }));
    signal.abort(...event);
    expect(await call).toMatchObject({ code: 'Aborted', cause: signal.reason });
    expect(signal.listenerCount('abort'), 'and is let go').toBe(0);
    await client.close();
  });
});

test('a pacer that fails later, when it is told that a request was sent, changes nothing', async () => {
  await using server = await TestServer.start();
  const fail = () => Promise.reject(new Error(canary));
  const acquire = () => Promise.resolve({ sent: fail, release: fail } as never);
  const client = clientFor(server, { pacing: { pacer: { acquire } } });
  const unhandled: unknown[] = [];
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', (error) => unhandled.push(error));
  expect(await client.call(createThing, { Name: 'x' })).toMatchObject({ TaskId: 7 });
  await new Promise((resolve) => void setImmediate(resolve));
  process.removeAllListeners('unhandledRejection');
  for (const other of others) process.on('unhandledRejection', other);
  expect(unhandled).toEqual([]);
});

describe('a pacer whose listener fails when it is told that a call has ended', () => {
  test.each<[string, unknown]>([
    ['at once', throwing],
    ['later', async () => throwing()],
    ['being no function', 7],
  ])('%s', async (_name, listener) => {
    await using server = await TestServer.start();
    let asked = 0;
    const acquire = ({ cancellation }: PacingRequest) => {
      asked++;
      cancellation.onCancel(listener as () => void);
      return new Promise<never>(() => {});
    };
    const clock = new FakeClock();
    const client = clientFor(server, { clock, pacing: { pacer: { acquire } } });
    const controller = new AbortController();
    const { signal } = controller;
    const call = (options = {}) => failureOf(client.call(createThing, { Name: 'x' }, options));
    const ended = Promise.all([call({ signal }), call({ signal }), call({ deadlineMs: 50 }), call()]);
    await eventually(() => expect(asked).toBe(4));
    controller.abort();
    await clock.advance(50);
    await client.close();
    expect((await ended).map(({ code }) => code)).toEqual([
      'Aborted',
      'Aborted',
      'DeadlineExceeded',
      'ClientClosed',
    ]);
    expect(server.received).toEqual([]);
  });
});
