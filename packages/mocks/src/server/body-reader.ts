import type { IncomingMessage } from 'node:http';
import { MAX_BODY_BYTES } from '../gateway/gateway.js';
import { nextTurn } from '../common/real-time.js';

/** How many bytes of bodies may be under way at one time, over all connections. */
const MAX_UNDER_WAY_BYTES = 256 * 1024 * 1024;

/** A longer body is worth a turn of the event loop of its own: working on it can take most of a second. */
const LONG_BODY = 256 * 1024;

/** How the reading of a body ended; `too-busy`: there were too many bytes under way to keep these, too. */
export type BodyRead = Buffer | 'gone' | 'too-busy';

/** Reads bodies, and keeps no more of all of them than there is room for. */
export class BodyReader {
  readonly #maxBytes: number;
  #underWay = 0;
  #latestTurn = Promise.resolve();

  constructor(maxBytes = MAX_UNDER_WAY_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /** Reads a body, keeping no more of it than is needed to see that it is too long. */
  read(request: IncomingMessage): Promise<BodyRead> {
    return new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let kept = 0;
      let isOver = false;
      const end = (body: BodyRead) => {
        if (isOver) return;
        isOver = true;
        chunks.length = 0;
        const give = () => {
          this.#underWay -= kept;
          resolve(body);
        };
        if (kept > LONG_BODY) void this.#turn().then(give);
        else give();
      };
      request.on('data', (chunk: Buffer) => {
        if (isOver || kept > MAX_BODY_BYTES) return;
        kept += chunk.length;
        this.#underWay += chunk.length;
        if (this.#underWay > this.#maxBytes) end('too-busy');
        else chunks.push(chunk);
      });
      request.on('end', () => end(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
      // The client went away before it had sent everything; after the end it changes nothing.
      request.on('error', () => end('gone'));
      request.on('close', () => end('gone'));
    });
  }

  /** One long body a turn, so that neither a signal nor another request waits for all that have arrived. */
  #turn(): Promise<void> {
    this.#latestTurn = this.#latestTurn.then(nextTurn);
    return this.#latestTurn;
  }
}
