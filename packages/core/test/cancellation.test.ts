import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { isTcccError, isValidationError, mayHaveExecuted } from '../src/errors/guards.js';
import type { ClientOptions } from '../src/options/client-options.js';
import { clientFor as makeClient, closeClients, failureOf } from './support/client.js';
import { FakeClock, settle } from './support/fake-clock.js';
import { TestServer, createThing, credentials, respond } from './support/service.js';
import { eventually } from './support/wait.js';

const clientFor = (url: string, options: ClientOptions = {}) =>
  makeClient({ url }, { retry: { maxAttempts: 1 }, ...options });

afterEach(closeClients);

describe('ending a call', () => {
  const slow = { ...createThing, rateLimit: { limit: 1, windowMs: 1000 } };
  const reason = new Error('the user went away');

  test.each<[string, object]>([
    ['before it begins', { outcome: 'not-executed', attempts: 0 }],
    ['while it fetches credentials', { outcome: 'not-executed', attempts: 0 }],
    ['while it waits in the queue', { outcome: 'not-executed', attempts: 0 }],
    ['while it waits for the response', { outcome: 'unknown', attempts: 1 }],
    ['while it waits before another attempt', { outcome: 'not-executed', attempts: 1 }],
  ])('abort %s', async (stage, expected) => {
    const clock = new FakeClock(Date.now());
    await using server = await TestServer.start((response, _request, count) => {
      const isAnswered = stage === 'while it waits in the queue' && count === 1;
      if (isAnswered) respond(response, { TaskId: 1 });
      else if (stage.endsWith('another attempt'))
        respond(response, { Error: { Code: 'RequestLimitExceeded' } });
    });
    const controller = new AbortController();
    let isPausing = false;
    const client = clientFor(server.url, {
      clock,
      random: () => {
        isPausing = true;
        return 0.5;
      },
      retry: {},
      credentials:
        stage === 'while it fetches credentials' ? () => new Promise<never>(() => {}) : credentials,
    });
    if (stage === 'while it waits in the queue') await client.call(slow, { Name: 'first' });
    if (stage === 'before it begins') controller.abort(reason);
    const pending = failureOf(
      client.call(slow, { Name: 'x' }, { signal: controller.signal, deadlineMs: Infinity }),
    );
    if (stage.includes('response') || stage.includes('another'))
      await eventually(() => expect(server.received).toHaveLength(1));
    if (stage.includes('another')) await eventually(() => expect(isPausing).toBe(true));
    await settle();
    controller.abort(reason);
    const error = await pending;
    expect(error).toMatchObject({ kind: 'aborted', code: 'Aborted', cause: reason, ...expected });
    await settle();
    expect(clock.timers, 'no timer is left').toBe(stage.includes('credentials') ? 1 : 0);
    if (stage.includes('response')) await eventually(() => expect(server.sockets.size).toBe(0));
  });

  test.each(['while it connects', 'before it is written on a kept connection'])(
    'nothing is sent if the deadline passes unseen %s, since the process is suspended',
    async (stage) => {
      const clock = new FakeClock(Date.now());
      await using server = await TestServer.start();
      const client = clientFor(server.url, { clock, pacing: false });
      const isKept = stage.includes('kept');
      if (isKept) await client.call(createThing, { Name: 'first' });
      const pending = failureOf(client.call(createThing, { Name: 'x' }, { deadlineMs: 5_000 }));
      while (clock.timers === 0) await new Promise(setImmediate);
      clock.suspend(5_001);
      expect(await pending).toMatchObject({ code: 'DeadlineExceeded', outcome: 'not-executed' });
      expect(server.received).toHaveLength(isKept ? 1 : 0);
    },
  );

  test('an abort in any of the first moments is heeded at once', async () => {
    const clock = new FakeClock(Date.now());
    await using server = await TestServer.start();
    const client = clientFor(server.url, { clock });
    await client.call(slow, { Name: 'first' });
    for (let moment = 0; moment < 12; moment++) {
      const controller = new AbortController();
      const pending = failureOf(
        client.call(slow, { Name: 'x' }, { signal: controller.signal, deadlineMs: Infinity }),
      );
      for (let turn = 0; turn < moment; turn++) await Promise.resolve();
      controller.abort();
      await settle();
      const state = await Promise.race([pending, settle().then(() => 'still waiting')]);
      expect(state).toMatchObject({ code: 'Aborted', outcome: 'not-executed' });
    }
    expect(clock.timers).toBe(0);
  });

  test('an abort during the upload leaves the outcome unknown and frees the socket', async () => {
    const sockets = new Set<Socket>();
    let arrived = 0;
    const server = createServer((socket) => {
      sockets.add(socket.on('error', () => {}));
      socket.once('close', () => sockets.delete(socket));
      socket.once('data', (chunk) => {
        arrived = chunk.length;
        socket.pause(); // The rest does not fit into the buffers between the two.
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = clientFor(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const controller = new AbortController();
    const large = { ...createThing, maxRequestBytes: 20_000_000 };
    const params = { Name: 'x'.repeat(10_000_000) };
    const pending = failureOf(client.call(large, params, { signal: controller.signal }));
    await eventually(() => expect(arrived).toBeGreaterThan(0));
    controller.abort(reason);
    expect(await pending).toMatchObject({ code: 'Aborted', outcome: 'unknown', cause: reason });
    for (const socket of sockets) socket.resume();
    await eventually(() => expect(sockets.size).toBe(0));
    server.close();
  });

  test('a credentials function that hangs holds up neither closing nor the end of the process', async () => {
    const clock = new FakeClock(Date.now());
    let given: AbortSignal | undefined;
    const client = clientFor('http://127.0.0.1:9', {
      clock,
      credentials: ({ signal }) => {
        given = signal;
        return new Promise<never>(() => {});
      },
    });
    const pending = failureOf(client.call(slow, { Name: 'x' }));
    await settle();
    await client.close();
    expect(await pending).toMatchObject({ code: 'ClientClosed', outcome: 'not-executed' });
    await settle();
    expect(given?.aborted).toBe(true);
    expect(clock.timers).toBe(0);
  });

  test('hostile call options end in an error of the family, and never spoil a result', async () => {
    await using server = await TestServer.start();
    const client = clientFor(server.url);
    const throwing = (): never => {
      throw new RangeError('13800138000');
    };
    const hostile: unknown[] = [
      { get deadlineMs() { return throwing(); } }, // prettier-ignore
      { headers: new Proxy({}, { ownKeys: throwing }) },
      { signal: { aborted: false, addEventListener: throwing, removeEventListener: () => {} } },
      { signal: { aborted: false, addEventListener: () => {} } },
      new Proxy({}, { get: throwing, ownKeys: throwing }),
    ];
    for (const options of hostile) {
      const error = await failureOf(client.call(createThing, { Name: 'x' }, options as never));
      expect(error).toMatchObject({ kind: 'configuration', outcome: 'not-executed' });
      expect(String(error)).not.toContain('13800138000');
    }
    const signal = { aborted: false, addEventListener: () => {}, removeEventListener: throwing };
    expect(await client.call(createThing, { Name: 'x' }, { signal: signal as never })).toMatchObject({
      TaskId: 7,
    });
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
      if (count < 3) respond(response, { Error: { Code: 'RequestLimitExceeded' } });
    });
    let pauses = 0;
    const client = clientFor(server.url, {
      clock,
      random: () => {
        pauses++;
        return 0.5;
      },
      retry: { maxAttempts: 5, baseMs: 2000 },
      pacing: false,
    });
    const pending = failureOf(client.call(createThing, { Name: 'x' }, { deadlineMs: 10_000 }));
    for (const pause of [1, 2]) {
      await eventually(() => expect(pauses).toBe(pause));
      expect(server.received).toHaveLength(pause);
      await clock.advance(pause * 1000);
    }
    await eventually(() => expect(server.received).toHaveLength(3));
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
