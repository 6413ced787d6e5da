import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { MockEngine, MockServer } from '../src/index.js';
import { signedRequest, exampleOf } from './support.js';

/** Sends the same request on one connection after another, and says how many responses each first packet has. Plain JavaScript. */
const CLIENT = `
  const { connect } = require('node:net');
  const { parentPort, workerData: { port, request, times } } = require('node:worker_threads');
  const counts = [];
  const next = () => {
    if (counts.length === times) return parentPort.postMessage(counts);
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.once('data', (packet) => {
      counts.push(String(packet).split('HTTP/1.1 200').length - 1);
      socket.destroy();
      next();
    });
  };
  next();
`;

// In this thread, both would be there before anybody reads.
test('two responses in one packet are one packet to a client in another thread', async () => {
  const engine = new MockEngine({ signatures: 'off', rateLimit: 'off' });
  await using server = await MockServer.start(engine);
  engine.faults.add({ fault: 'anothers-first' });
  const { headers, body } = signedRequest(JSON.stringify(exampleOf('CreateAutoCalloutTask')));
  const lines = Object.entries({ ...headers, 'content-length': body.length });
  const request = `POST / HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${String(value)}\r\n`).join('')}\r\n${String(body)}`;
  const port = Number(new URL(server.url).port);
  const worker = new Worker(CLIENT, { eval: true, workerData: { port, request, times: 60 } });
  const [counts] = (await once(worker, 'message')) as [number[]];
  await worker.terminate();
  expect(counts).toEqual(Array.from({ length: 60 }, () => 2));
});
