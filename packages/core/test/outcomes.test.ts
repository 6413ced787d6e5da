import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ServiceClient } from '../src/client.js';
import type { AnyTcccError } from '../src/errors.js';
import { isTcccError, isValidationError, mayHaveExecuted } from '../src/errors.js';
import type { ClientOptions } from '../src/options.js';
import type { DispatcherLike } from '../src/transport/dispatcher.js';
import { FakeClock, settle } from './support/fake-clock.js';
import { TestServer, createThing, credentials, reply } from './support/service.js';

const clients: ServiceClient[] = [];

function clientFor(endpoint: string, options: ClientOptions = {}): ServiceClient {
  const client = new ServiceClient({ credentials, endpoint, retry: { maxAttempts: 1 }, ...options });
  clients.push(client);
  return client;
}

afterEach(() => Promise.all(clients.splice(0).map((client) => client.close())));

async function failureOf(call: Promise<unknown>): Promise<AnyTcccError> {
  const error = await call.then(
    () => new Error('succeeded'),
    (thrown: unknown) => thrown,
  );
  if (!isTcccError(error)) throw error;
  return error;
}

const ID = '00000000-0000-0000-0000-000000000001';
const raw =
  (text: string | Buffer, headers: Record<string, string> = {}, status = 200) =>
  (response: ServerResponse) => {
    response.writeHead(status, headers).end(text);
  };

