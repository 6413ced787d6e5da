import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isSystemError, unusable } from '../errors.js';
import { writeWhole } from '../files.js';

/**
 * A failure to print progress is not a reason to end: its reader may go away, such as `head` or a terminal that is closed, and
 * the work goes on.
 */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

/** The names of the columns and the lines. Nothing comes before the first line is there: if that fails, nothing was written. */
export async function* withHead(head: string, lines: AsyncIterable<string>): AsyncGenerator<string> {
  let before = head;
  for await (const line of lines) {
    yield before + line;
    before = '';
  }
  yield before;
}

/**
 * Writes text to a file that only the owner may read, as a whole or not at all, or to standard output.
 *
 * @throws BulkError if it cannot be written. It is not a failure if nobody reads standard output any more
 */
export async function writeOut(text: AsyncIterable<string>, path: string | undefined): Promise<void> {
  try {
    if (path === undefined) await pipeline(Readable.from(text), process.stdout, { end: false });
    else await writeWhole(path, text);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (path === undefined && (error as NodeJS.ErrnoException).code === 'EPIPE') return;
    throw unusable(path === undefined ? 'The output' : `The output ${path}`, error);
  }
}
