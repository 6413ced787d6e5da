import type { Socket } from 'node:net';
import type { Client } from 'undici';
import type { Clock } from '../../clock.js';
import { Fifo } from '../../fifo.js';
import { connectError } from '../failures.js';
import type { Connect, Sockets } from './connecting.js';
import { ConnectAttempt } from './connecting.js';
import { Connection } from './connection.js';

/** How the connections to one origin are made. */
export interface OriginPoolOptions {
  connect: Connect;
  /** Makes the HTTP client of one socket. */
  openClient: (socket: Socket) => Client;
  connectTimeoutMs: number;
  clock: Clock;
  maxConnections: number;
  /** How long an idle connection is kept, in milliseconds. */
  keepAliveMs: number;
  /** Where all sockets are noted. */
  sockets: Sockets;
}

/** What a connection is waited for. */
export interface Waiting {
  /** Written by the pool alone. */
  isWaiting: boolean;
}

interface Waiter {
  readonly request: Waiting;
  readonly resolve: (connection: Connection) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The connections to one origin, and who waits for one, first come first served. A connection is made only for somebody who
 * waits, and not kept if nobody does when it is ready.
 */
export class OriginPool {
  readonly #options: OriginPoolOptions;
  readonly #attempts = new Set<ConnectAttempt>();
  readonly #connections = new Set<Connection>();
  /** The one that was used last is used next, so that those that are not needed grow old. */
  readonly #idle: Connection[] = [];
  /** Those that wait, and some that have left. */
  readonly #queue = new Fifo<Waiter>();
  #waiting = 0;
  #isClosed = false;

  constructor(options: OriginPoolOptions) {
    this.#options = options;
  }

  /** How many connections are open. */
  get size(): number {
    return this.#connections.size;
  }

  /**
   * A connection for `request`: an idle one, or the next that is free or made. With `isFirst`, it waits before all others.
   * Rejects if none can be made.
   */
  take(request: Waiting, isFirst: boolean): Connection | Promise<Connection> {
    if (this.#isClosed) throw connectError('UND_ERR_CLOSED', 'The pool is closed.');
    return this.#takeIdle() ?? this.#wait(request, isFirst);
  }

  /** `request` does not wait any more, and nothing is made for it. */
  leave(request: Waiting): void {
    if (!request.isWaiting) return;
    this.#end(request);
    if (2 * this.#waiting < this.#queue.length) this.#queue.keep((waiter) => waiter.request.isWaiting);
    const surplus = this.#attempts.size - this.#waiting;
    const youngest = surplus > 0 ? [...this.#attempts].slice(-surplus) : [];
    for (const attempt of youngest) {
      this.#attempts.delete(attempt);
      attempt.cancel();
    }
  }

  /** Gives up everything. The sockets are for the owner of `sockets` to destroy. */
  close(): void {
    this.#isClosed = true;
    for (const attempt of this.#attempts) attempt.cancel();
    this.#attempts.clear();
    for (let waiter = this.#nextWaiter(); waiter !== undefined; waiter = this.#nextWaiter())
      waiter.reject(connectError('UND_ERR_CLOSED', 'The pool was closed.'));
  }

  #wait(request: Waiting, isFirst: boolean): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { request, resolve, reject };
      request.isWaiting = true;
      this.#waiting++;
      if (isFirst) this.#queue.unshift(waiter);
      else this.#queue.push(waiter);
      this.#connect();
    });
  }

  #end(request: Waiting): void {
    request.isWaiting = false;
    this.#waiting--;
  }

  /** Makes as many connections as are waited for, up to the limit. */
  #connect(): void {
    const { maxConnections } = this.#options;
    while (
      this.#attempts.size < this.#waiting &&
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
        if (socket === undefined) this.#nextWaiter()?.reject(error);
        else this.#open(socket);
        this.#connect();
      },
    );
    this.#attempts.add(attempt);
  }

  #open(socket: Socket): void {
    if (this.#waiting === 0) return void socket.destroy();
    try {
      const connection = new Connection(socket, this.#options.openClient, (free) => this.#serve(free));
      this.#connections.add(connection);
      socket.once('close', () => this.#forget(connection));
      this.#serve(connection);
    } catch (error) {
      socket.destroy();
      this.#nextWaiter()?.reject(error);
    }
  }

  /** Gives a free connection to the first in line, or keeps it. */
  #serve(connection: Connection): void {
    if (this.#isClosed) return connection.end();
    const waiter = this.#nextWaiter();
    if (waiter !== undefined) return waiter.resolve(connection);
    this.#idle.push(connection);
    connection.keepAlive.start(this.#options.keepAliveMs);
  }

  #forget(connection: Connection): void {
    this.#connections.delete(connection);
    const index = this.#idle.indexOf(connection);
    if (index !== -1) this.#idle.splice(index, 1);
    this.#connect();
  }

  #nextWaiter(): Waiter | undefined {
    while (this.#waiting > 0) {
      const waiter = this.#queue.shift();
      if (!waiter.request.isWaiting) continue;
      this.#end(waiter.request);
      return waiter;
    }
    return undefined;
  }

  #takeIdle(): Connection | undefined {
    let connection = this.#idle.pop();
    while (connection?.isEnded || connection?.keepAlive.isOver) {
      connection.end();
      connection = this.#idle.pop();
    }
    return connection;
  }
}
