/** A server in a process of its own that answers every POST at once; the floor that all clients are measured against. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RESPONSE } from './params.js';

const server = createServer((request, response) => {
  request.on('end', () => {
    response
      .writeHead(200, { 'content-type': 'application/json', 'content-length': RESPONSE.length })
      .end(RESPONSE);
  });
  request.resume();
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () =>
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
process.once('disconnect', () => process.exit());
