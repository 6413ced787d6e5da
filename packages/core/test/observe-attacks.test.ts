import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, tracingChannel, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, describe, expect, test } from 'vitest';
import type { ClientOptions, Logger, ResponseInfo, RetryMessage, Traced } from '../src/index.js';
import { channelNames } from '../src/index.js';
import { clientFor, closeClients, failureOf } from './support/client.js';
import { FakeClock } from './support/fake-clock.js';
import { TestServer, createThing, credentials, respond, respondError } from './support/service.js';
import { uncaughtDuring } from './support/uncaught.js';
import { turns } from './support/wait.js';

const undo: (() => void)[] = [];
afterEach(async () => {
  for (const one of undo.splice(0)) one();
  await closeClients();
});

function onStart(name: string, start: (trace: Traced) => void): void {
  const channel = tracingChannel(name);
  const subscribers = { start, end() {}, asyncStart() {}, asyncEnd() {}, error() {} } as never;
  channel.subscribe(subscribers);
  undo.push(() => channel.unsubscribe(subscribers));
}

function listen<Message>(name: string): Message[] {
  const heard: Message[] = [];
  const listener = (message: unknown) => void heard.push(message as Message);
  subscribe(name, listener);
  undo.push(() => unsubscribe(name, listener));
  return heard;
}

const boom = () => {
  throw new Error('boom');
};

describe('a listener that misbehaves changes nothing of a call, which is sent once', () => {
  const runs: [string, unknown][] = [
    ['runs nothing', () => undefined],
    ['runs it twice', (inside: () => unknown) => [inside(), inside()][1]],
    ['runs it later', (inside: () => unknown) => void setImmediate(inside)],
    ['throws before', boom],
    ['throws after', (inside: () => unknown) => (inside(), boom())],
    ['is no function', 7],
  ];
  test.each(runs)('run of a trace that %s', async (_what, run) => {
    await using server = await TestServer.start();
    for (const name of [channelNames.call, channelNames.attempt])
      onStart(name, (trace) => Object.assign(trace, { run }));
    await uncaughtDuring(async () => {
      await expect(clientFor(server).call(createThing, { Name: 'x' })).resolves.toMatchObject({ TaskId: 7 });
    });
    expect(server.received.length).toBe(1);
  });

  test.each([
    ['freezes a trace', Object.freeze],
    ['throws', boom],
  ])('one of a trace that %s', async (_what, start) => {
    await using server = await TestServer.start();
    for (const name of [channelNames.call, channelNames.attempt]) onStart(name, start);
    const caught = await uncaughtDuring(async () => {
      await expect(clientFor(server).call(createThing, { Name: 'x' })).resolves.toMatchObject({ TaskId: 7 });
    });
    expect(server.received.length).toBe(1);
    expect(caught.length).toBe(2);
  });

  const nothingDone = { outcome: 'not-executed', retry: 'after-backoff' };
  test.each<[string, (error: object) => void]>([
    ['says of an error that nothing was done', (error) => Object.assign(error, nothingDone)],
    [
      'puts that in place of what an error says',
      (error) => Object.defineProperties(error, Object.getOwnPropertyDescriptors(nothingDone)),
    ],
    ['takes away what an error says', (error: { outcome?: string }) => delete error.outcome],
  ])('one that %s', async (_what, change) => {
    await using server = await TestServer.start((response) => respondError(response, 'InternalError'));
    const claim = ({ error }: { error?: object }) => change(error!);
    const channel = tracingChannel(channelNames.attempt);
    const subscribers = { start() {}, end() {}, asyncStart() {}, asyncEnd: claim, error() {} } as never;
    channel.subscribe(subscribers);
    undo.push(() => channel.unsubscribe(subscribers));
    const caught = await uncaughtDuring(async () => {
      const failure = await failureOf(clientFor(server).call(createThing, { Name: 'x' }));
      expect(failure).toMatchObject({
        code: 'InternalError',
        outcome: 'unknown',
        retry: 'never',
        attempts: 1,
      });
    });
    expect(caught, 'the listener is told').toEqual([expect.any(TypeError)]);
    expect(server.received.length).toBe(1);
  });

  test('hooks that throw after the response, and loggers that fail later', async () => {
    await using server = await TestServer.start();
    const late = () => Promise.reject(new Error('full'));
    const logger = { debug: late, info: late, warn: late, error: late };
    const client = clientFor(server, { logger, logLevel: 'debug', onResponse: boom });
    const caught = await uncaughtDuring(async () => {
      const call = client.call(createThing, { Name: 'x' }, { onResponse: boom });
      await expect(call).resolves.toMatchObject({ TaskId: 7 });
    });
    expect(caught).toEqual([new Error('boom'), new Error('boom')]);
    expect(server.received.length).toBe(1);
  });
});

