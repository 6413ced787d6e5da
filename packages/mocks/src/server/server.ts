import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { isIPv6 } from 'node:net';
import type { OptionTable } from '@tccc/outbound/internal';
import { boolean, invalidOption, number, readOptions, text } from '@tccc/outbound/internal';
import { BodyReader } from './body-reader.js';
import { makeCertificate } from './certificate.js';
import { CONTROL_PREFIX, Control } from './control.js';
import type { MockEngine } from '../engine/engine.js';
import { isFromBrowser, isHostName, whyForeign } from './guard.js';
import { isPageRequest, sendPageFile } from './page-files.js';
import type { MockRequest } from '../common/protocol.js';
import { endOfTurn, sleep } from '../common/real-time.js';
import { noteSpeaker, reset } from './reset.js';
import { sendResponse, sendUnasked } from './wire.js';

/** Where the server listens, and how. */
export interface ServerOptions {
  /** Default 0: any free port. */
  port?: number;
  /** Name or address to listen at. Default `127.0.0.1`. Beyond loopback, anyone on the network can reach the mock. */
  host?: string;
  /** Speaks HTTPS, with a certificate that it makes for itself; see `ca`. Default false. */
  tls?: boolean;
  /**
   * More names by which the routes outside the API can be called, such as that of a container in a cluster. Addresses,
   * `localhost`, names without dots, and `host` need not be here. Default: none.
   */
  allowedHosts?: readonly string[];
  /** Whether the server alone keeps the process alive. Default false: a process that forgets `close()` can end. */
  stayAlive?: boolean;
}

/** How long an idle connection is kept, in milliseconds; as long as the service does. */
const KEEP_ALIVE_MS = 60_000;

/** How long a request may take to arrive, in milliseconds. */
const REQUEST_TIMEOUT_MS = 60_000;

/** How long a server that has answered early reads nothing, in milliseconds. */
const HOLD_MS = 20;

const LOOPBACK = '127.0.0.1';

/** Every option of a server. */
const TABLE = {
  port: number({ min: 0, max: 65_535, fallback: 0, isInteger: true }),
  host: text(/[^]/, 'a name or an address', LOOPBACK),
  tls: boolean,
  allowedHosts: (name, given: readonly string[] = []) => {
    if (Array.isArray(given) && given.every(isHostName)) return given;
    throw invalidOption(name, 'a list of whole names, such as mock.example.com');
  },
  stayAlive: boolean,
} satisfies OptionTable<ServerOptions>;

/**
 * The mock on a port.
 *
 * @example
 * await using server = await MockServer.start(new MockEngine({ seed: 1 }));
 * const client = new OutboundClient({ endpoint: server.url, credentials: mockCredentials });
 */
