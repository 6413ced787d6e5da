import type { Socket } from 'node:net';
import type { Client } from 'undici';
import { nextTurn } from '../../clock.js';
import type { DispatchRequest } from '../dispatcher.js';
import type { Exchange } from '../exchange.js';
import { connectError } from '../failures.js';
import { Incoming } from './incoming.js';
import { bytesReceived } from './received.js';

/**
 * How long a connection must stay silent after a refusal, in milliseconds, for the refusal to count: if it was another
 * request's, the real response comes meanwhile. Real time, and no option of a client: it is for the network to act.
 */
const SILENCE_MS = 25;

/** How much earlier than the server a connection is ended, in milliseconds: a request must not meet its end on the way. */
const MARGIN_MS = 2_000;

/** Whether a request was written; `too early` if the connection is fit, but undici did not wait for long enough. */
type Written = boolean | 'too early';

/**
 * One connection, and the client of undici that speaks HTTP on it: one request at a time, and never a second socket.
 * Bytes that come while no request is under way belong to none. They end the connection.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #client: Client;
  readonly #onFree: (connection: Connection) => void;
  readonly #incoming: Incoming;
  /** The latest request that was written. */
  #latest: Exchange | undefined;
  #isUnderWay = false;
  /** How many bytes had come when its response was complete. */
  #received = Infinity;
  #isUsed = false;
  /** Whether a whole turn of the event loop has passed since the request came that is being handed over. */
  #isTurnOver = true;
  readonly #endTurn = () => void (this.#isTurnOver = true);
  /** undici was about to write it before that. */
  #isTooEarly = false;
  /** It has been so before. */
  #isUndiciHasty = false;
  #isResting = false;
  /** By the wall clock, in milliseconds. */
  #restsUntilMs = Infinity;
  #restTimer: NodeJS.Timeout | undefined;
  /** What that timer is set to, in milliseconds. */
  #restMs: number | undefined;
  /** How long it may rest by what the server said last, in milliseconds. */
  #mayRestMs = Infinity;
  /** The request that is being handed over: whether it was written, or why undici does not take it. */
  #onWritten: (written: Written) => void = () => {};
  #onRefused: (error: Error) => void = () => {};

  /** `onFree` hears when it can carry another request. */
  constructor(
    socket: Socket,
    openClient: (socket: Socket) => Client,
    onFree: (connection: Connection) => void,
  ) {
    this.#socket = socket;
    this.#onFree = onFree;
    // Before undici has listeners, so that the bytes are seen before it reads them.
    socket.on('readable', () => this.#look());
    socket.on('error', (error) => this.#onError(error));
    socket.once('close', () => clearTimeout(this.#restTimer));
    this.#incoming = new Incoming(socket, () => this.#latest?.onSurplus());
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
   * Writes a request, and says whether it did: the connection can have ended before. On a kept connection it is written after
   * a whole turn of the event loop, half of it here and half in undici, so that whatever had come until now has been seen.
   */
  async carry(request: Exchange, options: DispatchRequest): Promise<boolean> {
    this.#isResting = false;
    if (this.#isUsed) await this.#passHalfATurn();
    this.#isUsed = true;
    this.#lookForBytes();
    if (this.isEnded) return false;
    if (!request.isWanted) {
      this.release();
      return false;
    }
    const written = await new Promise<Written>((resolve, reject) => {
      this.#onWritten = resolve;
      this.#onRefused = reject;
      this.#client.dispatch(options as never, request as never);
    });
    // It keeps its connection, for others wait behind it.
    return written === 'too early' ? this.carry(request, options) : written;
  }

  /** The other half is for undici to pass, unless it has proved not to. */
  async #passHalfATurn(): Promise<void> {
    await nextTurn();
    if (this.#isUndiciHasty) return nextTurn();
    this.#isTurnOver = false;
    setImmediate(this.#endTurn);
  }

  /** undici is about to write the request. False if the connection turned out to be unfit, or it is too early. */
  begin(request: Exchange): boolean {
    this.#lookForBytes();
    // Before 7.29.1, undici waits for a timer. In a busy process, it fires before the event loop has looked at its sockets.
    if (!this.#isTurnOver) this.#isTooEarly = this.#isUndiciHasty = true;
    if (this.isEnded || this.#isTooEarly) return false;
    this.#latest = request;
    this.#isUnderWay = true;
    this.#incoming.expect();
    this.#onWritten(true);
    return true;
  }

  /** The request that was handed over is not written: the connection has ended, it is too early, or undici does not take it. */
  drop(error: Error): void {
    const isTooEarly = this.#isTooEarly;
    this.#isTooEarly = false;
    if (isTooEarly && !this.isEnded) return this.#onWritten('too early');
    // One that ends before its first request may have ended for a reason that the next would share, such as an undici that cannot
    // work here: to make the next at once would go on for as long as the call has time.
    if (this.isEnded && this.#latest !== undefined) return this.#onWritten(false);
    // undici must have done with it first.
    queueMicrotask(() => this.release());
    this.#onRefused(error);
  }

  /** The request has its response. What comes from now on belongs to none. */
  finish(): void {
    this.#isUnderWay = false;
    this.#received = bytesReceived(this.#socket);
    // Since Node.js 26, what came is not read at once. If the response ends the connection, nobody reads the rest.
    if (this.#socket.readableLength > 0) this.#latest?.onSurplus();
  }

  /** The server says in a response how long it keeps the connection. */
  keptFor(keepAlive: string | string[] | undefined): void {
    this.#mayRestMs = keepAlive === undefined ? Infinity : readTimeout(String(keepAlive)) - MARGIN_MS;
  }

  /** Another request may follow. */
  release(): void {
    this.#isUnderWay = false;
    if (this.#mayRestMs <= 0) this.end();
    if (!this.isEnded) this.#onFree(this);
  }

  /** Nothing needs it now. It ends if that stays so. */
  rest(keepAliveMs: number): void {
    const ms = Math.min(keepAliveMs, this.#mayRestMs);
    this.#isResting = true;
    this.#restsUntilMs = Date.now() + ms;
    if (this.#restMs === ms) return void this.#restTimer!.refresh();
    clearTimeout(this.#restTimer);
    this.#restMs = ms;
    this.#restTimer = setTimeout(() => this.#isResting && this.end(), ms).unref();
  }

  /**
   * Whether it has rested for too long. A process that was busy or suspended, or whose machine slept, can want it before its timer
   * fires; the server may have given it up by then without a word that arrived. The wall clock goes on while a machine sleeps.
   */
  get isOverdue(): boolean {
    return Date.now() >= this.#restsUntilMs;
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
  endAfter(request: Exchange): void {
    if (this.#latest === request) this.end();
  }

  /** Before a request is written. A part of a TLS record, too, may belong to a response, which would be taken for this request's. */
  #lookForBytes(): void {
    this.#look();
    if (bytesReceived(this.#socket) > this.#received) this.end();
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
    this.#latest?.onSurplus();
    this.#socket.destroy(connectError('SURPLUS_BYTES', 'Bytes came that belong to no request.'));
  }
}

/** The time in a `Keep-Alive` header, in milliseconds; the shortest, if it comes several times. */
function readTimeout(header: string): number {
  const seconds = Array.from(header.matchAll(/timeout=(\d+)/gi), ([, digits]) => Number(digits));
  return Math.min(Infinity, ...seconds) * 1_000;
}
