import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ExchangeRequest } from '../../src/transport/exchange.js';
import { openPool, send } from './exchanges.js';

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

/** Starts the thread that can write while this one is busy, and a pool with one connection to it. */
export async function busyServer() {
  const late = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(BUSY_SERVER, { eval: true, workerData: late.buffer });
  const [port] = (await once(worker, 'message')) as [number];
  const pool = await openPool({ maxConnections: 1 });
  return {
    send: (options: Partial<ExchangeRequest> = {}) => send(pool, `http://127.0.0.1:${port}`, 'x', options),
    /** This thread stands still until that many late responses have arrived. The time limit of a test cannot end this. */
    stand(count: number) {
      while (Atomics.load(late, 0) < count)
        if (Atomics.wait(late, 0, count - 1, 60_000) === 'timed-out')
          throw new Error(`${count} late responses were expected, and ${Atomics.load(late, 0)} arrived.`);
    },
    [Symbol.asyncDispose]: async () => void (await worker.terminate()),
  };
}
