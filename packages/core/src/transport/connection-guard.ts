/** undici's connector: makes a socket, or a tunnel through a proxy. */
export type Connector = (options: object, callback: ConnectCallback) => unknown;
export type ConnectCallback = (error: Error | null, socket: Destroyable | null) => void;

/** A socket, or the stream of a tunnel. */
interface Destroyable {
  destroy(): unknown;
  once(event: 'close', listener: () => void): unknown;
}

/**
 * The connections of a client: those that are being made, with a time limit for each, and those that there are. undici
 * itself loses sight of some of them, which could then outlive the calls that wanted them, and even the client.
 */
export class Connecting {
  readonly #timeoutMs: number;
  readonly #cancels = new Set<(error: Error) => void>();
  readonly #made = new Set<Destroyable>();
  #waiting = 0;
  #isClosed = false;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** Wraps a connector of undici. */
  guard(connector: Connector): Connector {
    return (options, callback) => {
      // After an abort, undici makes a new connection for the request that was aborted. An answer within the call
      // would be none to it.
      const isNeeded = this.#waiting > 0 && !this.#isClosed;
      if (!isNeeded) setImmediate(() => callback(notNeeded(), null));
      else this.#connect(connector, options, callback);
    };
  }

  #connect(connector: Connector, options: object, callback: ConnectCallback): void {
    const controller = new AbortController();
    let isDone = false;
    let made: unknown;
    const finish: ConnectCallback = (error, socket) => {
      if (isDone) return void socket?.destroy();
      isDone = true;
      clearTimeout(timer);
      this.#cancels.delete(cancel);
      if (error === null && socket) this.#keepTrack(socket);
      callback(error === null ? null : notRecoverable(error), socket);
    };
    const cancel = (error: Error) => {
      finish(error, null);
      controller.abort();
      if (isDestroyable(made)) made.destroy();
    };
    const expire = () => cancel(connectError('UND_ERR_CONNECT_TIMEOUT', 'Connecting took too long.'));
    const timer = setTimeout(expire, this.#timeoutMs);
    this.#cancels.add(cancel);
    // A tunnel heeds the signal; a socket is returned, and destroyed.
    made = connector({ ...options, signal: controller.signal }, finish);
  }

  /** An exchange begins to wait for a connection. */
  waitBegins(): void {
    this.#waiting++;
  }

  /** It has one, or has given up; connections that nobody waits for are not made. */
  waitEnds(hasConnection: boolean): void {
    this.#waiting--;
    if (!hasConnection && this.#waiting === 0) this.#cancelAll();
  }

  /** Gives up all connections that are being made, makes no more, and ends those that there are. */
  close(): void {
    this.#isClosed = true;
    this.#cancelAll();
    for (const socket of this.#made) socket.destroy();
  }

  /** A pool of undici forgets a client whose connection failed once, though the client goes on and connects again. */
  #keepTrack(socket: Destroyable): void {
    this.#made.add(socket);
    socket.once('close', () => this.#made.delete(socket));
  }

  #cancelAll(): void {
    for (const cancel of this.#cancels) cancel(notNeeded());
  }
}

function notNeeded(): Error {
  return connectError('UND_ERR_ABORTED', 'Nobody needs the connection any more.');
}

/**
 * undici takes some errors of a connector for those of a connection that was in use: it keeps the request and connects
 * anew at once, for ever. A proxy that closes its tunnels would be asked thousands of times a second.
 */
function notRecoverable(error: Error): Error {
  const { code } = error as NodeJS.ErrnoException;
  const isTakenForUsed = code === 'UND_ERR_SOCKET' || code === 'UND_ERR_INFO';
  return isTakenForUsed ? connectError('UND_ERR_PRX_TUNNEL', error.message) : error;
}

function connectError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

function isDestroyable(value: unknown): value is Destroyable {
  return typeof (value as Partial<Destroyable> | undefined)?.destroy === 'function';
}
