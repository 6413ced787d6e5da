import { HEAD_BYTES } from './sniff.js';

/** The first bytes of a stream, which may come in pieces, and what follows. */
export async function headOf(bytes: AsyncGenerator<Uint8Array>) {
  const pieces: Uint8Array[] = [];
  for (let length = 0; length < HEAD_BYTES;) {
    const { done, value } = await bytes.next();
    if (done === true) break;
    pieces.push(value);
    length += value.length;
  }
  return { head: pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces), rest: bytes };
}

export async function* join(head: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  yield* rest;
}
