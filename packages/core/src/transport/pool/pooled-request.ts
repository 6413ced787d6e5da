import type { InContext } from '../context.js';
import { contextOfCaller, runHere } from '../context.js';
import type { CarriedRequest, RequestEvents } from '../carrier.js';
import type { DispatchRequest, ExchangeController, ResponseHandler, ResponseHeaders } from '../dispatcher.js';
import type { QueuedRequest, RequestConnection, RequestQueue } from './roles.js';

/** Interim responses have a lower status. */
const FIRST_FINAL_STATUS = 200;

/** A request that a connection of our own carries: it waits, is handed over, is written, and has its response. */
export class PooledRequest implements CarriedRequest, QueuedRequest, ResponseHandler {
  readonly options: DispatchRequest;
  readonly isConnectionKnown = true;
  hasSurplus = false;
  /** Runs what begins it in the context of the call that it belongs to; a connection may come from another one's. */
  inContext: InContext = runHere;
  /** From the time that it was handed over. */
  connection: RequestConnection | undefined;
  readonly #pool: RequestQueue;
  readonly #events: RequestEvents;
  #isWritten = false;
  #isDone = false;
  #isEarly = false;
  #isReleased = false;

  constructor(options: DispatchRequest, pool: RequestQueue, events: RequestEvents) {
    this.options = options;
    this.#pool = pool;
    this.#events = events;
  }

  get isWanted(): boolean {
    return this.#events.isWanted;
  }

  start(): void {
    this.inContext = contextOfCaller();
    this.#pool.add(this);
  }

  onRequestStart(): void {
    // To throw here drops the request and leaves the connection alone.
    if (this.#isWritten) {
      const error = new Error('The request would be written a second time.');
      this.#events.onFailure('replay', error);
      throw error;
    }
    if (!this.isWanted || !this.connection!.begin(this)) throw new Error('The request is not written.');
    this.#isWritten = true;
    this.#events.onSent();
  }

  onResponseStart(_controller: ExchangeController, status: number, headers: ResponseHeaders): void {
    if (status < FIRST_FINAL_STATUS) return;
    this.#isEarly = this.connection!.isWriting;
    this.#events.onHead(status, headers);
  }

  onResponseData(_controller: ExchangeController, chunk: Buffer): void {
    this.#events.onData(chunk);
  }

  onResponseEnd(): void {
    this.#isDone = true;
    if (this.#isEarly) return this.#endEarly();
    this.connection!.finish();
    this.#events.onEnd(false);
  }

  /**
   * That the request was written completely is told a little later than it is; a fast response can come in between. So
   * it is looked at again, when what is due has been told.
   */
  #endEarly(): void {
    setImmediate(() => {
      const isEarly = this.connection!.isWriting || this.connection!.isEnded;
      if (isEarly) this.connection!.end();
      else this.connection!.finish();
      this.#events.onEnd(isEarly);
    });
  }

  onResponseError(_controller: ExchangeController, error: Error): void {
    if (this.#isDone) return;
    if (this.#isWritten) {
      this.#isDone = true;
      this.connection!.end();
      this.#events.onFailure('network', error);
    } else if (this.connection!.isEnded) this.onReturned();
    else {
      const { connection } = this;
      // undici must have done with it first.
      queueMicrotask(() => connection!.release());
      this.fail(error);
    }
  }

  /** Its connection ended before it was written. */
  onReturned(): void {
    this.connection = undefined;
    if (this.isWanted) this.#pool.takeBack(this);
  }

  /** It gets no connection. */
  fail(error: unknown): void {
    const isSurplus = (error as NodeJS.ErrnoException | undefined)?.code === 'SURPLUS_BYTES';
    this.#events.onFailure(isSurplus ? 'surplus' : 'network', error);
  }

  giveUp(): void {
    if (this.connection === undefined) this.#pool.withdraw(this);
    else if (this.#isWritten && !this.#isDone) this.connection.end();
  }

  silence(): Promise<void> {
    return this.connection?.silence() ?? Promise.resolve();
  }

  releaseConnection(): void {
    if (this.#isReleased || !this.#isDone) return;
    this.#isReleased = true;
    // By now, undici has ended the connection if the response said so.
    this.connection?.release();
  }

  endConnection(): void {
    this.connection?.endAfter(this);
  }
}
