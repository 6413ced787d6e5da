import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import type { Server as TlsServer, TLSSocket } from 'node:tls';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import { expect, test } from 'vitest';
import { makeCertificate } from '../src/server/certificate.js';
import { noteSpeaker, reset } from '../src/server/reset.js';

const portOf = (server: TlsServer | ReturnType<typeof createServer>) =>
  (server.address() as AddressInfo).port;

/** What became of the server's end and of the client's, once both are closed. */
async function closings(server: Socket, client: Socket): Promise<(string | undefined)[]> {
  let code: string | undefined;
  client.on('error', (error: NodeJS.ErrnoException) => (code = error.code));
  server.on('error', () => {});
  client.resume();
  await Promise.all(
    [server, client].map((socket) => new Promise((resolve) => socket.once('close', resolve))),
  );
  return ['closed', code];
}

const withTcp = async (act: (socket: Socket) => void) => {
  const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect(portOf(server), '127.0.0.1');
  const [[socket]] = (await Promise.all([once(server, 'connection'), once(client, 'connect')])) as [
    [Socket],
    unknown,
  ];
  act(socket);
  const ends = await closings(socket, client);
  server.close();
  await once(server, 'close');
  return ends;
};

const certificate = makeCertificate(['127.0.0.1']);

const withTls = async (act: (below: Socket, speaker: TLSSocket) => void) => {
  const server = createTlsServer(await certificate).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const below = once(server, 'connection') as Promise<[Socket]>;
  const speaker = once(server, 'secureConnection') as Promise<[TLSSocket]>;
  const client = connectTls({ port: portOf(server), host: '127.0.0.1', rejectUnauthorized: false });
  const [[socket], [secure]] = await Promise.all([below, speaker, once(client, 'secureConnect')]);
  noteSpeaker(secure);
  act(socket, secure);
  const ends = await closings(socket, client);
  server.close();
  await once(server, 'close');
  return ends;
};

test('a connection is reset, with and without TLS', async () => {
  expect(await withTcp(reset)).toEqual(['closed', 'ECONNRESET']);
  expect(await withTls((below) => reset(below))).toEqual(['closed', 'ECONNRESET']);
  expect(await withTls((_below, speaker) => reset(speaker))).toEqual(['closed', 'ECONNRESET']);
});

test('a connection that is just being shut down is closed, and so is its server', async () => {
  const endAndReset = (socket: Socket) => {
    socket.end('a part');
    reset(socket);
  };
  expect(await withTcp(endAndReset)).toContain('closed');
  expect(await withTls((_below, speaker) => endAndReset(speaker))).toContain('closed');
  const resetBelow = (below: Socket, speaker: TLSSocket) => {
    speaker.end('a part');
    reset(below);
  };
  expect(await withTls(resetBelow)).toContain('closed');
});
