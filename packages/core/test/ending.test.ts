import { afterEach, describe, expect, test, vi } from 'vitest';
import { isTcccError, isValidationError, mayHaveExecuted } from '../src/errors.js';
import type { ClientOptions } from '../src/options.js';
import { clientFor as makeClient, closeClients, failureOf } from './support/client.js';
import { FakeClock, settle } from './support/fake-clock.js';
import { TestServer, createThing, credentials, reply } from './support/service.js';

const clientFor = (url: string, options: ClientOptions = {}) =>
  makeClient({ url }, { retry: { maxAttempts: 1 }, ...options });

afterEach(closeClients);

const ID = '00000000-0000-0000-0000-000000000001';

describe('ending a call', () => {
  const slow = { ...createThing, rateLimit: { limit: 1, windowMs: 1000 } };
  const reason = new Error('the user went away');

  test.each<[string, object]>([
    ['before it begins', { outcome: 'not-executed', attempts: 0 }],
    ['while it fetches credentials', { outcome: 'not-executed', attempts: 0 }],
    ['while it waits in the queue', { outcome: 'not-executed', attempts: 0 }],
    ['while it waits for the reply', { outcome: 'unknown', attempts: 1 }],
    ['while it waits before another attempt', { outcome: 'not-executed', attempts: 1 }],
  ])('abort %s', async (stage, expected) => {
    const clock = new FakeClock(Date.now());
    await using server = await TestServer.start((response, _request, count) => {
      const isAnswered = stage === 'while it waits in the queue' && count === 1;
      if (isAnswered) reply(response, { TaskId: 1, RequestId: ID });
      else if (stage.endsWith('another attempt'))
        reply(response, { Error: { Code: 'RequestLimitExceeded' }, RequestId: ID });
    });
    const controller = new AbortController();
    const client = clientFor(server.url, {
      clock,
      random: () => 0.5,
      retry: {},
      credentials:
        stage === 'while it fetches credentials' ? () => new Promise<never>(() => {}) : credentials,
    });
    if (stage === 'while it waits in the queue') await client.call(slow, { Name: 'first' });
    if (stage === 'before it begins') controller.abort(reason);
    const pending = failureOf(
      client.call(slow, { Name: 'x' }, { signal: controller.signal, deadlineMs: Infinity }),
    );
    if (stage.includes('reply') || stage.includes('another'))
      await vi.waitFor(() => expect(server.received).toHaveLength(1));
    if (stage.includes('another')) await vi.waitFor(() => expect(clock.timers).toBe(1));
    await settle();
    controller.abort(reason);
    const error = await pending;
    expect(error).toMatchObject({ kind: 'aborted', code: 'Aborted', cause: reason, ...expected });
    await settle();
    expect(clock.timers, 'no timer is left').toBe(stage.includes('credentials') ? 1 : 0);
    if (stage.includes('reply')) await vi.waitFor(() => expect(server.sockets.size).toBe(0));
  });

  test('one signal for very many calls neither warns nor leaks', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => warnings.push(warning);
    process.on('warning', onWarning);
    const controller = new AbortController();
    const client = clientFor('http://127.0.0.1:9', {
      credentials: () => new Promise<never>(() => {}),
      clock: new FakeClock(),
    });
    const calls = Array.from({ length: 500 }, () =>
      failureOf(client.call(slow, { Name: 'x' }, { signal: controller.signal })),
    );
    await settle();
    controller.abort();
    expect(new Set((await Promise.all(calls)).map(({ code }) => code))).toEqual(new Set(['Aborted']));
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
  });

  test('the deadline counts over all attempts', async () => {
    const clock = new FakeClock(Date.now());
    await using server = await TestServer.start((response, _request, count) => {
      if (count < 3) reply(response, { Error: { Code: 'RequestLimitExceeded' }, RequestId: ID });
    });
    const client = clientFor(server.url, {
      clock,
      random: () => 0.5,
      retry: { maxAttempts: 5, baseMs: 2000 },
      pacing: false,
    });
    const pending = failureOf(client.call(createThing, { Name: 'x' }, { deadlineMs: 10_000 }));
    for (const waitMs of [1000, 2000]) {
      await vi.waitFor(() => expect(clock.timers).toBe(2));
      await vi.waitFor(() => expect(server.received.length).toBe(waitMs / 1000));
      await settle();
      await vi.waitFor(async () => {
        await clock.advance(0);
        expect(clock.timers).toBe(2);
      });
      await clock.advance(waitMs);
    }
    await vi.waitFor(() => expect(server.received).toHaveLength(3));
    await clock.advance(6_999);
    const state = await Promise.race([pending, Promise.resolve('pending')]);
    expect(state).toBe('pending');
    await clock.advance(1);
    expect(await pending).toMatchObject({ code: 'DeadlineExceeded', outcome: 'unknown', attempts: 3 });
  });

  test('every error is of the family and knows its kind', async () => {
    const error = await failureOf(clientFor('http://127.0.0.1:9').call(createThing, {} as never));
    expect(isValidationError(error)).toBe(true);
    expect(error.name).toBe('ValidationError');
    expect(String(error)).toMatch(
      /^ValidationError: CreateThing was not sent: a parameter is wrong\n {2}- Name: is required/,
    );
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      name: 'ValidationError',
      issues: [{ path: 'Name', rule: 'required' }],
    });
    expect(mayHaveExecuted(new Error('foreign'))).toBe(true);
    expect(isTcccError(null)).toBe(false);
  });
});
