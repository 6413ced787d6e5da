import { turns } from './wait.js';

/** What becomes an uncaught exception of the process while `inside` runs; the test is not told of it. */
export async function uncaughtDuring(inside: () => Promise<unknown>): Promise<unknown[]> {
  const others = process.listeners('uncaughtException');
  const caught: unknown[] = [];
  const listener = (error: unknown) => void caught.push(error);
  process.removeAllListeners('uncaughtException').on('uncaughtException', listener);
  try {
    await inside();
    await turns(5);
  } finally {
    process.off('uncaughtException', listener);
    for (const other of others) process.on('uncaughtException', other);
  }
  return caught;
}
