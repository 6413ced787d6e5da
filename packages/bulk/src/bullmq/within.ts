import { BulkError } from '../errors.js';

/** Waits for an answer of the queue, but not for ever. @throws BulkError `QueueUnusable` */
export async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const error = new BulkError('QueueUnusable', `The queue has not answered within ${ms} ms.`);
    timer = setTimeout(() => reject(error), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