describe('onRequest', () => {
  test.each<[string, () => unknown, RegExp]>([
    ['throws', boom, /onRequest must be a function that does not throw/],
    [
      'is asynchronous',
      async () => ({ 'x-a': 'b' }),
      /onRequest must be a function that is not asynchronous/,
    ],
    ['fails later', async () => boom(), /onRequest must be a function that is not asynchronous/],
    ['gives a text', () => 'x-a: b', /headers of onRequest must be an object/],
    ['gives null', () => null, /headers of onRequest must be an object/],
    ['gives a header of the SDK', () => ({ host: 'x' }), /headers of onRequest must be without host/],
  ])('that %s keeps the request from being sent', async (_what, onRequest, message) => {
    await using server = await TestServer.start();
    const clock = new FakeClock();
    const client = clientFor(server, { onRequest, clock } as ClientOptions);
    const failure = await failureOf(client.call(createThing, { Name: 'x' }));
    expect(failure).toMatchObject({
      code: 'InvalidOption',
      action: 'CreateThing',
      outcome: 'not-executed',
      attempts: 0,
    });
    expect(failure.message).toMatch(message);
    expect(server.received).toEqual([]);
    expect(client.stats()).toMatchObject({ calls: 0, slotsUsed: 0 });
  });

  test('that fails at a later attempt does not make an earlier one undone', async () => {
    await using server = await TestServer.start((response) => respondError(response, 'InternalError'));
    const onRequest = ({ attempt }: { attempt: number }) => (attempt === 2 ? boom() : undefined);
    const retry = { baseMs: 0, onUnknown: 'risk-duplicates' } as const;
    const failure = await failureOf(clientFor(server, { onRequest, retry }).call(createThing, { Name: 'x' }));
    expect(failure).toMatchObject({ code: 'InvalidOption', outcome: 'unknown', attempts: 1 });
  });

  test('goes before headers of the call, and gives each header once', async () => {
    await using server = await TestServer.start();
    const onRequest = () =>
      [
        ['x-order', ' hook '],
        ['X-Order', 'Two'],
        ['b', '1'],
      ] as const;
    const client = clientFor(server, { onRequest });
    await client.call(createThing, { Name: 'x' }, { headers: { 'X-Order': 'call', 'x-other': 'kept' } });
    const { headers } = server.received[0]!;
    expect(headers).toMatchObject({ 'x-order': 'hook , Two', b: '1', 'x-other': 'kept' });
    expect(headers.authorization).toContain('SignedHeaders=b;content-type;host;x-order;x-tc-action,');
  });

  test('that aborts the call ends it before it is sent', async () => {
    await using server = await TestServer.start();
    const controller = new AbortController();
    const client = clientFor(server, { onRequest: () => controller.abort() });
    const call = client.call(createThing, { Name: 'x' }, { signal: controller.signal });
    expect(await failureOf(call)).toMatchObject({ code: 'Aborted', outcome: 'not-executed', attempts: 0 });
    expect(server.received).toEqual([]);
  });
});

