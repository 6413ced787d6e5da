import type { ExchangeController, ResponseHeaders } from '../dispatcher.js';
import type { ExchangeRequest } from '../exchange.js';
import { Exchange, FIRST_FINAL_STATUS } from '../exchange.js';
import type { Connection } from './connection.js';
import type { OriginPool, Waiting } from './origin-pool.js';
import { realTime } from '../../real-time.js';

/** A request that a connection of our own carries. */
export class PooledRequest extends Exchange implements Waiting {
  readonly isConnectionKnown = true;
  isWaiting = false;
  readonly #pool: OriginPool;
  /** The one that has it, or had it last. */
  #connection: Connection | undefined;
  /** Of the response: whether more of it is due, and whether another request may follow it. */
  #response: 'due' | 'over' | 'looked-at' = 'due';
  #isEarly = false;

  constructor(pool: OriginPool, request: ExchangeRequest) {
    super(request);
    this.#pool = pool;
  }

  protected send(): void {
    void this.#findConnection();
  }

  /** Until a connection has written it, or it is given up: one that it is handed to may have ended. */
  async #findConnection(): Promise<void> {
    try {
      // One that comes back waits before all others.
      for (let isFirst = false; this.isWanted; isFirst = true) {
        this.#connection = await this.#pool.take(this, isFirst);
        if (await this.#connection.carry(this, this.dispatchOptions)) return;
        this.#connection = undefined;
      }
    } catch (error) {
      const isSurplus = (error as NodeJS.ErrnoException | undefined)?.code === 'SURPLUS_BYTES';
      this.fail(isSurplus ? 'surplus' : 'network', error);
    }
  }

  onRequestStart(): void {
    // To throw here drops the request and leaves the connection alone.
    if (this.delivery.isSent) {
      const error = new Error('The request would be written a second time.');
      this.fail('replay', error);
      throw error;
    }
    if (!this.isWanted || !this.#connection!.begin(this)) throw new Error('The request is not written.');
    this.noteSent();
  }

  onResponseStart(_controller: ExchangeController, status: number, headers: ResponseHeaders): void {
    if (status < FIRST_FINAL_STATUS) return;
    this.#isEarly = this.#connection!.isWriting;
    this.#connection!.keepAlive.note(headers['keep-alive']);
    this.takeHead(status, headers);
  }

  onResponseData(_controller: ExchangeController, chunk: Buffer): void {
    this.takeChunk(chunk);
  }

  onResponseEnd(): void {
    this.#response = 'over';
    if (this.#isEarly) return this.#endEarly();
    this.#connection!.finish();
    this.complete(false);
  }

  /**
   * That the request was written completely is told a little later than it is; a fast response can come in between. So
   * it is looked at again, when what is due has been told.
   */
  #endEarly(): void {
    realTime.setImmediate(() => {
      const isEarly = this.#connection!.isWriting || this.#connection!.isEnded;
      if (isEarly) this.#connection!.end();
      else this.#connection!.finish();
      this.complete(isEarly);
    });
  }

  onResponseError(_controller: ExchangeController, error: Error): void {
    if (this.#response !== 'due') return;
    if (!this.delivery.isSent) return this.#connection!.drop(error);
    this.#response = 'over';
    this.#connection!.end();
    this.fail('network', error);
  }

  protected giveUp(): void {
    this.#pool.leave(this);
    if (this.delivery.isSent && this.#response === 'due') this.#connection!.end();
  }

  silence(): Promise<void> {
    return this.#connection?.silence() ?? Promise.resolve();
  }

  releaseConnection(): void {
    if (this.#response !== 'over') return;
    this.#response = 'looked-at';
    // By now, undici has ended the connection if the response said so.
    this.#connection!.release();
  }

  endConnection(): void {
    this.#connection?.endAfter(this);
  }
}
