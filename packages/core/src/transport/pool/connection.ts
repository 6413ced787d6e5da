import type { Socket } from 'node:net';
import type { Client } from 'undici';
import type { DispatchRequest } from '../dispatcher.js';
import type { Exchange } from '../exchange.js';
import { connectError } from '../failures.js';
import { Incoming } from './incoming.js';
import { KeepAlive } from './keep-alive.js';
import { bytesReceived } from './received.js';
import { WholeTurn } from './whole-turn.js';
import { realTime } from '../../real-time.js';

/**
 * How long a connection must stay silent after a refusal, in milliseconds, for the refusal to count: if it was another
 * request's, the real response comes meanwhile. Real time, and no option of a client: it is for the network to act.
 */
const SILENCE_MS = 25;

/** Whether a request was written; `too early` if the connection is fit, but undici did not wait for long enough. */
type Written = boolean | 'too early';

/** A request that is being handed to undici: whether it was written, or why undici does not take it. */
interface Handover {
  resolve: (written: Written) => void;
  reject: (error: Error) => void;
  isTooEarly: boolean;
}

/**
 * One connection, and the client of undici that speaks HTTP on it: one request at a time, and never a second socket.
 * Bytes that come while no request is under way belong to none. They end the connection.
 */
export class Connection {
  /** How long it may be idle. */
  readonly keepAlive = new KeepAlive(() => this.end());
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
  readonly #turn = new WholeTurn();
  #handover: Handover | undefined;

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
    socket.once('close', () => this.keepAlive.clear());
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
   * Writes a request, and says whether it did: the connection can have ended before.
   *
   * Just before undici writes it, the request asks `begin`. If that says no, the request throws; undici reports this to it as an
   * error, which goes to `drop`.
   */
  async carry(request: Exchange, options: DispatchRequest): Promise<boolean> {
    this.keepAlive.stop();
    if (this.#isUsed) await this.#turn.begin();
    this.#isUsed = true;
    this.#lookForBytes();
    if (this.isEnded) return false;
    if (!request.isWanted) {
      this.release();
      return false;
    }
    const written = await new Promise<Written>((resolve, reject) => {
      this.#handover = { resolve, reject, isTooEarly: false };
      this.#client.dispatch(options as never, request as never);
    });
    // It keeps its connection, for others wait behind it.
    return written === 'too early' ? this.carry(request, options) : written;
  }

  /** undici is about to write the request. False if the connection turned out to be unfit, or it is too early. */
  begin(request: Exchange): boolean {
    const handover = this.#handover!;
    this.#lookForBytes();
    handover.isTooEarly = !this.#turn.check();
    if (this.isEnded || handover.isTooEarly) return false;
    this.#latest = request;
    this.#isUnderWay = true;
    this.#incoming.expect();
    handover.resolve(true);
    return true;
  }

  /** The request that was handed over is not written: the connection has ended, it is too early, or undici does not take it. */
  drop(error: Error): void {
    const { isTooEarly, resolve, reject } = this.#handover!;
    if (isTooEarly && !this.isEnded) return resolve('too early');
    // One that ends before its first request may have ended for a reason that the next would share, such as an undici that cannot
    // work here: to make the next at once would go on for as long as the call has time.
    if (this.isEnded && this.#latest !== undefined) return resolve(false);
    // undici must have done with it first.
    queueMicrotask(() => this.release());
    reject(error);
  }

  /** The request has its response. What comes from now on belongs to none. */
  finish(): void {
    this.#isUnderWay = false;
    this.#received = bytesReceived(this.#socket);
    // Since Node.js 26, what came is not read at once. If the response ends the connection, nobody reads the rest.
    if (this.#socket.readableLength > 0) this.#latest?.onSurplus();
  }

  /** Another request may follow. */
  release(): void {
    this.#isUnderWay = false;
    if (this.keepAlive.isTooShort) this.end();
    if (!this.isEnded) this.#onFree(this);
  }

  /** Resolves once it has been silent for so long that a refusal counts, or has ended. */
  silence(): Promise<void> {
    return new Promise((resolve) => {
      if (this.isEnded) return resolve();
      const end = () => {
        realTime.clearTimeout(timer);
        this.#socket.off('close', end);
        resolve();
      };
      // A timer of a busy process fires before the event loop has looked at its sockets; an immediate comes after that.
      const timer = realTime.setTimeout(() => realTime.setImmediate(end), SILENCE_MS);
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

  /**
   * Before a request is written. A part of a TLS record, too, may belong to a response, which would be taken for this
   * request's.
   */
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
