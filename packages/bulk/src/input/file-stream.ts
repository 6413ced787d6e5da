import { constants, createReadStream, openSync, statSync } from 'node:fs';
import { Socket } from 'node:net';

/**
 * The bytes of a file. To open a named pipe like a file, a thread waits for its writer, and until that thread is free, not even
 * the process can end. Linux also lets a pipe be read like a socket; other systems may take a pipe without a writer for an empty one.
 */
export function fileStream(path: string): AsyncIterable<Uint8Array> {
  const isPipe = process.platform === 'linux' && statSync(path, { throwIfNoEntry: false })?.isFIFO() === true;
  if (!isPipe) return createReadStream(path);
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return new Socket({ fd, readable: true, writable: false });
}
