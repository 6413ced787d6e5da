import type { Socket } from 'node:net';
import type { Client } from 'undici';
import { connectError } from '../failures.js';
import { Incoming } from './incoming.js';
import type { QueuedRequest, RequestConnection } from './roles.js';

/** Makes the HTTP client of one socket. */
export type OpenClient = (socket: Socket) => Client;

/**
 * How long a connection must stay silent after a refusal, in milliseconds, for the refusal to count: if it was another
 * request's, the real response comes meanwhile. Real time, and no option of a client: it is for the network to act.
 */
const SILENCE_MS = 25;

/** What a connection tells the pool that it belongs to. */
export interface ConnectionOwner {
  /** It can carry another request. */
  onFree(connection: Connection): void;
  /** It is closed. */
  onClosed(connection: Connection): void;
}

/**
 * One connection, and the client of undici that speaks HTTP on it: one request at a time, and never a second socket.
 * Bytes that come while no request is under way belong to none. They end the connection.
 */
export class Connection implements RequestConnection {
  readonly #socket: Socket;
  readonly #client: Client;
  readonly #owner: ConnectionOwner;
  readonly #incoming: Incoming;
  /** The latest request that was written. */
  #latest: QueuedRequest | undefined;
  #isUnderWay = false;
  #isUsed = false;
  #isResting = false;
  #restTimer: NodeJS.Timeout | undefined;

  constructor(socket: Socket, openClient: OpenClient, owner: ConnectionOwner) {
    this.#socket = socket;
    this.#owner = owner;
    // Before undici has listeners, so that the bytes are seen before it reads them.
    socket.on('readable', () => this.#look());
    socket.on('error', (error) => this.#onError(error));
    socket.once('close', () => {
      clearTimeout(this.#restTimer);
      owner.onClosed(this);
    });
    this.#incoming = new Incoming(socket);
    this.#client = openClient(socket);
  }

  get isEnded(): boolean {
    return this.#socket.destroyed;
  }

  /** Whether a part of what was written has not been handed to the system yet. */
  get isWriting(): boolean {
    return this.#socket.writableLength > 0;
  }

  /**
   * Takes a request over. On a kept connection it is written after a whole turn of the event loop, half of it here and
   * half in undici, so that whatever had come until now has been seen.
   */
  carry(request: QueuedRequest): void {
    request.connection = this;
    this.#isResting = false;
    const dispatch = () => this.#dispatch(request);
    if (this.#isUsed) setImmediate(dispatch);
    else dispatch();
    this.#isUsed = true;
  }

  #dispatch(request: QueuedRequest): void {
    this.#look();
    if (this.isEnded) request.onReturned();
    else if (request.isWanted) request.inContext(() => this.#write(request));
    else this.#owner.onFree(this);
  }

  #write(request: QueuedRequest): void {
    this.#client.dispatch(request.options as never, request as never);
  }

  /** undici is about to write the request. False if the connection turned out to be unfit. */
  begin(request: QueuedRequest): boolean {
    this.#look();
    if (this.isEnded) return false;
    this.#latest = request;
    this.#isUnderWay = true;
    this.#incoming.expect();
    return true;
  }

  /** The request has its response. What comes from now on belongs to none. */
  finish(): void {
    this.#isUnderWay = false;
  }

  /** Another request may follow. */
  release(): void {
    this.#isUnderWay = false;
    this.#owner.onFree(this);
  }

  /** Nothing needs it now. It ends if that stays so. */
  rest(keepAliveMs: number): void {
    this.#isResting = true;
    this.#restTimer ??= setTimeout(() => this.#isResting && this.end(), keepAliveMs).unref();
    this.#restTimer.refresh();
  }

  /** Resolves once it has been silent for so long that a refusal counts, or has ended. */
  silence(): Promise<void> {
    return new Promise((resolve) => {
      if (this.isEnded) return resolve();
      const end = () => {
        clearTimeout(timer);
        this.#socket.off('close', end);
        resolve();
      };
      // A timer of a busy process fires before the event loop has looked at its sockets; an immediate comes after that.
      const timer = setTimeout(() => setImmediate(end), SILENCE_MS);
      this.#socket.once('close', end);
    });
  }

  end(): void {
    this.#isUnderWay = false;
    this.#socket.destroy();
  }

  /** Ends the connection if `request` is the latest on it. */
  endAfter(request: QueuedRequest): void {
    if (this.#latest === request) this.end();
  }

  #look(): void {
    if (!this.#isUnderWay && this.#socket.readableLength > 0) this.#onSurplus();
  }

  /** A second response in one packet with the first never waits to be read. undici finds it, and takes offence. */
  #onError(error: NodeJS.ErrnoException): void {
    const isOffence = error.code?.startsWith('HPE_') || error.message === 'bad response';
    if (!this.#isUnderWay && isOffence) this.#onSurplus();
  }

  #onSurplus(): void {
    if (this.#latest !== undefined) this.#latest.hasSurplus = true;
    this.#socket.destroy(connectError('SURPLUS_BYTES', 'Bytes came that belong to no request.'));
  }
}
