import { createHmac, hash } from 'node:crypto';

/** HMAC-SHA-256 of one text, for keys that are used once. */
export function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

/** Length of a block of SHA-256 and of its digest, in bytes. */
const BLOCK = 64;
const DIGEST = 32;

/** Longest text that can be signed; the longest that is needed names an algorithm, a time, a scope and a hash. */
const MAX_TEXT = 1_024;

/**
 * HMAC-SHA-256 with one key for many texts (RFC 2104), by two one-shot hashes. Node's own `Hmac` makes an object of native
 * code for every text, which takes longer than both hashes, and longer still to be collected.
 */
export class HmacKey {
  readonly #inner = Buffer.alloc(BLOCK + MAX_TEXT, 0x36);
  readonly #outer = Buffer.alloc(BLOCK + DIGEST, 0x5c);
  /** The part of `#inner` that is hashed. Texts of one key are nearly always equally long. */
  #message = this.#inner;

  /** @throws RangeError if `key` is longer than a block; derived keys are digests */
  constructor(key: Buffer) {
    if (key.length > BLOCK) throw new RangeError('The key is longer than a block.');
    for (let index = 0; index < key.length; index++) {
      this.#inner[index]! ^= key[index]!;
      this.#outer[index]! ^= key[index]!;
    }
  }

  /**
   * Lower-case hexadecimal. `text` is taken as Latin-1, so it must hold nothing beyond that.
   *
   * @throws RangeError if it is longer than 1,024 characters
   */
  sign(text: string): string {
    if (text.length > MAX_TEXT) throw new RangeError('The text to sign is too long.');
    const length = BLOCK + this.#inner.write(text, BLOCK, 'latin1');
    if (this.#message.length !== length) this.#message = this.#inner.subarray(0, length);
    this.#outer.write(hash('sha256', this.#message, 'binary'), BLOCK, 'latin1');
    return hash('sha256', this.#outer, 'hex');
  }
}
