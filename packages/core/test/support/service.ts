import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { ActionDefinition } from '../../src/action.js';
import { turns } from './wait.js';

/** A request that a test server received. */
export interface Received {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

type Answer = (response: ServerResponse, received: Received, count: number) => void | Promise<void>;

/** A real HTTP server whose answers a test decides. */
export class TestServer implements AsyncDisposable {
  readonly received: Received[] = [];
  readonly sockets = new Set<Socket>();
  readonly #server = createServer();
  #port = 0;
  onConnection: () => void = () => {};
  answer: Answer = (response) => respond(response, { TaskId: 7 });

  static async start(answer?: Answer): Promise<TestServer> {
    const server = new TestServer();
    if (answer !== undefined) server.answer = answer;
    server.#server.on('request', (request, response) => void server.#handle(request, response));
    server.#server.on('connection', (socket: Socket) => {
      server.sockets.add(socket);
      server.onConnection();
      socket.on('close', () => server.sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Takes no connections from now on; ends those that there are. */
  async refuse(): Promise<void> {
    this.#port = (this.#server.address() as AddressInfo).port;
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await turns(10); // The client, too, must have seen that its connections ended.
  }

  /** Takes connections again, at the same port. */
  async accept(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return; // The client went away.
    }
    const { method = '', url = '', headers } = request;
    const received = { method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') };
    this.received.push(received);
    await this.answer(response, received, this.received.length);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

let responses = 0;

/** A request id that no response has had before. */
export function freshId(): string {
  return `00000000-0000-0000-0000-${String(++responses).padStart(12, '0')}`;
}

/** Sends a response in the service's envelope, with a request id of its own. */
export function respond(
  response: ServerResponse,
  fields: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(200, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify({ Response: { RequestId: freshId(), ...fields } }));
}

/** Sends an error in the service's envelope. */
export function respondError(
  response: ServerResponse,
  code: string,
  headers: Record<string, string> = {},
): void {
  respond(response, { Error: { Code: code, Message: 'Some words.' } }, headers);
}

export interface Params {
  Name: string;
  List?: readonly string[];
}

export interface Result {
  TaskId: number;
  RequestId: string;
}

/** An action of a made-up product, with the shape that generated ones have. */
export const createThing: ActionDefinition<Params, Result> = {
  name: 'CreateThing',
  version: '2020-01-01',
  service: 'thing',
  host: 'thing.example.invalid',
  rateLimit: { limit: 20, windowMs: 1000 },
  idempotency: 'none',
  maxRequestBytes: 10_000,
  errors: () => ({
    RequestLimitExceeded: {
      meaning: 'Too fast.',
      outcome: 'not-executed',
      retry: 'after-backoff',
      subcodes: true,
    },
    'AuthFailure.SignatureExpire': {
      meaning: 'Old.',
      outcome: 'not-executed',
      retry: 'after-clock-correction',
    },
    'AuthFailure.TokenFailure': {
      meaning: 'Token.',
      outcome: 'not-executed',
      retry: 'after-credential-refresh',
    },
    InvalidParameter: { meaning: 'Wrong.', outcome: 'not-executed', retry: 'never' },
    InternalError: { meaning: 'Broken.', outcome: 'unknown', retry: 'never' },
  }),
  rules: () => ({ type: 'object', required: ['Name'], properties: { Name: { type: 'string' } } }),
  result: { required: ['TaskId'], integers: ['TaskId'], ids: ['TaskId'] },
};

export const credentials = { secretId: 'AKIDexample', secretKey: 'example-key' };
