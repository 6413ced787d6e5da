/** A server in a process of its own that answers every POST at once; the floor that all clients are measured against. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nextResponse } from './params.js';

const server = createServer((request, response) => {
  request.on('end', () => {
    const text = nextResponse();
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length }).end(text);
  });
  request.resume();
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () =>
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
process.once('disconnect', () => process.exit());
