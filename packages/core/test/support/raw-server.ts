import { randomUUID } from 'node:crypto';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/** Needs no certificate, so that no key has to lie in the tree. */
export const ANONYMOUS_TLS = { ciphers: 'AECDH-AES128-SHA:@SECLEVEL=0', maxVersion: 'TLSv1.2' } as const;

/** A TCP or TLS server that does what a test says with each connection. */
export class RawServer implements AsyncDisposable {
  readonly sockets = new Set<Socket>();
  connections = 0;
  readonly #server;
  readonly #scheme: string;

  private constructor(onConnection: (socket: Socket) => void, isTls: boolean) {
    this.#scheme = isTls ? 'https' : 'http';
    const accept = (socket: Socket) => {
      socket.on('error', () => {});
      onConnection(socket);
    };
    this.#server = isTls ? createTlsServer(ANONYMOUS_TLS, accept) : createServer(accept);
    this.#server.on('connection', (socket: Socket) => {
      this.connections++;
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
  }

  static async start(onConnection: (socket: Socket) => void, isTls = false): Promise<RawServer> {
    const server = new RawServer(onConnection, isTls);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `${this.#scheme}://127.0.0.1:${this.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Calls `onRequest` with the body of each complete request on `socket`, and its number from 1. */
export function eachRequest(socket: Socket, onRequest: (body: string, count: number) => void): void {
  let text = '';
  let count = 0;
  /** Where the head and the body of the request end whose head has been read. */
  let ends: [head: number, body: number] | undefined;
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    for (;;) {
      ends ??= endsOf(text);
      if (ends === undefined || text.length < ends[1]) return;
      const body = text.slice(...ends);
      text = text.slice(ends[1]);
      ends = undefined;
      onRequest(body, ++count);
    }
  });
}

function endsOf(text: string): [number, number] | undefined {
  const [, head, length] = /^([\s\S]*?content-length: (\d+)[\s\S]*?\r\n\r\n)/i.exec(text) ?? [];
  return head === undefined ? undefined : [head.length, head.length + Number(length)];
}

/** A complete response in the service's envelope. */
export function responseText(fields: object, headers = ''): string {
  const body = JSON.stringify({ Response: fields });
  return `HTTP/1.1 200 OK\r\n${headers}content-length: ${body.length}\r\n\r\n${body}`;
}

/** A success that says which task it is for. */
export function success(taskId: number): string {
  return responseText({
    TaskId: taskId,
    RequestId: `00000000-0000-0000-0000-${String(taskId).padStart(12, '0')}`,
  });
}

/** A refusal with this code. */
export function refusal(code: string): string {
  return responseText({ Error: { Code: code, Message: 'm' }, RequestId: randomUUID() });
}
