import type { Socket } from 'node:net';
import type { Clock } from '../../clock.js';
import type { ProxyFacts } from '../failures.js';
import { ProxyFailure, connectError } from '../failures.js';
import { realTime } from '../../real-time.js';

/** Takes note of a socket that is being made, so that it can be destroyed at any time. */
export type Hold = <S extends Socket>(socket: S) => S;

/** Makes a socket on which requests can be written at once. */
export interface Connect {
  (hold: Hold): Promise<Socket>;
  /** The proxy that the way goes through. */
  readonly proxy?: ProxyFacts;
}

/**
 * How long a server that talks first is given to do so, in milliseconds. What it says later cannot be told from a
 * response. Once per connection.
 */
const GREETING_MS = 2;

/** The sockets of a pool: those in use, and those that are still being made. */
export class Sockets {
  readonly #open = new Set<Socket>();

  add(socket: Socket): void {
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
  }

  /** Resolves when all are closed. */
  async destroy(): Promise<void> {
    const closing = [...this.#open].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    destroyAll([...this.#open]);
    await Promise.all(closing);
  }
}

/** One connection that is being made, with a limit for all of it: name, proxy, TCP and TLS. */
export class ConnectAttempt {
  readonly #pool: Sockets;
  readonly #held: Socket[] = [];
  readonly #onEnd: AttemptEnd;
  #cancelTimer: () => void;
  #isDone = false;

  constructor(connect: Connect, timeoutMs: number, clock: Clock, pool: Sockets, onEnd: AttemptEnd) {
    this.#pool = pool;
    this.#onEnd = onEnd;
    const tooLong = () => this.#fail(timeoutError(connect.proxy));
    this.#cancelTimer = clock.schedule(tooLong, timeoutMs);
    connect(this.#hold).then(
      (socket) => this.#listen(socket),
      (error: unknown) => this.#fail(error),
    );
  }

  /** Ends the attempt at once and without a word. */
  cancel(): void {
    if (this.#finish()) this.#destroyHeld();
  }

  readonly #hold: Hold = (socket) => {
    this.#pool.add(socket);
    this.#held.push(socket);
    // The maker of the socket reports what goes wrong; later, undici does.
    socket.on('error', () => {});
    // Given up while the way through a proxy was being made.
    if (this.#isDone) socket.destroy();
    return socket;
  };

  /**
   * Waits until it can be told whether the server talks first or hangs up. Nothing that came before a request can be its
   * response.
   */
  #listen(socket: Socket): void {
    if (this.#isDone) return;
    this.#cancelTimer();
    socket.read(0);
    // Real time, whatever the clock of the client: it is for the network to act. A timer can fire before the event loop has
    // looked at its sockets; an immediate comes after that.
    const timer = realTime.setTimeout(() => realTime.setImmediate(() => this.#judge(socket)), GREETING_MS);
    this.#cancelTimer = () => realTime.clearTimeout(timer);
  }

  #judge(socket: Socket): void {
    const surplus = socket.readableLength > 0;
    if (surplus) this.#fail(connectError('SURPLUS_BYTES', 'The server sent bytes before it was asked.'));
    else if (socket.destroyed)
      this.#fail(socket.errored ?? connectError('CONNECTION_ENDED', 'The server hung up at once.'));
    else if (this.#finish()) this.#onEnd(undefined, socket);
  }

  #fail(error: unknown): void {
    if (!this.#finish()) return;
    this.#destroyHeld();
    this.#onEnd(error, undefined);
  }

  #finish(): boolean {
    if (this.#isDone) return false;
    this.#isDone = true;
    this.#cancelTimer();
    return true;
  }

  #destroyHeld(): void {
    destroyAll(this.#held);
  }
}

/** The youngest first: TLS that has lost the socket that it speaks through may never be told that it is closed. */
function destroyAll(sockets: readonly Socket[]): void {
  for (const socket of sockets.toReversed()) socket.destroy();
}

function timeoutError(proxy: ProxyFacts | undefined): Error {
  const code = 'UND_ERR_CONNECT_TIMEOUT';
  return proxy === undefined
    ? connectError(code, 'Connecting took too long.')
    : new ProxyFailure(code, proxy);
}

/** A socket, or the reason there is none. */
type AttemptEnd = (error: unknown, socket: Socket | undefined) => void;
