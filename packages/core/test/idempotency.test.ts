import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import type { ActionDefinition, Idempotency } from '../src/action.js';
import type { Clock } from '../src/clock.js';
import { systemClock } from '../src/clock.js';
import { clientFor, closeClients, failureOf } from './support/client.js';
import type { Params, Result } from './support/service.js';
import { TestServer, createThing, respond, respondError } from './support/service.js';

afterEach(closeClients);

const params = { Name: 'x' };

/** The same action, if its requests could be repeated. */
function thing(idempotency: Idempotency): ActionDefinition<Params, Result> {
  const { InternalError } = createThing.errors();
  const errors = {
    ...createThing.errors(),
    InternalError: { ...InternalError!, retry: 'after-backoff' } as const,
  };
  return { ...createThing, name: 'DoThing', idempotency, errors: () => errors };
}

const html =
  (status: number, headers = {}) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end('<html>');
  };

/** What a request can meet after which nobody knows whether it was executed, and which may be over at the next one. */
const passing: Record<string, (response: ServerResponse) => void> = {
  'a lost connection': (response) => response.destroy(),
  'a failing gateway': html(502),
  'a gateway that has enough': html(429),
  'something that is no response': html(200),
  'an internal error': (response) => respondError(response, 'InternalError'),
  'a response without its result': (response) => respond(response, { TaskId: null }),
};

describe.each(Object.entries(passing))('%s', (_name, fail) => {
  test.each(['safe', 'idempotent'] as const)(
    'is followed by another attempt if the action is %s',
    async (kind) => {
      await using server = await TestServer.start((response, _request, count) =>
        count === 1 ? fail(response) : respond(response, { TaskId: 7 }),
      );
      expect(await clientFor(server).call(thing(kind), params)).toMatchObject({ TaskId: 7 });
      expect(server.received).toHaveLength(2);
    },
  );

  test('ends a call of any other action', async () => {
    await using server = await TestServer.start((response) => fail(response));
    const error = await failureOf(clientFor(server).call(thing('none'), params));
    expect(error).toMatchObject({ outcome: 'unknown', attempts: 1, retry: 'never' });
    expect(server.received).toHaveLength(1);
  });

  test.each([
    ['safe', 'not-executed'],
    ['idempotent', 'unknown'],
  ] as const)('that does not end leaves a call that is %s as %s', async (kind, outcome) => {
    await using server = await TestServer.start((response) => fail(response));
    const error = await failureOf(clientFor(server).call(thing(kind), params));
    expect(error).toMatchObject({ outcome, attempts: 3, retry: 'after-backoff' });
    expect(error.message).not.toContain('not sent again');
    expect(server.received).toHaveLength(3);
  });
});

describe('a refusal after an attempt that may have been executed', () => {
  test.each([
    ['safe', 'not-executed'],
    ['idempotent', 'unknown'],
  ] as const)('leaves a call that is %s as %s', async (kind, outcome) => {
    await using server = await TestServer.start((response, _request, count) =>
      count === 1 ? void response.destroy() : respondError(response, 'InvalidParameter'),
    );
    const error = await failureOf(clientFor(server).call(thing(kind), params));
    expect(error).toMatchObject({ code: 'InvalidParameter', outcome, attempts: 2 });
    expect(error.message.includes('an earlier attempt may have been executed')).toBe(kind === 'idempotent');
  });
});

describe('a call that only reads', () => {
  test('has changed nothing, whatever ended it', async () => {
    await using server = await TestServer.start(() => {});
    const client = clientFor(server);
    const abort = new AbortController();
    server.answer = () => abort.abort();
    const aborted = await failureOf(client.call(thing('safe'), params, { signal: abort.signal }));
    expect(aborted).toMatchObject({ code: 'Aborted', outcome: 'not-executed' });
    expect(aborted.message).toContain('It only reads');
    server.answer = () => {};
    const late = await failureOf(client.call(thing('safe'), params, { deadlineMs: 50 }));
    expect(late).toMatchObject({ code: 'DeadlineExceeded', outcome: 'not-executed', retry: 'after-backoff' });
  });

  test('is not repeated if the next response would be the same', async () => {
    await using server = await TestServer.start(html(403));
    const client = clientFor(server);
    const refused = await failureOf(client.call(thing('safe'), params));
    expect(refused).toMatchObject({ code: 'HttpStatus', status: 403, outcome: 'not-executed', attempts: 1 });
    server.answer = (response) =>
      void response.end(
        `{"Response":{"RequestId":"00000000-0000-4000-8000-000000000000","TaskId":9007199254740993}}`,
      );
    const unsafe = await failureOf(client.call(thing('safe'), params));
    expect(unsafe).toMatchObject({ code: 'UnsafeInteger', outcome: 'not-executed', attempts: 1 });
    expect(unsafe).toMatchObject({ digits: { TaskId: '9007199254740993' } });
    expect(unsafe.message).not.toContain('executed.');
  });

  test('waits as long as a gateway asks, or does not try again', async () => {
    await using server = await TestServer.start(html(503, { 'retry-after': '100' }));
    const error = await failureOf(clientFor(server, { deadlineMs: 5_000 }).call(thing('safe'), params));
    expect(error).toMatchObject({ code: 'HttpStatus', attempts: 1, retryAfterMs: 100_000 });
    server.answer = (response, _request, count) =>
      count === 2 ? html(503, { 'retry-after': '1' })(response) : respond(response, { TaskId: 7 });
    const pauses: number[] = [];
    const clock: Clock = {
      ...systemClock,
      schedule(callback, delayMs, inBackground) {
        if (delayMs === 1_000) pauses.push(delayMs);
        return systemClock.schedule(callback, delayMs === 1_000 ? 1 : delayMs, inBackground);
      },
    };
    await clientFor(server, { clock }).call(thing('safe'), params);
    expect(pauses).toEqual([1_000]);
  });

  test('is paid from the budget of retries', async () => {
    await using server = await TestServer.start(html(502));
    const client = clientFor(server, { pacing: false });
    for (let call = 0; call < 50; call++) await failureOf(client.call(thing('safe'), params));
    expect(server.received).toHaveLength(60);
  });
});
