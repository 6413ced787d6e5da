/** A key that admitted nothing for a while is forgotten once there are this many. */
const MANY_KEYS = 1_000;

interface Admitted {
  /** Times of admission, in order; those before `start` are out of the window. */
  times: number[];
  start: number;
  windowMs: number;
}

/** A true sliding window: admits a request only while fewer than the limit were admitted in the window before it. */
export class RateWindow {
  readonly #admitted = new Map<string, Admitted>();
  #sweepAt = MANY_KEYS;

  /** Whether a request of this key at this time is within the limit. Times must not go back. */
  admit(key: string, atMs: number, limit: number, windowMs: number): boolean {
    let admitted = this.#admitted.get(key);
    if (admitted === undefined) {
      if (this.#admitted.size >= this.#sweepAt) this.#forgetIdle(atMs);
      admitted = { times: [], start: 0, windowMs };
      this.#admitted.set(key, admitted);
    }
    leave(admitted, atMs);
    if (admitted.times.length - admitted.start >= limit) return false;
    admitted.times.push(atMs);
    return true;
  }

  clear(): void {
    this.#admitted.clear();
  }

  /** Keys come from requests, so there may be any number of them. */
  #forgetIdle(atMs: number): void {
    for (const [key, admitted] of this.#admitted) {
      if (atMs - admitted.times.at(-1)! >= admitted.windowMs) this.#admitted.delete(key);
    }
    this.#sweepAt = Math.max(MANY_KEYS, 2 * this.#admitted.size);
  }
}

/** Moves past the times that have left the window. */
function leave(admitted: Admitted, atMs: number): void {
  const { times, windowMs } = admitted;
  while (admitted.start < times.length && atMs - times[admitted.start]! >= windowMs) admitted.start++;
  if (admitted.start * 2 < times.length || admitted.start === 0) return;
  times.splice(0, admitted.start);
  admitted.start = 0;
}

/** The most of these times, which must be in order, that lie within any window of this length. */
export function worstWindow(timesMs: ArrayLike<number>, windowMs: number): number {
  let worst = 0;
  let start = 0;
  for (let end = 0; end < timesMs.length; end++) {
    while (timesMs[end]! - timesMs[start]! >= windowMs) start++;
    worst = Math.max(worst, end - start + 1);
  }
  return worst;
}
