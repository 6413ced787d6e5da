import { hash } from 'node:crypto';

/** Length of a block of SHA-256 and of its digest, in bytes. */
const BLOCK = 64;
const DIGEST = 32;

/** Most bytes that a character of a text takes in UTF-8. */
const MOST_BYTES = 3;

/**
 * HMAC-SHA-256 with one key for many texts (RFC 2104), by two one-shot hashes: Node's own `Hmac` makes an object for every
 * text, which takes longer than both. It is apart from that of the client, so that a mistake in one shows against the other.
 */
export class HmacKey {
  #inner: Buffer;
  readonly #outer: Buffer;

  /** @param key at most a block long, as digests are */
  constructor(key: Buffer) {
    const padded = (byte: number, room: number) => {
      const block = Buffer.alloc(BLOCK + room, byte);
      for (let index = 0; index < key.length; index++) block[index]! ^= key[index]!;
      return block;
    };
    this.#inner = padded(0x36, 0);
    this.#outer = padded(0x5c, DIGEST);
  }

  /** Lower-case hexadecimal. */
  sign(text: string): string {
    const room = BLOCK + MOST_BYTES * text.length;
    if (this.#inner.length < room) this.#inner = Buffer.concat([this.#inner.subarray(0, BLOCK)], room);
    const end = BLOCK + this.#inner.write(text, BLOCK);
    this.#outer.write(hash('sha256', this.#inner.subarray(0, end), 'hex'), BLOCK, 'hex');
    return hash('sha256', this.#outer, 'hex');
  }
}