describe('replies', () => {
  test.each<[string, (response: ServerResponse) => void, object]>([
    ['HTML with 502', raw('<html>', {}, 502), { code: 'HttpStatus', status: 502, outcome: 'unknown' }],
    [
      '429 of a gateway',
      raw('slow', { 'retry-after': '7' }, 429),
      { code: 'HttpStatus', status: 429, retryAfterMs: 7000, outcome: 'unknown' },
    ],
    [
      'a redirect',
      raw('', { location: 'http://127.0.0.1:1/' }, 307),
      { code: 'HttpStatus', status: 307, outcome: 'unknown' },
    ],
    [
      'a result with 500',
      raw(`{"Response":{"TaskId":1,"RequestId":"${ID}"}}`, {}, 500),
      { code: 'HttpStatus', status: 500, requestId: ID },
    ],
    ['JSON without envelope with 503', raw('{}', {}, 503), { code: 'HttpStatus', status: 503 }],
    [
      'an error with 500',
      raw(`{"Response":{"Error":{"Code":"InvalidParameter","Message":"m"},"RequestId":"${ID}"}}`, {}, 500),
      { kind: 'service', code: 'InvalidParameter', status: 500, outcome: 'not-executed', requestId: ID },
    ],
    ['HTML with 200', raw('<html>'), { code: 'MalformedReply', outcome: 'unknown' }],
    ['an empty body', raw(''), { code: 'MalformedReply' }],
    ['{}', raw('{}'), { code: 'MalformedReply' }],
    ['null', raw('null'), { code: 'MalformedReply' }],
    ['[]', raw('[]'), { code: 'MalformedReply' }],
    ['a Response that is a list', raw('{"Response":[]}'), { code: 'MalformedReply' }],
    ['an error without code', raw('{"Response":{"Error":{}}}'), { code: 'MalformedReply' }],
    [
      'an error whose code is no code',
      raw('{"Response":{"Error":{"Code":"13800138000"}}}'),
      { code: 'MalformedReply' },
    ],
    [
      'truncated UTF-8',
      raw(Buffer.from('{"Response":{"TaskId":1,"X":"通').subarray(0, -1)),
      { code: 'MalformedReply' },
    ],
    ['broken gzip', raw('not gzip', { 'content-encoding': 'gzip' }), { code: 'MalformedReply' }],
    ['an unknown encoding', raw('x', { 'content-encoding': 'zstd' }), { code: 'MalformedReply' }],
    [
      'a gzip bomb',
      raw(gzipSync(Buffer.alloc(200_000)), { 'content-encoding': 'gzip' }),
      { code: 'MalformedReply' },
    ],
    [
      'result and error',
      raw('{"Response":{"TaskId":1,"Error":{"Code":"InvalidParameter"}}}'),
      { code: 'ContradictoryReply', outcome: 'unknown' },
    ],
    [
      'no id',
      raw(`{"Response":{"RequestId":"${ID}"}}`),
      { code: 'IncompleteReply', outcome: 'unknown', requestId: ID },
    ],
    ['an id that is a word', raw('{"Response":{"TaskId":"x"}}'), { code: 'IncompleteReply' }],
    ['an id with a fraction', raw('{"Response":{"TaskId":1.5}}'), { code: 'IncompleteReply' }],
    [
      'a request id that is no text',
      raw('{"Response":{"TaskId":1,"RequestId":5}}'),
      { code: 'IncompleteReply' },
    ],
    [
      'an id beyond 2^53',
      raw(`{"Response":{"TaskId":9007199254740993,"RequestId":"${ID}"}}`),
      { code: 'UnsafeInteger', outcome: 'executed', digits: { TaskId: '9007199254740993' } },
    ],
    [
      'the same as a text',
      raw('{"Response":{"TaskId":"9007199254740993"}}'),
      { code: 'UnsafeInteger', digits: { TaskId: '9007199254740993' } },
    ],
    [
      'another long integer',
      raw('{"Response":{"TaskId":1,"A":{"B":[12345678901234567890]}}}'),
      { code: 'UnsafeInteger', digits: { 'A.B.0': '12345678901234567890' } },
    ],
    ['too long a body', raw('x'.repeat(3000)), { code: 'ReplyTooLarge', outcome: 'unknown' }],
  ])('%s', async (_name, answer, expected) => {
    await using server = await TestServer.start(answer);
    const error = await failureOf(
      clientFor(server.url, { maxReplyBytes: 2048 }).call(createThing, { Name: 'x' }),
    );
    expect(error).toMatchObject({ action: 'CreateThing', attempts: 1, ...expected });
    expect(server.received).toHaveLength(1);
    expect(mayHaveExecuted(error)).toBe(error.outcome !== 'not-executed');
  });

  test.each<[string, (response: ServerResponse) => void, object]>([
    [
      'an id that is a text',
      raw(`{"Response":{"TaskId":"12","RequestId":"${ID}"}}`),
      { TaskId: 12, RequestId: ID },
    ],
    ['no request id', raw('{"Response":{"TaskId":12}}'), { TaskId: 12, RequestId: '' }],
    [
      'the request id in a header',
      raw('{"Response":{"TaskId":12}}', { 'x-tc-requestid': ID }),
      { TaskId: 12, RequestId: ID },
    ],
    [
      'fields that are new, in any order',
      raw('{"Response":{"New":{"a":null},"RequestId":"r","TaskId":12}}'),
      { TaskId: 12, RequestId: 'r', New: { a: null } },
    ],
    ['an Error that is null', raw('{"Response":{"Error":null,"TaskId":12,"RequestId":"r"}}'), { TaskId: 12 }],
    [
      'gzip',
      raw(gzipSync('{"Response":{"TaskId":12,"RequestId":"r"}}'), { 'content-encoding': 'gzip' }),
      { TaskId: 12 },
    ],
    [
      'a text content type',
      raw('{"Response":{"TaskId":12,"RequestId":"r"}}', { 'content-type': 'text/plain' }),
      { TaskId: 12 },
    ],
  ])('accepts %s', async (_name, answer, expected) => {
    await using server = await TestServer.start(answer);
    expect(await clientFor(server.url).call(createThing, { Name: 'x' })).toMatchObject(expected);
  });
});

