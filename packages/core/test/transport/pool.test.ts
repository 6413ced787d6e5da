import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { realTime } from '../../src/real-time.js';
import { CancelScope } from '../../src/cancellation.js';
import { systemClock } from '../../src/clock.js';
import type { ResponseHandler } from '../../src/transport/dispatcher.js';
import { closePools, failed, openPool, send, textOf } from '../support/exchanges.js';
import { FakeClock } from '../support/fake-clock.js';
import { RawServer, eachRequest, success } from '../support/raw-server.js';
import { eventually, turns } from '../support/wait.js';

afterEach(closePools);

/** What keeps the process alive, apart from what a test's server has. */
const resources = () =>
  process.getActiveResourcesInfo().filter((name) => /TCPSocketWrap|TLSWrap|TCPConnectWrap|Timeout/.test(name))
    .length;

const answer = (socket: Socket) => eachRequest(socket, (_body, count) => socket.write(success(count)));

describe('the pool', () => {
  test('carries more requests than it has connections, each once', async () => {
    const bodies: string[] = [];
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, (body) => {
        bodies.push(body);
        socket.write(success(1));
      }),
    );
    const pool = await openPool({ maxConnections: 4 });
    const exchanges = Array.from({ length: 100 }, (_, index) => send(pool, server.url, `body ${index}`));
    await Promise.all(exchanges.map(({ response }) => response));
    expect(bodies.sort()).toEqual(exchanges.map((_, index) => `body ${index}`).sort());
    expect(server.connections).toBe(4);
  });

  test('serves first who came first', async () => {
    const bodies: string[] = [];
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, (body) => {
        bodies.push(body);
        // Some end their connection and say so, some end it without a word.
        const ending = bodies.length % 3 === 0 ? 'connection: close\r\n' : '';
        socket.write(`HTTP/1.1 200 OK\r\n${ending}content-length: 2\r\n\r\n{}`);
        if (bodies.length % 3 === 1) socket.end();
      }),
    );
    const pool = await openPool({ maxConnections: 1 });
    const exchanges = Array.from({ length: 10 }, (_, index) => send(pool, server.url, String(index)));
    await Promise.all(exchanges.map(({ response }) => response));
    expect(bodies).toEqual([...bodies.keys()].map(String));
  });

  test('also if the process is busy while a request is handed over', async () => {
    const bodies: string[] = [];
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, (body) => {
        bodies.push(body);
        socket.write(success(1));
      }),
    );
    const pool = await openPool({ maxConnections: 1 });
    await send(pool, server.url, 'first').response;
    const exchanges = ['a', 'b', 'c'].map((body) => send(pool, server.url, body));
    for (let count = 0; count < 20; count++) await Promise.resolve();
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5));
    await Promise.all(exchanges.map(({ response }) => response));
    expect(bodies).toEqual(['first', 'a', 'b', 'c']);
  });

  test('never has more connections than it may, through outages of every kind', async () => {
    let mode: 'answer' | 'reset' | 'silent' = 'answer';
    let most = 0;
    const sockets = new Set<Socket>();
    const accept = (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => {}).once('close', () => sockets.delete(socket));
      most = Math.max(most, sockets.size);
      if (mode === 'reset') socket.resetAndDestroy();
      eachRequest(socket, () => {
        if (mode === 'answer') socket.write(success(1));
        else if (mode === 'reset') socket.resetAndDestroy();
      });
    };
    let server = createServer(accept);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const pool = await openPool({ maxConnections: 8 });
    const outcomes = { answered: 0, failed: 0 };
    const over = new AbortController();
    const clock = new FakeClock();
    const worker = async () => {
      while (!over.signal.aborted) {
        const { response } = send(pool, `http://127.0.0.1:${port}`, 'x', { clock, timeoutMs: 100 });
        await response.then(
          () => outcomes.answered++,
          () => outcomes.failed++,
        );
      }
    };
    const workers = Array.from({ length: 40 }, worker);
    /** Lets a millisecond pass with each turn of the event loop, until so many more have ended like this. */
    const until = async (outcome: keyof typeof outcomes, more: number) => {
      const target = outcomes[outcome] + more;
      while (outcomes[outcome] < target) {
        await clock.advance(1);
        await turns(1);
      }
    };
    for (let round = 0; round < 4; round++) {
      for (mode of ['answer', 'reset', 'answer', 'silent'] as const)
        await until(mode === 'answer' ? 'answered' : 'failed', 25);
      // Refused, and those that there are reset.
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.resetAndDestroy();
      await closed;
      await until('failed', 25);
      mode = 'answer';
      server = createServer(accept);
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    }
    await until('answered', 25);
    over.abort();
    await Promise.all(workers);
    await eventually(() => expect(sockets.size).toBeLessThanOrEqual(8));
    // A socket that the client has closed may be counted here for a moment longer.
    expect(most).toBeLessThanOrEqual(16);
    await pool.destroy();
    await eventually(() => expect(sockets.size).toBe(0));
    await new Promise((resolve) => server.close(resolve));
  });

  test('a request that gives up before its turn is never written, and disturbs no other', async () => {
    const bodies: string[] = [];
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, (body) => {
        bodies.push(body);
        setTimeout(() => socket.write(success(1)), 5);
      }),
    );
    const pool = await openPool({ maxConnections: 2 });
    const scopes = Array.from({ length: 60 }, () => new CancelScope(systemClock, Infinity, undefined));
    const exchanges = scopes.map((scope, index) => send(pool, server.url, String(index), { scope }));
    const isGivenUp = (index: number) => index % 2 === 1;
    const ends = exchanges.map(({ response, delivery }) =>
      response.then(
        () => 'answered',
        ({ kind }: { kind: string }) => `${kind} ${delivery.isSent}`,
      ),
    );
    // The last one waits behind all others. Each of the rest at another time, also between hand-over and writing.
    scopes.at(-1)!.cancel({ kind: 'closed' });
    for (const [index, scope] of scopes.entries()) {
      if (isGivenUp(index)) await exchanges[index - 1]!.response;
      if (isGivenUp(index)) scope.cancel({ kind: 'closed' });
    }
    const found = await Promise.all(ends);
    for (const [index, end] of found.entries()) {
      if (!isGivenUp(index)) expect(end).toBe('answered');
      else if (end === 'cancelled false') expect(bodies).not.toContain(String(index));
      else expect(bodies).toContain(String(index));
    }
    expect(found).toContain('cancelled false');
  });

  test('a connection is made for those only that wait', async () => {
    await using server = await RawServer.start(answer);
    const pool = await openPool();
    const scope = new CancelScope(systemClock, Infinity, undefined);
    const exchanges = Array.from({ length: 5 }, () => send(pool, server.url, 'x', { scope }));
    const ends = exchanges.map(failed);
    scope.cancel({ kind: 'closed' });
    for (const end of ends) expect(await end).toMatchObject({ kind: 'cancelled', sent: false });
    // Those that may have been begun would be there by the time that one to another server is.
    await using other = await RawServer.start(answer);
    await send(pool, other.url).response;
    await eventually(() => expect(server.sockets.size).toBe(0));
    await send(pool, server.url).response;
    expect(server.sockets.size).toBe(1);
  });

  test('an idle connection ends after its time', async () => {
    await using server = await RawServer.start(answer);
    const pool = await openPool({ keepAliveMs: 50 });
    await send(pool, server.url).response;
    await eventually(() => expect(server.sockets.size).toBe(0));
  });

  test('an idle connection whose time was over while the machine slept is not used', async () => {
    await using server = await RawServer.start(answer);
    const pool = await openPool({ keepAliveMs: 600_000, maxConnections: 1 });
    await send(pool, server.url).response;
    await send(pool, server.url).response;
    expect(server.connections).toBe(1);
    const awake = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 600_001);
    try {
      await send(pool, server.url).response;
    } finally {
      awake.mockRestore();
    }
    expect(server.connections).toBe(2);
  });

  /** Answers each request, and says for how long it keeps the connection. */
  const answerKeeping = (keepAlive: string) => (socket: Socket) =>
    eachRequest(socket, () => socket.write(success(1).replace('\r\n', `\r\nkeep-alive: ${keepAlive}\r\n`)));

  test.each([
    ['timeout=3', 999, 1],
    ['timeout=3', 1_001, 2],
    ['timeout=3, max=100', 1_001, 2],
    ['timeout=100, Timeout=3', 1_001, 2],
    ['max=100', 599_000, 1],
    ['timeout=5000', 599_000, 1],
    ['timeout=5000', 600_001, 2],
    ['timeout=2', 0, 2],
    ['timeout=0', 0, 2],
  ])('a connection with Keep-Alive: %s that rested for %d ms: %d in all', async (keepAlive, ms, count) => {
    await using server = await RawServer.start(answerKeeping(keepAlive));
    const pool = await openPool({ keepAliveMs: 600_000, maxConnections: 1 });
    const now = Date.now();
    const time = vi.spyOn(Date, 'now').mockReturnValue(now);
    try {
      await send(pool, server.url).response;
      await turns(2);
      time.mockReturnValue(now + ms);
      await send(pool, server.url).response;
    } finally {
      time.mockRestore();
    }
    expect(server.connections).toBe(count);
  });

  test('an idle connection ends two seconds before the server says it would', async () => {
    const timers = vi.spyOn(realTime, 'setTimeout');
    try {
      await using server = await RawServer.start(answerKeeping('timeout=7'));
      const pool = await openPool({ keepAliveMs: 500_000, maxConnections: 1 });
      const rests = () => timers.mock.calls.map(([, ms]) => ms!).filter((ms) => ms >= 5_000);
      for (let call = 0; call < 3; call++) await send(pool, server.url).response;
      await eventually(() => expect(rests(), 'the same timer each time').toEqual([5_000]));
    } finally {
      timers.mockRestore();
    }
  });

  test('a request that was handed to a connection that ends goes to another one', async () => {
    let latest: Socket | undefined;
    await using server = await RawServer.start((socket) => {
      latest = socket;
      answer(socket);
    });
    const pool = await openPool();
    for (let round = 0; round < 10; round++) {
      await send(pool, server.url).response;
      // At different times around the next request.
      if (round % 2 === 0) latest!.end();
      else latest!.destroy();
      for (let turn = 0; turn < round % 5; turn++) await new Promise((resolve) => setImmediate(resolve));
      const exchange = send(pool, server.url);
      const end = await exchange.response.then(
        () => 'answered',
        () => exchange.delivery.isSent,
      );
      // Lost after it was written, or answered; but never lost before.
      expect(end).not.toBe(false);
    }
  });

  test('if undici cannot work here, connections are not made one after another', async () => {
    /** Loses its socket at once, as undici does if its parser cannot be made. */
    class Broken {
      readonly #connect: (options: object, callback: (error: Error | null, socket: Socket) => void) => void;
      constructor(_origin: unknown, { connect }: { connect: never }) {
        this.#connect = connect;
      }
      dispatch(_options: object, request: ResponseHandler): boolean {
        this.#connect({}, (_error, socket) => {
          socket.destroy();
          request.onResponseError({ abort() {} }, new Error('There is no parser.'));
        });
        return true;
      }
    }
    await using server = await RawServer.start(answer);
    const pool = await openPool({}, false, {}, { Client: Broken as never });
    expect(await failed(send(pool, server.url))).toMatchObject({ kind: 'network', sent: false });
    await turns(10);
    expect(server.connections).toBe(1);
  });

  test('without WebAssembly, undici counts as missing', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    try {
      await expect(openPool()).rejects.toThrow(/undici could not be loaded: It needs WebAssembly/);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test.each([
    ['plain', false],
    ['TLS', true],
  ])('a server that hangs up at once got no request: %s', async (_name, isTls) => {
    await using server = await RawServer.start((socket) => socket.end(), isTls);
    const pool = await openPool({}, isTls);
    expect(await failed(send(pool, server.url))).toMatchObject({ kind: 'network', sent: false });
    expect(server.connections).toBe(1);
  });

  test('wrong headers are refused before anything is sent, and the connection stays', async () => {
    await using server = await RawServer.start(answer);
    const pool = await openPool();
    await send(pool, server.url).response;
    const failure = await failed(send(pool, server.url, 'x', { headers: ['bad name', 'x'] }));
    expect(failure).toMatchObject({ kind: 'network', sent: false, cause: { code: 'UND_ERR_INVALID_ARG' } });
    expect(await textOf(send(pool, server.url))).toContain('"TaskId":2');
    expect(server.connections).toBe(1);
  });

  test('a TLS handshake that hangs is limited', async () => {
    const pool = await openPool({ connectTimeoutMs: 50 });
    await using server = await RawServer.start((socket) => socket.resume());
    const failure = await failed(send(pool, server.url.replace('http:', 'https:')));
    expect(failure).toMatchObject({ sent: false, cause: { code: 'UND_ERR_CONNECT_TIMEOUT' } });
    await eventually(() => expect(server.sockets.size).toBe(0));
  });

  test('destroy() leaves nothing, whatever is under way', async () => {
    let asked = 0;
    await using silent = await RawServer.start((socket) => socket.once('data', () => asked++));
    await using server = await RawServer.start(answer);
    const before = resources();
    const pool = await openPool({ maxConnections: 2 });
    await send(pool, server.url).response;
    const ends = [
      ...[silent.url, silent.url, silent.url].map((url) => failed(send(pool, url))),
      ...['x', 'y', 'z'].map((body) => failed(send(pool, silent.url.replace('http:', 'https:'), body))),
    ];
    // The beginnings of two requests and of two handshakes.
    await eventually(() => expect(asked).toBe(4));
    await pool.destroy();
    const found = await Promise.all(ends);
    expect(found.filter(({ sent }) => sent)).toHaveLength(2);
    await eventually(() => expect(silent.sockets.size + server.sockets.size).toBe(0));
    await eventually(() => expect(resources()).toBeLessThanOrEqual(before));
    expect(await failed(send(pool, server.url))).toMatchObject({ sent: false });
  });
});