test('what a response sends back is shown in its usual form only', async () => {
  const number = '008613012345678';
  const hostile = {
    server: number,
    'x-request-id': number,
    'retry-after': number,
    date: number,
    'content-type': `application/json; charset=${credentials.secretId}`,
  };
  const kind = {
    server: 'nginx/1.25.3',
    'retry-after': '30',
    date: 'Sun, 29 Nov 2026 01:33:41 GMT',
    'content-type': 'application/json; charset=utf-8',
    'x-request-id': '0af7651916cd43dd8448eb211c80319c',
  };
  await using server = await TestServer.start((response, _received, count) =>
    respond(response, { TaskId: 7 }, count === 1 ? hostile : kind),
  );
  const seen: ResponseInfo[] = [];
  const client = clientFor(server, { onResponse: (response) => void seen.push(response) });
  await client.call(createThing, { Name: number });
  await client.call(createThing, { Name: number });
  expect(seen.map(({ headers }) => headers)).toEqual([{}, kind]);
});

test.each(['008613012345678', 'example-key', 'A\ntccc attempt action=Forged'])(
  'a code such as %j gets into no line',
  async (code) => {
    await using server = await TestServer.start((response) => respondError(response, code));
    const lines: string[] = [];
    const write = (line: string) => void lines.push(line);
    const logger: Logger = { debug: write, info: write, warn: write, error: write };
    await failureOf(clientFor(server, { logger, logLevel: 'debug' }).call(createThing, { Name: 'x' }));
    expect(lines.length).toBe(2);
    expect(lines.join('')).not.toContain(code);
    expect(lines.join('')).not.toContain('\n');
  },
);

test('a request keeps the context of its call while it waits for a connection', async () => {
  await using server = await TestServer.start(async (response) => {
    await turns(3);
    respond(response, { TaskId: 7 });
  });
  const context = new AsyncLocalStorage<number>();
  const seen: (number | undefined)[] = [];
  const listener = () => void seen.push(context.getStore());
  subscribe('undici:request:create', listener);
  undo.push(() => unsubscribe('undici:request:create', listener));
  const client = clientFor(server, { maxConnections: 1 });
  await Promise.all([1, 2, 3].map((n) => context.run(n, () => client.call(createThing, { Name: 'x' }))));
  expect(seen).toEqual([1, 2, 3]);
});

describe('the decision about a retry is told', () => {
  test('with its reason if a correction does not help', async () => {
    await using server = await TestServer.start((response) =>
      respondError(response, 'AuthFailure.TokenFailure'),
    );
    const heard = listen<RetryMessage>(channelNames.retry);
    const client = clientFor(server, { retry: { maxAttempts: 2 } });
    await failureOf(client.call(createThing, { Name: 'x' }));
    expect(heard).toMatchObject([{ attempt: 1, isRetried: false, reason: 'not-corrected' }]);
  });

  test('if the call ends during the pause', async () => {
    await using server = await TestServer.start((response) => respondError(response, 'RequestLimitExceeded'));
    const heard = listen<RetryMessage>(channelNames.retry);
    const controller = new AbortController();
    const retry = { baseMs: 50_000, capMs: 50_000 };
    const client = clientFor(server, { retry, random: () => (setImmediate(() => controller.abort()), 0.9) });
    const call = client.call(createThing, { Name: 'x' }, { signal: controller.signal });
    expect(await failureOf(call)).toMatchObject({ code: 'Aborted', outcome: 'not-executed' });
    expect(heard).toMatchObject([{ isRetried: false, reason: 'call-ended', code: 'Aborted' }]);
  });
});

test.each([
  [{ retry: null }, /retry must be an object/],
  [{ retry: { maxAttempts: null } }, /retry\.maxAttempts must be an integer/],
  [{ retry: { attempts: 2 } }, /Use maxAttempts/],
  [{ onResponse: 7 }, /onResponse must be a function/],
  [{ onRequest: boom }, /client option of the same name/],
  [{ logLevel: 'debug' }, /client option of the same name/],
])('the options of a call are checked: %j', async (options, message) => {
  const client = clientFor({ url: 'http://127.0.0.1:9' });
  const failure = await failureOf(client.call(createThing, { Name: 'x' }, options as never));
  expect(failure).toMatchObject({ code: 'InvalidOption', outcome: 'not-executed' });
  expect(failure.message).toMatch(message);
});
