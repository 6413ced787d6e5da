import type { Clock } from '@tccc/outbound';

export type { Clock } from '@tccc/outbound';
export { systemClock } from '@tccc/outbound/internal';

/** Resolves after so many milliseconds, or as soon as the signal is aborted. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = () => {
      cancel();
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.schedule(end, ms);
    signal?.addEventListener('abort', end);
  });
}

/** Does something again and again, in the background; returns a function that ends it. */
export function every(clock: Clock, ms: number, work: () => void): () => void {
  let cancel: () => void;
  const next = () => {
    cancel = clock.schedule(
      () => {
        next();
        work();
      },
      ms,
      true,
    );
  };
  next();
  return () => cancel();
}
