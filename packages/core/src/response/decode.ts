import { isUtf8 } from 'node:buffer';
import type { HttpResponse } from '../transport/exchange.js';
import { valuesOf } from './headers.js';

/**
 * The body as text. The request does not ask for compression, but a gateway may apply it.
 *
 * @throws Error if it cannot be decoded; with the code `ERR_BUFFER_TOO_LARGE` if it would be longer than `maxBytes`
 */
export function decodeBody({ body, headers }: HttpResponse, maxBytes: number): string {
  const bytes = withoutMark(decompress(body, headers['content-encoding'], maxBytes));
  if (!isUtf8(bytes)) throw new Error('not UTF-8');
  return bytes.toString('utf8');
}

/** The last encoding was applied last. A line that came twice says the same twice. */
function decompress(body: Buffer, header: string | string[] | undefined, maxBytes: number): Buffer {
  if (header === undefined) return body;
  const lines = typeof header === 'string' ? [header] : [...new Set(header)];
  return valuesOf(lines).reduceRight((bytes, encoding) => decode(bytes, encoding, maxBytes), body);
}

/** Loads zlib only if it is needed, which is hardly ever. The names are those of RFC 9110, in any case. */
function decode(bytes: Buffer, encoding: string, maxOutputLength: number): Buffer {
  const { brotliDecompressSync, gunzipSync, inflateSync } = process.getBuiltinModule('node:zlib');
  switch (encoding.toLowerCase()) {
    case 'identity':
      return bytes;
    case 'gzip':
    case 'x-gzip':
      return whole(gunzipSync, bytes, maxOutputLength);
    case 'deflate':
      return whole(inflateSync, bytes, maxOutputLength);
    case 'br':
      return whole(brotliDecompressSync, bytes, maxOutputLength);
    default:
      throw new Error('unknown encoding');
  }
}

/** zlib says nothing of bytes behind the end of what it reads; they may be another response. */
function whole(
  decompress: (bytes: Buffer, options: { info: true; maxOutputLength: number }) => unknown,
  bytes: Buffer,
  maxOutputLength: number,
): Buffer {
  const { buffer, engine } = decompress(bytes, { info: true, maxOutputLength }) as Decompressed;
  if (engine.bytesWritten !== bytes.length) throw new Error('bytes behind the end');
  return buffer;
}

/** With the option `info`. */
interface Decompressed {
  readonly buffer: Buffer;
  /** `bytesWritten` is how many bytes were read. */
  readonly engine: { readonly bytesWritten: number };
}

/** RFC 8259 lets a parser ignore a byte order mark. */
function withoutMark(bytes: Buffer): Buffer {
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return isMarked ? bytes.subarray(3) : bytes;
}
