import type { Socket } from 'node:net';
import { realTime } from '../../real-time.js';

/** How every interim response (1xx) begins, and the one exception: it ends HTTP. */
const INTERIM = Buffer.from('HTTP/1.1 1');
const SWITCHING_PROTOCOLS = Buffer.from('HTTP/1.1 101');
const END_OF_HEAD = '\r\n\r\n';
const CR = 13;
const LF = 10;

/** Longer than any such response is. undici then says what is wrong. */
const MAX_HEAD_BYTES = 16_384;

/**
 * What undici reads of a socket, put right in three ways.
 *
 * - Interim responses are left out, since nobody waits for one. RFC 9110 has a client ignore those that it did not ask for, but
 *   undici takes offence at a 100 (Continue), and the response proper would be lost.
 * - A response is handed over when it has been told that its request was written. Over TLS this is told later than a fast
 *   response comes, and a response that ends the connection would leave no time to hear it. Nor does TLS give a packet at once,
 *   but record after record: what came with the response is then there, too, and is seen as belonging to none.
 * - Bytes behind a response that ends the connection are told of. undici puts them back on a socket that it has destroyed, where
 *   nobody would see them.
 */
export class Incoming {
  readonly #socket: Socket;
  readonly #read: (size?: number) => Buffer | null;
  /** The next bytes begin a response. */
  #isHeadDue = false;
  /** The beginning of an interim response. */
  #held: Buffer | undefined;
  readonly #isSecured: boolean;
  #wait: 'due' | 'under-way' | 'over' = 'over';

  /** `onPutBack` hears of bytes that belong to no response. */
  constructor(socket: Socket, onPutBack: () => void) {
    this.#socket = socket;
    this.#isSecured = 'encrypted' in socket;
    this.#read = socket.read.bind(socket) as (size?: number) => Buffer | null;
    // undici reads whatever there is, and gives no size.
    socket.read = (size?: number) => (size === undefined ? this.#next() : this.#read(size));
    const unshift = socket.unshift.bind(socket);
    socket.unshift = (chunk: Buffer) => {
      if (!isBlank(chunk)) onPutBack();
      unshift(chunk);
    };
  }

  /** A request is about to be written. */
  expect(): void {
    this.#isHeadDue = true;
    this.#held = undefined;
    this.#wait = 'due';
  }

  #next(): Buffer | null {
    if (!this.#isHeadDue) return this.#read();
    if (this.#isToWait()) return null;
    for (let chunk = this.#read(); chunk !== null; chunk = this.#read()) {
      const passed = this.#withoutInterim(chunk);
      if (passed !== undefined) return passed;
    }
    return null;
  }

  /** For one turn of the event loop, in which what is due is told. */
  #isToWait(): boolean {
    if (this.#wait === 'due') {
      if (this.#socket.writableLength === 0 && !this.#isSecured) this.#wait = 'over';
      else {
        this.#wait = 'under-way';
        realTime.setImmediate(() => {
          this.#wait = 'over';
          this.#socket.emit('readable');
        });
      }
    }
    return this.#wait === 'under-way';
  }

  /** The bytes behind every interim response; undefined if more of them have to come first. */
  #withoutInterim(chunk: Buffer): Buffer | undefined {
    let bytes = this.#held === undefined ? chunk : Buffer.concat([this.#held, chunk]);
    this.#held = undefined;
    while (beginsLikeInterim(bytes)) {
      const end = bytes.indexOf(END_OF_HEAD);
      if (end === -1 && bytes.length < MAX_HEAD_BYTES) {
        this.#held = bytes;
        return undefined;
      }
      if (end === -1) break;
      bytes = bytes.subarray(end + END_OF_HEAD.length);
    }
    if (bytes.length === 0) return undefined;
    this.#isHeadDue = false;
    return bytes;
  }
}

/** Line ends alone are not a response: on a connection that is kept, undici passes over them. */
function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === CR || byte === LF);
}

/** Whether these may be the first bytes of an interim response, as far as there are any. */
function beginsLikeInterim(bytes: Buffer): boolean {
  return beginsLike(bytes, INTERIM) && !(bytes.length >= 12 && beginsLike(bytes, SWITCHING_PROTOCOLS));
}

/** Whether the bytes that there are agree with `prefix`. From its end, where others differ. */
function beginsLike(bytes: Buffer, prefix: Buffer): boolean {
  const length = Math.min(bytes.length, prefix.length);
  for (let at = length - 1; at >= 0; at--) if (bytes[at] !== prefix[at]) return false;
  return length > 0;
}
