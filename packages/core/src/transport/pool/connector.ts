import type { Socket } from 'node:net';
import type { Client } from 'undici';
import type { Connect, Hold } from './connecting.js';
import { ProxyFailure, connectError } from '../failures.js';
import { dial } from './dial.js';
import { noteCarrier } from './received.js';
import type { ProxyUrl } from './proxy-env.js';
import type { UndiciParts } from './load-undici.js';

/** undici's connector, as this package uses it. */
type ConnectSocket = (options: Target, callback: (error: Error | null) => void) => Socket;

/** Where to connect to. */
interface Target {
  protocol: string;
  /** Name and port, as in a URL. */
  host: string;
  hostname: string;
  port: string;
  servername: null;
  /** The connection to speak TLS through. */
  httpSocket: Socket;
}

/** Longer than any connection is kept, in milliseconds. */
const NEVER_MS = 2 ** 31 - 1;

/** Connects to origins: directly, or by a tunnel through a proxy. */
export class Connector {
  readonly #parts: UndiciParts;
  readonly #connectSocket: ConnectSocket;

  constructor(parts: UndiciParts) {
    this.#parts = parts;
    // No limit here, since that would be one per step. A second protocol would need a second way to watch for surplus.
    this.#connectSocket = parts.buildConnector({ timeout: 0, allowH2: false }) as never;
  }

  direct(origin: URL): Connect {
    return (hold) => this.#connect(hold, origin);
  }

  throughProxy(origin: URL, proxy: ProxyUrl): Connect {
    const { variable } = proxy;
    const connect: Connect = async (hold) => {
      const proxySocket = await this.#connect(hold, proxy).catch((cause: unknown) => {
        throw new ProxyFailure(
          (cause as NodeJS.ErrnoException).code ?? 'UND_ERR_PRX_CONNECT',
          { variable },
          cause,
        );
      });
      const tunnel = await this.#askForTunnel(proxySocket, proxy, origin);
      if (origin.protocol !== 'https:') return tunnel;
      const secured = this.#secure(hold, origin, tunnel);
      // The tunnel can end without a word to TLS, and would then be waited for.
      const cut = new Promise<never>((_resolve, reject) => {
        tunnel.once('close', () => reject(new ProxyFailure('UND_ERR_PRX_CUT', { variable })));
      });
      return Promise.race([secured, cut]);
    };
    return Object.assign(connect, { proxy: { variable } });
  }

  /** An HTTP client for one socket: it never makes another, so that no request is ever sent a second time. */
  openClient(origin: URL, socket: Socket): Client {
    let isTaken = false;
    const connect = (_options: unknown, callback: (error: Error | null, socket: Socket | null) => void) => {
      const error = isTaken ? connectError('CONNECTION_ENDED', 'The connection has ended.') : null;
      isTaken = true;
      // undici does not hear an answer within the call.
      queueMicrotask(() => callback(error, error === null ? socket : null));
    };
    return new this.#parts.Client(origin, {
      connect: connect as never,
      pipelining: 1, // A second request behind an unanswered one could be lost with it.
      allowH2: false,
      // The pool knows when a connection is idle: undici would also end one whose response is still being judged. It adds the
      // opposite of the threshold to what the server asks for (Keep-Alive), so that this ends none either.
      keepAliveTimeout: NEVER_MS,
      keepAliveMaxTimeout: NEVER_MS,
      keepAliveTimeoutThreshold: -NEVER_MS,
    });
  }

  async #connect(hold: Hold, url: URL): Promise<Socket> {
    const { protocol, hostname, port } = targetOf(url);
    const isTls = protocol === 'https:';
    const socket = await dial(hold, hostname, port === '' ? (isTls ? 443 : 80) : Number(port));
    return isTls ? this.#secure(hold, url, socket) : socket;
  }

  #secure(hold: Hold, url: URL, socket: Socket): Promise<Socket> {
    const target: Target = { ...targetOf(url), httpSocket: socket };
    return new Promise((resolve, reject) => {
      const secured = hold(
        this.#connectSocket(target, (error) => (error === null ? resolve(secured) : reject(error))),
      );
      noteCarrier(secured, socket);
    });
  }

  #askForTunnel(proxySocket: Socket, proxy: ProxyUrl, origin: URL): Promise<Socket> {
    const { hostname, port, host } = origin;
    const path = `${hostname}:${port || (origin.protocol === 'https:' ? '443' : '80')}`;
    const headers = ['host', host, 'proxy-connection', 'keep-alive', ...authorization(proxy)];
    const client = this.openClient(new URL(proxy.origin), proxySocket);
    return new Promise((resolve, reject) => {
      const fail = (status?: number) => {
        proxySocket.destroy();
        reject(new ProxyFailure('UND_ERR_PRX_TUNNEL', { variable: proxy.variable, status }));
      };
      const handler = {
        onRequestStart() {},
        onRequestUpgrade(_controller: unknown, status: number, _headers: unknown, socket: Socket) {
          if (status >= 200 && status < 300) resolve(socket);
          else fail(status);
        },
        onResponseError: () => fail(),
      };
      const options = { path, method: 'CONNECT', headers, headersTimeout: 0, bodyTimeout: 0 };
      client.dispatch(options as never, handler as never);
    });
  }
}

function targetOf({ protocol, host, hostname, port }: URL): Omit<Target, 'httpSocket'> {
  // Node.js wants an address of IPv6 without its brackets.
  return { protocol, host, hostname: hostname.replace(/^\[(.*)\]$/, '$1'), port, servername: null };
}

/** A name and a password as the bytes that their URL encodes; a `%` that encodes nothing is kept. */
function authorization({ username, password }: URL): string[] {
  if (username === '' && password === '') return [];
  const plain = Buffer.concat([bytesOf(username), Buffer.from(':'), bytesOf(password)]);
  return ['proxy-authorization', `Basic ${plain.toString('base64')}`];
}

function bytesOf(encoded: string): Buffer {
  const text = encoded.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
  // What the parser of URLs leaves is ASCII.
  return Buffer.from(text, 'latin1');
}
