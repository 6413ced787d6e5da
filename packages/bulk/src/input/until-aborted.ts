import { Readable } from 'node:stream';
import type { BulkError } from '../errors.js';
import { stoppedReading } from '../errors.js';

/**
 * What a program gives as a list, which ends with an error once the signal is aborted, also while the program keeps
 * everybody waiting for its next item. What cannot be waited for stays as it is.
 *
 * @throws BulkError `Stopped`, where it is read
 */
export function untilAborted<Given>(given: Given, signal: AbortSignal | undefined): Given {
  if (signal === undefined || typeof given !== 'object' || given === null) return given;
  if (Symbol.asyncIterator in given) return stoppable(given as Given & AsyncIterable<unknown>, signal);
  if (!('from' in given) || Symbol.iterator in given) return given;
  return { ...given, from: untilAborted(given.from, signal) };
}

/** By this, a stream of text tells that it is not one of objects. */
function stoppable<Given extends AsyncIterable<unknown>>(given: Given, signal: AbortSignal): Given {
  const { readableObjectMode } = given as { readableObjectMode?: unknown };
  return Object.assign(itemsOf(given, signal), { readableObjectMode }) as unknown as Given;
}

async function* itemsOf<Item>(items: AsyncIterable<Item>, signal: AbortSignal): AsyncGenerator<Item> {
  const iterator = items[Symbol.asyncIterator]();
  let fail: (error: BulkError) => void = () => {};
  // One listener for all items, which may be millions.
  const onAbort = () => fail(stoppedReading(signal.reason));
  signal.addEventListener('abort', onAbort);
  let isOver = false;
  try {
    for (;;) {
      if (signal.aborted) throw stoppedReading(signal.reason);
      const next = await new Promise<IteratorResult<Item>>((resolve, reject) => {
        fail = reject;
        // Some iterators give no promise.
        Promise.resolve(iterator.next()).then(resolve, reject);
      });
      isOver = next.done === true;
      if (isOver) return;
      yield next.value as Item;
    }
  } catch (error) {
    isOver = !signal.aborted;
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
    // One that keeps everybody waiting would do so here, too.
    if (!isOver) void leave(items, iterator).catch(() => {});
  }
}

/** The iterator of a stream would leave only when its next piece is there. Until then, the process could not end. */
async function leave(items: AsyncIterable<unknown>, iterator: AsyncIterator<unknown>): Promise<void> {
  if (items instanceof Readable) items.destroy();
  else await iterator.return?.();
}
