import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { closePools, failed, openPool, send, textOf } from '../support/exchanges.js';
import { ANONYMOUS_TLS, RawServer, eachRequest, responseText, success } from '../support/raw-server.js';

afterEach(closePools);

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Writes each part in a packet of its own. */
async function writeParts(socket: Socket, parts: readonly string[]): Promise<void> {
  for (const part of parts) {
    await new Promise((resolve) => socket.write(part, resolve));
    await turn();
    await turn();
  }
}

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const PROCESSING = 'HTTP/1.1 102 Processing\r\n\r\n';
const HINTS = 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n';

describe('an interim response that nobody asked for', () => {
  test.each<[string, readonly string[]]>([
    ['100', [CONTINUE]],
    ['100, whose head has fields', ['HTTP/1.1 100 Continue\r\nx-by: gateway\r\n\r\n']],
    ['100 without words', ['HTTP/1.1 100\r\n\r\n']],
    ['100 twice', [CONTINUE, CONTINUE]],
    ['100 and 103 in one packet', [CONTINUE + HINTS]],
    ['103, then 100', [HINTS, CONTINUE]],
    ['102 and 100 and 103', [PROCESSING + CONTINUE, HINTS]],
    ['100, byte by byte', [...CONTINUE]],
  ])('is no response: %s', async (_name, parts) => {
    for (const isTogether of [true, false]) {
      await using server = await RawServer.start((socket) =>
        eachRequest(socket, (_body, count) => {
          const last = success(count);
          void writeParts(
            socket,
            isTogether ? [...parts.slice(0, -1), parts.at(-1)! + last] : [...parts, last],
          );
        }),
      );
      const pool = await openPool({ maxConnections: 1 });
      expect(await textOf(send(pool, server.url))).toContain('"TaskId":1');
      expect(await textOf(send(pool, server.url)), 'the connection is kept').toContain('"TaskId":2');
      expect(server.connections).toBe(1);
    }
  });

  test('before a response without a known length is no part of it', async () => {
    await using server = await RawServer.start((socket) =>
      eachRequest(socket, () => socket.end(`${CONTINUE}HTTP/1.1 200 OK\r\n\r\n{"all":1}`)),
    );
    expect(await textOf(send(await openPool(), server.url))).toBe('{"all":1}');
  });

  test.each([
    ['alone', CONTINUE],
    ['in part', CONTINUE.slice(0, 15)],
    ['with a head that does not end', `${CONTINUE.slice(0, -2)}x: ${'x'.repeat(20_000)}`],
    [
      'to change the protocol',
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
    ],
  ])('and nothing after it leaves the request without a response: %s', async (_name, text) => {
    await using server = await RawServer.start((socket) => eachRequest(socket, () => socket.end(text)));
    expect(await failed(send(await openPool(), server.url))).toMatchObject({ sent: true, kind: 'network' });
  });
});

/** Answers as fast as it can, in a thread of its own: only so can a response come before the event loop has turned. */
const FAST_SERVER = `
const { parentPort, workerData } = require('node:worker_threads');
const { end, ...options } = workerData;
const server = require('node:tls').createServer(options, (socket) => {
  const answer = 'HTTP/1.1 200 OK\\r\\nconnection: close\\r\\ncontent-length: 2\\r\\n\\r\\n{}';
  socket.on('error', () => {}).once('data', () => (end ? socket.end(answer) : socket.write(answer)));
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

describe('a response that ends its connection', () => {
  test.each([
    ['says so', false],
    ['says so, and ends it', true],
  ])('over TLS, as fast as it can be, is no early one: %s', async (_name, end) => {
    const worker = new Worker(FAST_SERVER, { eval: true, workerData: { ...ANONYMOUS_TLS, end } });
    try {
      const [port] = (await once(worker, 'message')) as [number];
      const pool = await openPool({ maxConnections: 4 }, true);
      const early: boolean[] = [];
      for (let round = 0; round < 15; round++) {
        const exchanges = Array.from({ length: 4 }, () =>
          send(pool, `https://127.0.0.1:${port}`, 'x'.repeat(500)),
        );
        for (const { response } of exchanges) early.push((await response).isEarly);
      }
      expect(early.filter((isEarly) => isEarly)).toEqual([]);
    } finally {
      await worker.terminate();
    }
  });

  test.each([
    ['plain', false],
    ['TLS', true],
  ])('before a large request was sent is early: %s', async (_name, isTls) => {
    await using server = await RawServer.start((socket) => {
      socket.once('data', () => {
        socket.pause();
        socket.write(responseText({ TaskId: 1 }, 'connection: close\r\n'));
      });
    }, isTls);
    const pool = await openPool({}, isTls);
    const { isEarly } = await send(pool, server.url, Buffer.alloc(20_000_000, 'x')).response;
    expect(isEarly).toBe(true);
  });
});
