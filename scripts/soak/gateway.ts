import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { createServer } from 'node:tls';
import type { Certificate } from '../../packages/mocks/src/server/certificate.js';

/** The share of responses after which the connection is reset, and not closed. */
const RESET_SHARE = 0.2;

/**
 * A gateway before a service: it speaks TLS, ends each connection with its response, sometimes by a reset, and adds a trace
 * id that is there already once more.
 */
export class Gateway implements AsyncDisposable {
  readonly url: string;
  readonly #close: () => Promise<void>;

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.#close = close;
  }

  static async start(
    serviceUrl: string,
    random: () => number,
    { key, cert }: Pick<Certificate, 'key' | 'cert'>,
  ): Promise<Gateway> {
    const port = Number(new URL(serviceUrl).port);
    const sockets = new Set<Socket>();
    const server = createServer({ key, cert }, (client) => relay(client, port, random));
    server
      .on('tlsClientError', () => {})
      .on('connection', (socket: Socket) => {
        sockets.add(socket);
        socket.on('error', () => {}).once('close', () => sockets.delete(socket));
      });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Gateway(`https://127.0.0.1:${(server.address() as AddressInfo).port}`, async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#close();
  }
}

/** One request and its response. The service ends its connection by itself, because it is asked to. */
function relay(client: TLSSocket, port: number, random: () => number): void {
  const service = connect(port, '127.0.0.1');
  service.setNoDelay(true);
  const end = () => {
    client.destroy();
    service.destroy();
  };
  client.on('error', end).once('close', end);
  service.on('error', end);
  service.once('close', () => {
    if (random() < RESET_SHARE) client.destroy();
    else client.end();
  });
  client.once('data', (chunk: Buffer) => {
    service.write(rewrite(chunk, /connection: keep-alive/i, 'connection: close'));
    client.pipe(service);
  });
  service.once('data', (chunk: Buffer) => {
    client.write(rewrite(chunk, /(x-tc-traceid: [^\r]*\r\n)/i, '$1$1'));
    service.pipe(client, { end: false });
  });
}

function rewrite(chunk: Buffer, pattern: RegExp, becomes: string): Buffer {
  return Buffer.from(chunk.toString('latin1').replace(pattern, becomes), 'latin1');
}
