import { performance } from 'node:perf_hooks';
import * as timers from 'node:timers';

const { setTimeout, clearTimeout, setImmediate } = timers;

/**
 * Timers of this machine, as they were when this module was loaded. Tests put fake ones in the place of the global ones; no
 * request may wait for those.
 */
export const realTime = {
  setTimeout,
  clearTimeout,
  setImmediate,
  monotonic: performance.now.bind(performance),
} as const;

/** Resolves after a time, in milliseconds. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => void realTime.setTimeout(resolve, ms));
}

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
