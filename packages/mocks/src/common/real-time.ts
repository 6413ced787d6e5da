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

let thisTurn: Promise<void> | undefined;

/** Resolves when this turn of the event loop has read what had come, for all who wait for that at once. */
export function endOfTurn(): Promise<void> {
  thisTurn ??= nextTurn().then(() => {
    thisTurn = undefined;
  });
  return thisTurn;
}
