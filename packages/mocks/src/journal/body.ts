import { isUtf8 } from 'node:buffer';
import { Refusal } from '../common/protocol.js';

/**
 * How deeply a body may be nested. The service's own limit is not known, and no documented parameter needs ten levels; but
 * ten megabytes of brackets take a gigabyte once they are parsed.
 */
const MAX_DEPTH = 512;

/** A body that is JSON. */
export interface ParsedBody {
  text: string;
  value: unknown;
  /** Length of the body, in bytes. */
  bytes: number;
}

/** @throws Refusal if the body is not JSON in UTF-8 */
export function parseBody(body: Buffer): ParsedBody {
  if (!isUtf8(body)) throw new Refusal('InvalidParameter', 'The body must be UTF-8.');
  if (depthOf(body) > MAX_DEPTH) {
    throw new Refusal(
      'InvalidParameter',
      `The body is nested more than ${MAX_DEPTH} levels deep, which is the limit of this mock.`,
    );
  }
  const text = body.toString('utf8');
  try {
    return { text, value: JSON.parse(text) as unknown, bytes: body.length };
  } catch {
    throw new Refusal('InvalidParameter', 'The body must be JSON.');
  }
}

export function parseIfJson(body: Buffer): ParsedBody | undefined {
  try {
    return parseBody(body);
  } catch {
    return undefined;
  }
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];

/** How deeply brackets are nested, outside strings. Looks no further than it has to. */
function depthOf(bytes: Buffer): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let index = 0; index < bytes.length && deepest <= MAX_DEPTH; index++) {
    const byte = bytes[index]!;
    if (byte === QUOTE) isInString = !isInString;
    else if (isInString) {
      if (byte === BACKSLASH) index++;
    } else if ((byte | 0x20) === 0x7b) {
      // { or [
      depth++;
      if (depth > deepest) deepest = depth;
    } else if ((byte | 0x20) === 0x7d) depth--; // } or ]
  }
  return deepest;
}
