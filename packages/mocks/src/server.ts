import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MockEngine } from './engine.js';
import { MAX_BODY_BYTES } from './engine.js';
import type { MockReply } from './protocol.js';

/** Where the server listens. */
export interface ServerOptions {
  /** Default 0: any free port. */
  port?: number;
}

/** How long an idle connection is kept, in milliseconds; as long as the service does. */
const KEEP_ALIVE_MS = 60_000;

/** The double on a loopback port. */
export class MockServer {
  readonly #server: Server;
  /** Where it listens, for the client's option `endpoint`. */
  readonly url: string;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(engine: MockEngine, { port = 0 }: ServerOptions = {}): Promise<MockServer> {
    const server = createServer((request, response) => void answer(engine, request, response));
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    return new MockServer(server);
  }

  /** Stops listening and ends all connections. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

async function answer(engine: MockEngine, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url: path = '', headers } = request;
  try {
    const body = await readBody(request);
    const reply = path.startsWith('/__mock/')
      ? control(engine, method, path)
      : engine.handle({ method, path, headers, body });
    send(response, reply);
  } catch (error) {
    if (!request.destroyed) response.writeHead(500).end();
    if (!isDisconnect(error)) throw error;
  }
}

/** Reads the body, keeping no more of it than is needed to see that it is too long. */
async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
    bytes += chunk.length;
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, { status, headers, body }: MockReply): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

function isDisconnect(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/** Routes for those who drive the double from outside: apart from the API, and never counted in the journal. */
function control(engine: MockEngine, method: string, path: string): MockReply {
  const { journal, created } = engine;
  if (method === 'GET' && path === '/__mock/health') return json({ ready: true });
  if (method === 'GET' && path === '/__mock/journal')
    return json({ requests: journal.size, entries: journal.entries, created });
  if (method === 'POST' && path === '/__mock/reset') {
    engine.reset();
    return json({ reset: true });
  }
  return { ...json({ error: 'GET /__mock/health, GET /__mock/journal or POST /__mock/reset' }), status: 404 };
}

function json(value: unknown): MockReply {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
