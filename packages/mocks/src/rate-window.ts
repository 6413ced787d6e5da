/** A true sliding window: admits a request only while fewer than the limit were admitted in the window before it. */
export class RateWindow {
  readonly #admitted = new Map<string, number[]>();

  /** Whether a request of this key at this time is within the limit. Times must not go back. */
  admit(key: string, atMs: number, limit: number, windowMs: number): boolean {
    const recent = (this.#admitted.get(key) ?? []).filter((time) => atMs - time < windowMs);
    this.#admitted.set(key, recent);
    if (recent.length >= limit) return false;
    recent.push(atMs);
    return true;
  }

  clear(): void {
    this.#admitted.clear();
  }
}

/** The most of these times, which must be in order, that lie within any window of this length. */
export function worstWindow(timesMs: readonly number[], windowMs: number): number {
  let worst = 0;
  let start = 0;
  for (let end = 0; end < timesMs.length; end++) {
    while (timesMs[end]! - timesMs[start]! >= windowMs) start++;
    worst = Math.max(worst, end - start + 1);
  }
  return worst;
}
