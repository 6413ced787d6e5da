import type { Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { PooledRequest } from '../../src/transport/pool/pooled-request.js';
import { closePools, failed, openPool, requestTo, send, textOf } from '../support/exchanges.js';
import { clientFor, closeClients, failureOf } from '../support/client.js';
import { busyServer } from '../support/busy-server.js';
import { FakeClock } from '../support/fake-clock.js';
import { RawServer, eachRequest, refusal, responseText, success } from '../support/raw-server.js';
import { createThing } from '../support/service.js';
import { eventually, turns } from '../support/wait.js';

afterEach(closeClients);
afterEach(closePools);

describe('bytes that belong to no request', () => {
  test.each([
    ['a response', success(1)],
    ['half a response', 'HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{'],
    ['one byte', '\n'],
  ])('%s as soon as the connection is there: nothing is sent', async (_name, greeting) => {
    let requests = 0;
    await using server = await RawServer.start((socket) => {
      eachRequest(socket, () => requests++);
      socket.write(greeting);
    });
    const client = clientFor(server, { retry: { maxAttempts: 1 } });
    const error = await failureOf(client.call(createThing, { Name: 'x' }));
    expect(error).toMatchObject({ code: 'ConnectFailed', outcome: 'not-executed', retry: 'after-backoff' });
    expect(requests).toBe(0);
    await eventually(() => expect(server.sockets.size).toBe(0));
  });

  test('the failure says what it was, and another connection may do', async () => {
    let count = 0;
    await using server = await RawServer.start((socket) => {
      if (count++ === 0) socket.write(success(1));
      eachRequest(socket, () => socket.write(success(2)));
    });
    const pool = await openPool();
    const first = await failed(send(pool, server.url));
    expect(first).toMatchObject({ kind: 'surplus', sent: false, cause: { code: 'SURPLUS_BYTES' } });
    expect(await textOf(send(pool, server.url))).toContain('"TaskId":2');
  });

  /** What the server does after each response. Its next request is on its way at once. */
  const duplicates: [string, (socket: Socket, response: string) => void][] = [
    ['in one packet', (socket, response) => socket.write(response + response)],
    [
      'in a packet of its own',
      (socket, response) => {
        socket.write(response);
        socket.write(response);
      },
    ],
    ['in part, in one packet', (socket, response) => socket.write(response + response.slice(0, 20))],
    ['that is no HTTP', (socket, response) => socket.write(`${response}}}}`)],
  ];

  test.each(duplicates)('a second response %s is not the next request’s', async (_name, respond) => {
    let count = 0;
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, () => respond(socket, success(++count))),
    );
    const client = clientFor(server, { pacing: false, maxConnections: 1 });
    for (let call = 1; call <= 10; call++) {
      // Which of the two is the response to this request? Nobody can know.
      expect(await failureOf(client.call(createThing, { Name: 'x' }))).toMatchObject({
        code: 'ForeignResponse',
        outcome: 'unknown',
        attempts: 1,
      });
    }
    expect(count, 'nothing was sent twice').toBe(10);
    expect(server.connections).toBe(10);
  });

  test.each(duplicates)('a second response %s is known to the exchange', async (_name, respond) => {
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, () => respond(socket, success(1))),
    );
    const exchange = send(await openPool(), server.url);
    expect(await textOf(exchange)).toContain('"TaskId":1');
    await eventually(() => expect(exchange.hasSurplus).toBe(true));
    await eventually(() => expect(server.sockets.size).toBe(0));
  });

  test('a refusal whose real response comes during the pause is no refusal', async () => {
    let created = 0;
    let sendReal = () => false;
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, () => {
        created++;
        sendReal = () => socket.write(success(created));
        socket.write(refusal('RequestLimitExceeded'));
      }),
    );
    const clock = new FakeClock(Date.now());
    const random = () => {
      setImmediate(() => sendReal()); // The pause begins.
      return 0.1;
    };
    const client = clientFor(server, { clock, pacing: false, random, retry: { baseMs: 500 } });
    const failure = failureOf(client.call(createThing, { Name: 'x' }));
    await eventually(() => expect([server.connections, server.sockets.size]).toEqual([1, 0]));
    await clock.advance(500);
    expect(await failure).toMatchObject({
      code: 'ForeignResponse',
      outcome: 'unknown',
      attempts: 1,
    });
    expect(created).toBe(1);
  });

  test.each([
    ['a response', success(9), false],
    ['a response, with TLS', success(9), true],
    ['an empty line', '\r\n', false],
    ['an empty line, with TLS', '\r\n', true],
  ])('%s on an idle connection ends it', async (_name, late, isTls) => {
    let sendLate = () => false;
    await using server = await RawServer.start((socket) => {
      eachRequest(socket, () => {
        socket.write(success(1));
        sendLate = () => socket.write(late);
      });
    }, isTls);
    const pool = await openPool({}, isTls);
    const exchange = send(pool, server.url);
    await exchange.response;
    expect(exchange.hasSurplus).toBe(false);
    sendLate();
    await eventually(() => expect(exchange.hasSurplus).toBe(true));
    await eventually(() => expect(server.sockets.size).toBe(0));
    expect(await textOf(send(pool, server.url))).toContain('"TaskId":1');
    expect(server.connections).toBe(2);
  });

  test('a second response that came while the process was busy is seen before the next request', async () => {
    await using server = await busyServer();
    for (let expected = 1; expected <= 5; expected++) {
      expect(await textOf(server.send())).toBe(String(expected));
      server.stand(expected);
    }
  });

  test('nor is it taken for the response of a request during which the process stays busy', async () => {
    await using server = await busyServer();
    for (let expected = 1; expected <= 5; expected++) {
      const exchange = server.send();
      // When it has been handed to undici, a while passes in which timers become due.
      for (let count = 0; count < 20; count++) await Promise.resolve();
      setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5));
      expect(await textOf(exchange)).toBe(String(expected));
      server.stand(expected);
    }
  });

  test('an exchange is not blamed for what comes after a later one', async () => {
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, (_body, count) => socket.write(count === 2 ? success(2) + success(2) : success(1))),
    );
    const pool = await openPool({ maxConnections: 1 });
    const first = send(pool, server.url);
    await first.response;
    const second = send(pool, server.url);
    await second.response;
    await eventually(() => expect(second.hasSurplus).toBe(true));
    expect(first.hasSurplus).toBe(false);
    expect(server.connections).toBe(1);
  });

  test('a kept connection without surplus stays in use', async () => {
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, () => socket.write(success(1))),
    );
    const pool = await openPool();
    for (let count = 0; count < 5; count++) {
      const exchange = send(pool, server.url);
      await exchange.response;
      await turns(1);
      expect(exchange.hasSurplus).toBe(false);
      expect(exchange.isConnectionKnown).toBe(true);
    }
    expect(server.connections).toBe(1);
  });
});

