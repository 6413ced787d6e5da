import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { PooledRequest } from '../../src/transport/pool/pooled-request.js';
import { closePools, failed, openPool, requestTo, send, textOf } from '../support/exchanges.js';
import { clientFor, closeClients, failureOf } from '../support/client.js';
import { PacingRefusal } from '../../src/pacing/pacer.js';
import { FakeClock } from '../support/fake-clock.js';
import { RawServer, eachRequest, refusal, responseText, success } from '../support/raw-server.js';
import { createThing } from '../support/service.js';
import { eventually, turns } from '../support/wait.js';

afterEach(closeClients);
afterEach(closePools);

/** Answers each request with its number, and again a little later with another one. */
const BUSY_SERVER = `
const { parentPort, workerData } = require('node:worker_threads');
const late = new Int32Array(workerData);
let count = 0;
const write = (socket, text, done) =>
  socket.write('HTTP/1.1 200 OK\\r\\ncontent-length: ' + text.length + '\\r\\n\\r\\n' + text, done);
const { connect, createServer } = require('node:net');
// On a busy machine, what was written arrives later. An echo that was asked for after that comes back after it has arrived.
const echo = createServer((socket) => socket.pipe(socket));
let sound;
const server = createServer((socket) => {
  socket.on('error', () => {}).on('data', () => {
    write(socket, String(++count));
    setTimeout(() => write(socket, 'late', () => {
      sound.once('data', () => {
        Atomics.add(late, 0, 1);
        Atomics.notify(late, 0);
      });
      sound.write('.');
    }), 5);
  });
});
echo.listen(0, '127.0.0.1', () => {
  sound = connect(echo.address().port, '127.0.0.1');
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
});
`;

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

  test.each([
    ['says so', 'connection: close\r\n'],
    ['keeps it for too short a time', 'keep-alive: timeout=1\r\n'],
  ])(
    'nor is a second one in a packet with a response that ends its connection: %s',
    async (_name, header) => {
      let count = 0;
      await using server = await RawServer.start((socket) =>
        eachRequest(socket, () => {
          count++;
          const first = count % 2 === 1 ? refusal('RequestLimitExceeded') : success(900 + count);
          socket.write(first.replace('\r\n', `\r\n${header}`) + success(count));
        }),
      );
      const client = clientFor(server, { pacing: false });
      for (let call = 1; call <= 4; call++) {
        expect(await failureOf(client.call(createThing, { Name: 'x' }))).toMatchObject({
          code: 'ForeignResponse',
          outcome: 'unknown',
          attempts: 1,
        });
      }
      expect(count, 'nothing was sent twice').toBe(4);
    },
  );

  test('a response that ends its connection, and nothing else in its packet, is believed', async () => {
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, () =>
        socket.write(responseText({ TaskId: 7, RequestId: 'r' }, 'connection: close\r\n')),
      ),
    );
    const exchange = send(await openPool(), server.url);
    expect(await textOf(exchange)).toContain('"TaskId":7');
    expect(exchange.hasSurplus).toBe(false);
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

  describe('nor is one whose real response comes while the retry waits', () => {
    /** Refuses the first request, but executes it; says so when `tell` is called, and then calls `onTold`. */
    async function liar() {
      const state = { created: 0, tell: async () => {} };
      const server = await RawServer.start((socket) =>
        eachRequest(socket, () => {
          const real = success(++state.created);
          if (state.created > 1) return void socket.write(real);
          socket.write(refusal('RequestLimitExceeded'));
          state.tell = async () => {
            socket.write(real);
            // The client ends the connection when it has seen it.
            await once(socket, 'close');
          };
        }),
      );
      return { server, state };
    }

    /** A pacer that has the truth told while the second request waits. */
    const pacerThat = (tell: () => Promise<void>) => {
      let count = 0;
      const acquire = async () => {
        if (++count === 2) await tell();
        return { release() {} };
      };
      return { pacer: { acquire } };
    };

    test('for its turn: it is not sent', async () => {
      const { server, state } = await liar();
      await using _ = server;
      const client = clientFor(server, { pacing: pacerThat(() => state.tell()) });
      const error = await failureOf(client.call(createThing, { Name: 'x' }));
      expect(error).toMatchObject({ code: 'ForeignResponse', outcome: 'unknown' });
      expect(state.created).toBe(1);
    });

    test('for a connection: it is not sent, and the connection is kept for others', async () => {
      let requests = 0;
      await using server = await RawServer.start((socket) =>
        eachRequest(socket, () => socket.write(success(++requests))),
      );
      const pool = await openPool();
      let asked = 0;
      const exchange = send(pool, server.url, 'x', { isOvertaken: () => ++asked > 1 });
      expect(await failed(exchange)).toMatchObject({ kind: 'overtaken', sent: false });
      expect(await textOf(send(pool, server.url))).toContain('"TaskId":1');
      expect(server.connections).toBe(1);
    });

    test.each([
      ['the caller ends the call', 'Aborted', (controller: AbortController) => controller.abort()],
      [
        'the queue is full',
        'QueueFull',
        () => {
          throw new PacingRefusal('queue-full', 'Too many.');
        },
      ],
    ])('and %s: the outcome is unknown', async (_name, code, end) => {
      const { server, state } = await liar();
      await using _ = server;
      const controller = new AbortController();
      const pacing = pacerThat(async () => {
        await state.tell();
        await turns(2);
        end(controller);
      });
      const client = clientFor(server, { pacing });
      const call = client.call(createThing, { Name: 'x' }, { signal: controller.signal });
      expect(await failureOf(call)).toMatchObject({ code, outcome: 'unknown', attempts: 1 });
      expect(state.created).toBe(1);
    });

    test('an action that may be repeated is repeated', async () => {
      const { server, state } = await liar();
      await using _ = server;
      const client = clientFor(server, { pacing: pacerThat(() => state.tell()) });
      const repeatable = { ...createThing, idempotency: 'idempotent' } as const;
      expect(await client.call(repeatable, { Name: 'x' })).toMatchObject({ TaskId: 2 });
      expect(state.created).toBe(2);
    });
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

  test.each([
    ['that keeps its connection', ''],
    ['that ends it', 'connection: close\r\n'],
  ])('a second TLS record in one packet with a response %s belongs to none', async (_name, header) => {
    let onRecord = () => {};
    const record = () => new Promise<void>((resolve) => (onRecord = resolve));
    let isAsked = false;
    await using server = await RawServer.start((socket) => {
      socket.setNoDelay();
      eachRequest(socket, async (_body, count) => {
        isAsked = true;
        socket.write(success(count).replace('\r\n', `\r\n${header}`));
        await record();
        socket.write(success(99));
      });
    }, true);
    /** Joins the two records of a response. */
    await using relay = await RawServer.start((near) => {
      const far = connect(server.port, '127.0.0.1').on('error', () => {});
      near.on('close', () => far.destroy()).on('data', (chunk) => far.write(chunk));
      let first: Buffer | undefined;
      far.on('data', (chunk: Buffer) => {
        if (!isAsked) return void near.write(chunk);
        onRecord();
        if (first !== undefined) near.write(Buffer.concat([first, chunk]));
        first = first === undefined ? chunk : undefined;
      });
    });
    const pool = await openPool({}, true);
    const exchange = send(pool, relay.url.replace('http:', 'https:'));
    expect(await textOf(exchange)).toContain('"TaskId":1');
    expect(exchange.hasSurplus).toBe(true);
  });

  test.each([1, 60])('%i bytes of a TLS record on an idle connection end it', async (held) => {
    let sendLate = () => false;
    await using server = await RawServer.start((socket) => {
      eachRequest(socket, (_body, count) => {
        socket.write(success(count));
        sendLate = () => socket.write(success(99));
      });
    }, true);
    let forwarded = 0;
    let isLate = false;
    /** Forwards what the server says, but holds back the rest of a record that comes while nothing is asked. */
    await using relay = await RawServer.start((near) => {
      let rest: Buffer | undefined;
      // A few bytes would otherwise wait until those before them are acknowledged.
      near.setNoDelay();
      const far = connect(server.port, '127.0.0.1').on('error', () => {});
      near
        .on('close', () => far.destroy())
        .on('data', (chunk) => {
          far.write(chunk);
          if (rest !== undefined) near.write(rest);
        });
      far.on('data', (chunk: Buffer) => {
        rest = isLate ? chunk.subarray(held) : undefined;
        near.write(isLate ? chunk.subarray(0, held) : chunk, () => forwarded++);
      });
    });
    const pool = await openPool({}, true);
    const url = relay.url.replace('http:', 'https:');
    await send(pool, url).response;
    isLate = true;
    const before = forwarded;
    sendLate();
    await eventually(() => expect(forwarded).toBe(before + 1));
    // What was written before an echo is asked for has arrived when that comes back.
    await using echo = await RawServer.start((socket) => socket.pipe(socket));
    const sound = connect(echo.port, '127.0.0.1');
    sound.end('.');
    await once(sound, 'data');
    isLate = false;
    expect(await textOf(send(pool, url))).toContain('"TaskId":1');
    expect(server.connections).toBe(2);
  });

  /** Starts the thread that can write while this one is busy, and a pool with one connection to it. */
  async function busyServer() {
    const late = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(BUSY_SERVER, { eval: true, workerData: late.buffer });
    const [port] = (await once(worker, 'message')) as [number];
    const pool = await openPool({ maxConnections: 1 });
    return {
      send: () => send(pool, `http://127.0.0.1:${port}`),
      /** This thread stands still until that many late responses have arrived. */
      stand(count: number) {
        while (Atomics.load(late, 0) < count) Atomics.wait(late, 0, count - 1);
      },
      [Symbol.asyncDispose]: async () => void (await worker.terminate()),
    };
  }

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
