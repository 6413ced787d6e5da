import { realTime } from './real-time.js';

/** The only source of time in this package, so that tests never wait for real time. */
export interface Clock {
  /** Wall clock, in milliseconds since the Unix epoch. Used for signatures and the expiry of credentials. */
  now(): number;
  /** Monotonic clock, in milliseconds from any origin. Used for pacing, deadlines and back-off. */
  monotonic(): number;
  /**
   * Calls `callback` once after about `delayMs`; returns a function that cancels it. A timer in the background does not
   * keep the process alive.
   */
  schedule(callback: () => void, delayMs: number, inBackground?: boolean): () => void;
}

/** Longest delay that a Node.js timer can hold, in milliseconds. */
export const MAX_TIMER_MS = 2_147_483_647;

/** The clock of this machine. Its timers are the global ones, so that a test that fakes those moves it on. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  schedule(callback, delayMs, inBackground = false) {
    // Rounded up, because a timer may otherwise fire before its time.
    const timer = setTimeout(callback, Math.min(Math.ceil(delayMs), MAX_TIMER_MS));
    if (inBackground) timer.unref();
    return () => clearTimeout(timer);
  },
};

/** A turn of the event loop: what had come to this process is seen after it. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => void realTime.setImmediate(resolve));
}
