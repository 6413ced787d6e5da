/**
 * Timers of this machine, as they were when this module was loaded. A test may put fake ones in their place later; no request
 * may wait for those.
 */
export const realTime = {
  setTimeout,
  clearTimeout,
  setImmediate,
  monotonic: performance.now.bind(performance),
} as const;

/** Resolves in the next turn of the event loop. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => void realTime.setImmediate(resolve));
}