describe('the end of a connection', () => {
  test('endConnection() ends it, and the next request has one of its own', async () => {
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, () => socket.write(success(1))),
    );
    const pool = await openPool();
    const first = send(pool, server.url);
    await first.response;
    const second = send(pool, server.url);
    first.endConnection();
    await second.response;
    expect(server.connections).toBe(2);
    first.endConnection();
    await send(pool, server.url).response;
    expect(server.connections, 'the connection of the second is not that of the first').toBe(2);
  });

  test.each([
    ['a time-out', { timeoutMs: 50 }],
    ['too long a response', { maxResponseBytes: 10 }],
  ])('%s after sending ends it', async (name, options) => {
    let requests = 0;
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, () => {
        requests++;
        if (name !== 'a time-out')
          socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n0123456789abcdef');
      }),
    );
    const clock = new FakeClock();
    const exchange = send(await openPool(), server.url, 'x', { clock, ...options });
    await eventually(() => expect(requests).toBe(1));
    await clock.advance(50);
    expect(await failed(exchange)).toMatchObject({ sent: true });
    expect(exchange.delivery.isSent).toBe(true);
    await eventually(() => expect(server.sockets.size).toBe(0));
  });
});

describe('a response that begins before the request is written', () => {
  test('is marked, and its connection ends', async () => {
    await using server = await RawServer.start((socket) => {
      socket.once('data', () => {
        socket.pause();
        socket.write(success(1));
      });
    });
    const pool = await openPool();
    const response = await send(pool, server.url, Buffer.alloc(20_000_000, 'x')).response;
    expect(response.isEarly).toBe(true);
    for (const socket of server.sockets) socket.resume();
    await eventually(() => expect(server.sockets.size).toBe(0));
  });

  test.each([
    ['plain', false],
    ['TLS', true],
  ])('no other is marked: %s', async (_name, isTls) => {
    await using server = await RawServer.start((socket) => {
      eachRequest(socket, () => socket.write(success(1)));
    }, isTls);
    const pool = await openPool({}, isTls);
    for (const length of [1, 10_000, 1_000_000]) {
      const body = Buffer.alloc(length, 'x');
      const exchanges = Array.from({ length: 10 }, () => send(pool, server.url, body, { timeoutMs: 20_000 }));
      for (const { response } of exchanges) expect(await response).toMatchObject({ isEarly: false });
    }
  });

  test('one that only seems to be is not marked', async () => {
    // That the last byte was written is told late, now and then.
    const connection = {
      isWriting: true,
      isEnded: false,
      begin: () => true,
      carry: async (request: PooledRequest) => {
        request.onRequestStart();
        request.onResponseStart(controller, 200, {});
        request.onResponseEnd();
        connection.isWriting = false;
        return true;
      },
      keepAlive: { note: () => {} },
      finish: vi.fn(),
      end: vi.fn(),
    };
    const controller = { abort: () => {} };
    const exchange = new PooledRequest(
      { take: () => connection } as never,
      requestTo('http://thing.example.invalid'),
    );
    exchange.start();
    expect((await exchange.response).isEarly).toBe(false);
    expect(connection.finish).toHaveBeenCalledOnce();
    expect(connection.end).not.toHaveBeenCalled();
  });

  test('interim responses are no responses', async () => {
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, () => {
        socket.write('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n');
        socket.write(responseText({}, 'date: now\r\n'));
      }),
    );
    expect(await send(await openPool(), server.url).response).toMatchObject({
      status: 200,
      headers: { date: 'now' },
    });
  });
});
