import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { MockEngine } from './engine.js';
import { MAX_BODY_BYTES } from './engine.js';
import type { MockResponse } from './protocol.js';
import { sendResponse, sendUnasked } from './wire.js';

/** Where the server listens. */
export interface ServerOptions {
  /** Default 0: any free port. */
  port?: number;
}

/** How long an idle connection is kept, in milliseconds; as long as the service does. */
const KEEP_ALIVE_MS = 60_000;

/** How long a server that has answered early reads nothing, in milliseconds. */
const HOLD_MS = 20;

const LOOPBACK = '127.0.0.1';

/** The mock on a loopback port. */
export class MockServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #port: number;
  /** Where it listens, for the client's option `endpoint`. */
  readonly url: string;

  private constructor(server: Server, engine: MockEngine) {
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
    this.url = `http://${LOOPBACK}:${this.#port}`;
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      const strike = engine.faults.nextConnection();
      if (strike !== undefined) sendUnasked(socket, engine.unasked(strike));
    });
  }

  static async start(engine: MockEngine, { port = 0 }: ServerOptions = {}): Promise<MockServer> {
    const server = createServer((request, response) => void answer(engine, request, response));
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    await listen(server, port);
    return new MockServer(server, engine);
  }

  /**
   * An endpoint on this server whose TLS handshake fails: the server speaks plain HTTP, so what it answers to a client
   * hello is no TLS.
   */
  get brokenTlsUrl(): string {
    return this.url.replace('http:', 'https:');
  }

  /** How many connections are open. */
  get connections(): number {
    return this.#sockets.size;
  }

  /** Refuses connections, as a service that is down does, and resets those that there are. */
  async refuse(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.resetAndDestroy();
    await closed;
  }

  /** Takes connections again, at the same address. */
  async accept(): Promise<void> {
    await listen(this.#server, this.#port);
  }

  /** Stops listening and ends all connections. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      for (const socket of this.#sockets) socket.destroy();
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function answer(engine: MockEngine, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url: path = '', headers } = request;
  if (path.startsWith('/__mock/')) return sendResponse(response, control(engine, method, path));
  const strike = engine.faults.next(
    String(headers['x-tc-action'] ?? ''),
    Number(headers['content-length'] ?? 0),
  );
  const isAtHead = strike?.kind.at === 'head';
  if (isAtHead) {
    sendResponse(response, engine.unasked(strike));
    if (strike.strikes === 'before') return;
    await holdBody(request);
    if (request.destroyed) return;
  }
  const body = await readBody(request);
  // Without a body, the client went away before it had sent everything.
  if (body === undefined) return;
  const answered = engine.handleStruck({ method, path, headers, body }, strike);
  if (!isAtHead) sendResponse(response, answered);
}

/** Leaves the body where it is for a while; a request that was begun to be read is not thrown away after its response. */
async function holdBody(request: IncomingMessage): Promise<void> {
  request.read(0);
  await setTimeout(HOLD_MS);
}

/** Reads the body, keeping no more of it than is needed to see that it is too long; undefined where it never ends. */
function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
      bytes += chunk.length;
    });
    request.once('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    request.once('error', () => resolve(undefined));
    request.once('close', () => resolve(undefined));
  });
}

/** Routes for those who drive the mock from outside: apart from the API, and never counted in the journal. */
function control(engine: MockEngine, method: string, path: string): MockResponse {
  const { journal, created } = engine;
  if (method === 'GET' && path === '/__mock/health') return json({ ready: true });
  if (method === 'GET' && path === '/__mock/journal') {
    return json({ requests: journal.size, entries: journal.entries, created });
  }
  if (method === 'POST' && path === '/__mock/reset') {
    engine.reset();
    return json({ reset: true });
  }
  return { ...json({ error: 'GET /__mock/health, GET /__mock/journal or POST /__mock/reset' }), status: 404 };
}

function json(value: unknown): MockResponse {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
