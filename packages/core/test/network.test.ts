import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ClientOptions } from '../src/options/client-options.js';
import type { DispatcherLike } from '../src/transport/dispatcher.js';
import { clientFor as makeClient, closeClients, failureOf } from './support/client.js';
import { FakeClock, settle } from './support/fake-clock.js';
import { TestServer, createThing } from './support/service.js';
import { afterTimersOf, eventually } from './support/wait.js';

const clientFor = (url: string, options: ClientOptions = {}) =>
  makeClient({ url }, { retry: { maxAttempts: 1 }, ...options });

afterEach(closeClients);

describe('the network', () => {
  const call = (endpoint: string, options?: ClientOptions) =>
    failureOf(clientFor(endpoint, options).call(createThing, { Name: 'x' }));

  /** A TCP server that does what a test says with each connection. */
  async function listen(onConnection: (socket: Socket) => void) {
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
      message: expect.stringContaining('a port that is not for https:') as string,
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

  test('a response that is cut short', async () => {
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

  test('no response in time', async () => {
    await using server = await TestServer.start(() => {});
    const clock = new FakeClock(Date.now());
    const pending = call(server.url, { clock, attemptTimeoutMs: 5_000, deadlineMs: 10_000 });
    await eventually(() => expect(server.received).toHaveLength(1));
    await clock.advance(5_000);
    expect(await pending).toMatchObject({ code: 'ResponseTimeout', outcome: 'unknown' });
    await eventually(() => expect(server.sockets.size).toBe(0));
    expect(clock.timers).toBe(0);
  });

  test('no free connection in time', async () => {
    await using server = await TestServer.start(() => {});
    const clock = new FakeClock(Date.now());
    const client = clientFor(server.url, { clock, attemptTimeoutMs: 5_000, maxConnections: 1 });
    const first = failureOf(client.call(createThing, { Name: 'x' }));
    await eventually(() => expect(server.received).toHaveLength(1));
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
    const aborted: string[] = [];
    const thrown: unknown[] = [];
    const replaying: DispatcherLike = {
      dispatch(_options, handler) {
        handler.onRequestStart({ abort: () => aborted.push('first') }, {});
        try {
          handler.onRequestStart({ abort: () => aborted.push('second') }, {});
        } catch (error) {
          thrown.push(error);
        }
        return true;
      },
    };
    const error = await call('http://thing.example.invalid', { dispatcher: replaying });
    expect(error).toMatchObject({ code: 'ConnectionLost', outcome: 'unknown' });
    expect(aborted).toEqual(['first']);
    expect(thrown).toHaveLength(1);
  });

  test('a dispatcher that leaves the beginning out cannot hide that it sent', async () => {
    const silent: DispatcherLike = {
      dispatch(_options, handler) {
        handler.onResponseStart({ abort: () => {} }, 200, {});
        handler.onResponseError(
          { abort: () => {} },
          Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
        );
        return true;
      },
    };
    const error = await call('http://thing.example.invalid', { dispatcher: silent, retry: {} });
    expect(error).toMatchObject({ code: 'ConnectionLost', outcome: 'unknown', attempts: 1 });
  });

  test('calls that are given up open no connections', async () => {
    let connections = 0;
    await using server = await TestServer.start(() => {});
    server.onConnection = () => connections++;
    const client = clientFor(server.url, { maxConnections: 2, pacing: false });
    const controller = new AbortController();
    const calls = Array.from({ length: 200 }, () =>
      failureOf(client.call(createThing, { Name: 'x' }, { signal: controller.signal })),
    );
    await eventually(() => expect(server.received).toHaveLength(2));
    controller.abort();
    const errors = await Promise.all(calls);
    expect(errors.filter(({ outcome }) => outcome === 'unknown')).toHaveLength(2);
    await afterTimersOf(5);
    expect(server.received).toHaveLength(2);
    expect(connections).toBeLessThanOrEqual(4);
  });

  test('a connection that is being made ends with the last call that waits for it, and with the client', async () => {
    const sockets = new Set<Socket>();
    const { port, close } = await listen((socket) => {
      sockets.add(socket.on('error', () => {}).resume());
      socket.once('close', () => sockets.delete(socket));
    });
    const client = clientFor(`https://127.0.0.1:${port}`);
    const controller = new AbortController();
    const aborted = failureOf(client.call(createThing, { Name: 'x' }, { signal: controller.signal }));
    await eventually(() => expect(sockets.size).toBe(1));
    controller.abort();
    expect(await aborted).toMatchObject({ code: 'Aborted', outcome: 'not-executed' });
    await eventually(() => expect(sockets.size).toBe(0));
    const closed = failureOf(client.call(createThing, { Name: 'x' }));
    await eventually(() => expect(sockets.size).toBe(1));
    await client.close();
    expect(await closed).toMatchObject({ code: 'ClientClosed', outcome: 'not-executed' });
    await eventually(() => expect(sockets.size).toBe(0));
    await close();
  });
});

describe('a proxy', () => {
  afterEach(() => vi.unstubAllEnvs());

  /** A proxy that does what a test says with each CONNECT. */
  async function proxy(onConnect: (socket: Socket) => void) {
    let connects = 0;
    const server = createServer((socket) => {
      socket
        .on('error', () => {})
        .once('data', () => {
          connects++;
          onConnect(socket);
        });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    vi.stubEnv('no_proxy', '');
    vi.stubEnv('http_proxy', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return { connects: () => connects, close: () => server.close() };
  }

  test.each<[string, (socket: Socket) => void]>([
    ['closes the tunnel', (socket) => socket.end()],
    ['resets it', (socket) => socket.resetAndDestroy()],
    ['refuses it', (socket) => socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n')],
  ])('that %s is asked once', async (_name, onConnect) => {
    const { connects, close } = await proxy(onConnect);
    const error = await failureOf(clientFor('http://thing.example.invalid').call(createThing, { Name: 'x' }));
    expect(error).toMatchObject({ kind: 'transport', outcome: 'not-executed' });
    await afterTimersOf(5);
    expect(connects()).toBe(1);
    await closeClients();
    close();
  });

  test('that never answers is given connectTimeoutMs', async () => {
    const { close } = await proxy(() => {});
    const client = clientFor('http://thing.example.invalid', { connectTimeoutMs: 50 });
    expect(await failureOf(client.call(createThing, { Name: 'x' }))).toMatchObject({
      code: 'ConnectTimeout',
      outcome: 'not-executed',
    });
    await closeClients();
    close();
  });

  test('that is no URL is reported as not executed, without its password, and closing works', async () => {
    vi.stubEnv('http_proxy', 'http://user:canary-password@:x');
    const client = clientFor('http://thing.example.invalid');
    const error = await failureOf(client.call(createThing, { Name: 'x' }));
    expect(error).toMatchObject({ code: 'InvalidOption', outcome: 'not-executed', attempts: 0 });
    expect(inspect(error)).not.toContain('canary');
    await client.close();
  });
});