export class MockServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #address: { port: number; host: string };
  /** Where it listens, for the client's option `endpoint`. */
  readonly url: string;
  /** The certificate that clients must trust, in PEM; undefined without `tls`. */
  readonly ca: string | undefined;

  private constructor(server: Server, engine: MockEngine, host: string, ca: string | undefined) {
    const { port } = server.address() as AddressInfo;
    this.#server = server;
    this.#address = { port, host };
    this.ca = ca;
    this.url = `${ca === undefined ? 'http' : 'https'}://${hostInUrl(host)}:${port}`;
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      const strike = engine.faults.nextConnection();
      if (strike !== undefined) sendUnasked(socket, engine.unasked(strike));
    });
  }

  /** @throws ConfigurationError that names a wrong option; Error if it cannot listen there */
  static async start(engine: MockEngine, options: ServerOptions = {}): Promise<MockServer> {
    const { port, host, tls, stayAlive, allowedHosts } = readOptions(TABLE, options, 'options');
    const certificate = tls ? await makeCertificate(namesFor(host)) : undefined;
    const server = certificate === undefined ? createServer() : createTlsServer(certificate);
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.requestTimeout = REQUEST_TIMEOUT_MS;
    server.on('request', handlerOf(engine, [host, ...allowedHosts]));
    if (tls) server.on('secureConnection', noteSpeaker);
    if (!stayAlive) {
      server.unref();
      server.on('connection', (socket) => socket.unref());
    }
    await listen(server, port, host);
    return new MockServer(server, engine, host, certificate?.ca);
  }

  /**
   * An endpoint on this server whose TLS handshake fails: the server speaks plain HTTP, so what it answers to a client
   * hello is not TLS.
   *
   * @throws Error with the option `tls`
   */
  get brokenTlsUrl(): string {
    if (this.ca !== undefined) throw new Error('A server with TLS has no endpoint whose handshake fails.');
    return this.url.replace('http:', 'https:');
  }

  /** How many connections are open. */
  get connections(): number {
    return this.#sockets.size;
  }

  /** Refuses connections, as a service that is down does, and resets those that there are. */
  async refuse(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) reset(socket);
    await closed;
  }

  /** Takes connections again, at the same address. */
  async accept(): Promise<void> {
    await listen(this.#server, this.#address.port, this.#address.host);
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

/** Whether only this machine can reach what listens there. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** Where this machine reaches what listens at this host. */
function hostInUrl(host: string): string {
  if (host === '0.0.0.0') return LOOPBACK;
  if (host === '::') return '[::1]';
  return isIPv6(host) ? `[${host}]` : host;
}

/** The names that the certificate is for. */
function namesFor(host: string): string[] {
  return [...new Set(['localhost', LOOPBACK, '::1', host])];
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function ignore(): void {}

/** Answers each request, or closes its connection, whatever happens. */
function handlerOf(engine: MockEngine, names: readonly string[]) {
  const reader = new BodyReader();
  const control = new Control(engine, reader);
  return (request: IncomingMessage, response: ServerResponse) => {
    // The client may go away at any time; its connection then closes.
    response.on('error', ignore);
    const isPage = isPageRequest(request);
    const isControl = !isPage && request.url?.startsWith(CONTROL_PREFIX) === true;
    const isGuarded = isPage || isControl || isFromBrowser(request);
    const whyNot = isGuarded ? whyForeign(request, names) : undefined;
    if (whyNot !== undefined) return fail(response, 403, whyNot);
    const answered = isPage
      ? sendPageFile(request, response)
      : isControl
        ? control.answer(request, response)
        : answer(engine, reader, request, response);
    answered.catch((error: unknown) => fail(response, 500, `The mock failed: ${(error as Error).message}`));
  };
}

async function answer(
  engine: MockEngine,
  reader: BodyReader,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = '', url: path = '' } = request;
  const headers = headersOf(request);
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
  const body = await reader.read(request);
  if (body === 'gone') return;
  if (body === 'too-busy') return fail(response, 503, 'Too many bytes of requests are under way.');
  const answered = engine.handleStruck({ method, path, headers, body }, strike);
  if (isAtHead) return;
  // All that one turn answers leaves together: the first response would wake the client, and each of the others once more.
  await endOfTurn();
  sendResponse(response, answered);
}

/** All values of each header. If each was given once, what Node.js has at hand says the same, and costs less. */
function headersOf(request: IncomingMessage): MockRequest['headers'] {
  const { headers, rawHeaders } = request;
  return Object.keys(headers).length * 2 === rawHeaders.length ? headers : request.headersDistinct;
}

/** Leaves the body where it is for a while; a request that was begun to be read is not thrown away after its response. */
async function holdBody(request: IncomingMessage): Promise<void> {
  request.read(0);
  await sleep(HOLD_MS);
}

/** A last answer on this connection; the connection is closed if it is too late for one. */
function fail(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const body = JSON.stringify({ error: message });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  response.once('finish', () => response.socket?.destroySoon());
  response.writeHead(status, { ...headers, connection: 'close' }).end(body);
}