describe('the network', () => {
  const call = (endpoint: string, options?: ClientOptions) =>
    failureOf(clientFor(endpoint, options).call(createThing, { Name: 'x' }));

  /** A TCP server that does what a test says with each connection. */
  async function listen(onConnection: (socket: import('node:net').Socket) => void) {
    const server = createServer(onConnection);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return { port, close: () => new Promise((resolve) => server.close(resolve)) };
  }

  test('refused', async () => {
    const { port, close } = await listen(() => {});
    await close();
    expect(await call(`http://127.0.0.1:${port}`)).toMatchObject({
      code: 'ConnectionRefused',
      outcome: 'not-executed',
      retry: 'after-backoff',
    });
  });

  test('an unknown host', async () => {
    expect(await call('http://nobody.invalid')).toMatchObject({
      code: 'DnsFailed',
      outcome: 'not-executed',
      retry: 'after-backoff',
    });
  });

  test('no TLS at the other end', async () => {
    await using server = await TestServer.start();
    expect(await call(server.url.replace('http:', 'https:'))).toMatchObject({
      code: 'TlsFailed',
      outcome: 'not-executed',
      retry: 'never',
    });
  });

  test('a TLS handshake that never ends', async () => {
    const { port, close } = await listen((socket) => socket.on('error', () => {}).resume());
    const error = await call(`https://127.0.0.1:${port}`, { connectTimeoutMs: 50 });
    expect(error).toMatchObject({ code: 'ConnectTimeout', outcome: 'not-executed', retry: 'after-backoff' });
    await close();
  });

  test('a reset during the TLS handshake', async () => {
    const { port, close } = await listen((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await call(`https://127.0.0.1:${port}`)).toMatchObject({
      kind: 'transport',
      outcome: 'not-executed',
    });
    await close();
  });

  test('a reset after the request was read', async () => {
    await using server = await TestServer.start((response) => void response.socket?.resetAndDestroy());
    expect(await call(server.url)).toMatchObject({
      code: 'ConnectionLost',
      outcome: 'unknown',
      retry: 'never',
    });
  });

  test('a reply that is cut short', async () => {
    await using server = await TestServer.start((response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{"Response":');
      setImmediate(() => response.destroy());
    });
    expect(await call(server.url)).toMatchObject({ code: 'ConnectionLost', outcome: 'unknown' });
  });

  test('something that does not speak HTTP', async () => {
    const { port, close } = await listen((socket) =>
      socket.once('data', () => socket.end('\u0000\u0001 13800138000\r\n\r\n')),
    );
    const error = await call(`http://127.0.0.1:${port}`);
    expect(error).toMatchObject({ code: 'ConnectionLost', outcome: 'unknown' });
    expect(JSON.stringify(error) + String(error.cause)).not.toContain('13800138000');
    await close();
  });

  test('no reply in time', async () => {
    await using server = await TestServer.start(() => {});
    const clock = new FakeClock(Date.now());
    const pending = call(server.url, { clock, attemptTimeoutMs: 5_000, deadlineMs: 10_000 });
    await vi.waitFor(() => expect(server.received).toHaveLength(1));
    await clock.advance(5_000);
    expect(await pending).toMatchObject({ code: 'ReplyTimeout', outcome: 'unknown' });
    await vi.waitFor(() => expect(server.sockets.size).toBe(0));
    expect(clock.timers).toBe(0);
  });

  test('no free connection in time', async () => {
    await using server = await TestServer.start(() => {});
    const clock = new FakeClock(Date.now());
    const client = clientFor(server.url, { clock, attemptTimeoutMs: 5_000, maxConnections: 1 });
    const first = failureOf(client.call(createThing, { Name: 'x' }));
    await vi.waitFor(() => expect(server.received).toHaveLength(1));
    await clock.advance(2_500);
    const second = failureOf(client.call(createThing, { Name: 'y' }, { deadlineMs: 2_000 }));
    await clock.advance(2_000);
    expect(await second).toMatchObject({ code: 'DeadlineExceeded', outcome: 'not-executed' });
    await clock.advance(500);
    expect(await first).toMatchObject({ outcome: 'unknown' });
    expect(server.received, 'what was given up is never written').toHaveLength(1);
  });

  test('an attempt without a connection times out as not executed', async () => {
    const clock = new FakeClock(Date.now());
    const silent: DispatcherLike = { dispatch: () => true };
    const pending = call('http://thing.example.invalid', {
      clock,
      dispatcher: silent,
      attemptTimeoutMs: 100,
    });
    await settle();
    await clock.advance(100);
    expect(await pending).toMatchObject({
      code: 'AttemptTimeout',
      outcome: 'not-executed',
      retry: 'after-backoff',
    });
  });

  test('a dispatcher that would send the request a second time is stopped', async () => {
    const aborted: unknown[] = [];
    const replaying: DispatcherLike = {
      dispatch(_options, handler) {
        handler.onRequestStart({ abort: () => aborted.push('first') }, {});
        handler.onRequestStart({ abort: () => aborted.push('second') }, {});
        return true;
      },
    };
    const error = await call('http://thing.example.invalid', { dispatcher: replaying });
    expect(error).toMatchObject({ code: 'ConnectionLost', outcome: 'unknown' });
    expect(aborted).toEqual(['second']);
  });
});

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
