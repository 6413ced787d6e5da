import type { Socket } from 'node:net';
import type { Clock } from '../../clock.js';
import type { ConnectionOwner, OpenClient } from './connection.js';
import { Connection } from './connection.js';
import type { Connect, Sockets } from './connecting.js';
import { ConnectAttempt } from './connecting.js';
import { connectError } from '../failures.js';
import type { QueuedRequest, RequestQueue } from './roles.js';

/** How the connections to one origin are made. */
export interface OriginPoolOptions {
  connect: Connect;
  openClient: OpenClient;
  connectTimeoutMs: number;
  clock: Clock;
  maxConnections: number;
  /** How long an idle connection is kept, in milliseconds. */
  keepAliveMs: number;
  /** Where all sockets are noted. */
  sockets: Sockets;
}

/**
 * The connections to one origin, and the requests that wait for one, first come first served. A connection is made only
 * for a request that waits, and not kept if it has none to carry when it is ready.
 */
export class OriginPool implements ConnectionOwner, RequestQueue {
  readonly #options: OriginPoolOptions;
  readonly #attempts = new Set<ConnectAttempt>();
  readonly #connections = new Set<Connection>();
  /** The one that was used last is used next, so that those that are not needed grow old. */
  readonly #idle: Connection[] = [];
  #waiting = new Set<QueuedRequest>();
  #isClosed = false;

  constructor(options: OriginPoolOptions) {
    this.#options = options;
  }

  /** How many connections are open. */
  get size(): number {
    return this.#connections.size;
  }

  add(request: QueuedRequest): void {
    if (this.#isClosed) return request.fail(connectError('UND_ERR_CLOSED', 'The pool is closed.'));
    const connection = this.#takeIdle();
    if (connection !== undefined) return connection.carry(request);
    this.#waiting.add(request);
    this.#connect();
  }

  /** A request that was handed over, but could not be written, waits again, before all others. */
  takeBack(request: QueuedRequest): void {
    if (this.#isClosed || this.#idle.length > 0) return this.add(request);
    this.#waiting = new Set([request, ...this.#waiting]);
    this.#connect();
  }

  /** The request does not wait any more, and nothing is made for it. */
  withdraw(request: QueuedRequest): void {
    if (!this.#waiting.delete(request)) return;
    const surplus = this.#attempts.size - this.#waiting.size;
    const youngest = surplus > 0 ? [...this.#attempts].slice(-surplus) : [];
    for (const attempt of youngest) {
      this.#attempts.delete(attempt);
      attempt.cancel();
    }
  }

  onFree(connection: Connection): void {
    if (connection.isEnded) return;
    if (this.#isClosed) return connection.end();
    const request = this.#nextWaiting();
    if (request !== undefined) return connection.carry(request);
    this.#idle.push(connection);
    connection.rest(this.#options.keepAliveMs);
  }

  onClosed(connection: Connection): void {
    this.#connections.delete(connection);
    const index = this.#idle.indexOf(connection);
    if (index !== -1) this.#idle.splice(index, 1);
    this.#connect();
  }

  /** Gives up everything. The sockets are for the owner of `sockets` to destroy. */
  close(): void {
    this.#isClosed = true;
    for (const attempt of this.#attempts) attempt.cancel();
    this.#attempts.clear();
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const request of waiting) request.fail(connectError('UND_ERR_CLOSED', 'The pool was closed.'));
  }

  /** Makes as many connections as there are requests that wait, up to the limit. */
  #connect(): void {
    const { maxConnections } = this.#options;
    while (
      this.#attempts.size < this.#waiting.size &&
      this.#attempts.size + this.#connections.size < maxConnections
    )
      this.#attempt();
  }

  #attempt(): void {
    const { connect, connectTimeoutMs, clock, sockets } = this.#options;
    const attempt: ConnectAttempt = new ConnectAttempt(
      connect,
      connectTimeoutMs,
      clock,
      sockets,
      (error, socket) => {
        this.#attempts.delete(attempt);
        if (socket === undefined) this.#nextWaiting()?.fail(error);
        else this.#open(socket);
        this.#connect();
      },
    );
    this.#attempts.add(attempt);
  }

  #open(socket: Socket): void {
    const request = this.#nextWaiting();
    if (request === undefined) return void socket.destroy();
    try {
      const connection = new Connection(socket, this.#options.openClient, this);
      this.#connections.add(connection);
      connection.carry(request);
    } catch (error) {
      socket.destroy();
      request.fail(error);
    }
  }

  #nextWaiting(): QueuedRequest | undefined {
    const [request] = this.#waiting;
    if (request !== undefined) this.#waiting.delete(request);
    return request;
  }

  #takeIdle(): Connection | undefined {
    let connection = this.#idle.pop();
    while (connection?.isEnded) connection = this.#idle.pop();
    return connection;
  }
}
