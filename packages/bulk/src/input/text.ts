import type { Hash } from 'node:crypto';
import { BulkError } from '../errors.js';

/**
 * Text of a stream, in any encoding that Node.js knows, without its byte order mark. What is not valid in the encoding is
 * refused: a name with other letters in it than it had would be read to people.
 *
 * @throws BulkError
 */
export async function* decode(
  source: AsyncIterable<Buffer | string>,
  encoding: string,
  hash: Hash,
): AsyncGenerator<string> {
  const decoder = decoderOf(encoding);
  const read = (bytes?: Buffer) => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      throw new BulkError(
        'InvalidInput',
        `The list is not ${encoding}. State its encoding, such as gb18030.`,
      );
    }
  };
  for await (const chunk of source) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    hash.update(bytes);
    const text = read(bytes);
    if (text !== '') yield text;
  }
  const rest = read();
  if (rest !== '') yield rest;
}

function decoderOf(encoding: string) {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new BulkError('InvalidOption', 'The encoding is not one that is known, such as utf-8 or gb18030.');
  }
}
