import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ClientOptions } from '../src/options.js';
import type { DispatcherLike } from '../src/transport/dispatcher.js';
import { clientFor as makeClient, closeClients, failureOf } from './support/client.js';
import { FakeClock, settle } from './support/fake-clock.js';
import { TestServer, createThing } from './support/service.js';

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
