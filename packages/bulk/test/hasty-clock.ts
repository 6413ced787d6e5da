import type { Clock } from '@tccc/outbound';

/** Time as it is, but for pauses: each takes so many milliseconds, however long it should be. */
export const hastyClock = (ms: number): Clock => ({
  now: () => Date.now(),
  monotonic: () => performance.now(),
  schedule: (callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
});
