import { PushError } from './push-error.js';

/**
 * The bytes of a body, up to the limit.
 *
 * @throws PushError `TooLarge`
 */
export async function readBody(
  chunks: AsyncIterable<Uint8Array | string> | null,
  declared: string | undefined,
  limit: number,
): Promise<Uint8Array> {
  if (Number(declared ?? 0) > limit) throw tooLarge(limit);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks ?? []) {
    const part = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    length += part.length;
    if (length > limit) throw tooLarge(limit);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

export function tooLarge(limit: number): PushError {
  return new PushError('TooLarge', `The body must be at most ${limit} bytes.`);
}
