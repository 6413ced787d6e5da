import type { Clock } from '@tccc/core';

/** The most that passes between two turns of the event loop, in milliseconds. */
const MOST_MS = 2;

interface Timer {
  at: number;
  callback: () => void;
}

/**
 * Time of this process's own: while a busy machine leaves it no core, hardly any passes. So neither time-outs nor lists that lag
 * depend on what else runs there.
 */
export class OwnTime implements Clock {
  readonly #timers = new Set<Timer>();
  readonly #interval = setInterval(() => this.#pass(), 1).unref();
  #elapsedMs = 0;
  #lastMs = performance.now();

  now(): number {
    return Date.now();
  }

  monotonic(): number {
    return this.#elapsedMs;
  }

  schedule(callback: () => void, delayMs: number, inBackground = false): () => void {
    const timer = { at: this.#elapsedMs + Math.max(0, delayMs), callback };
    this.#timers.add(timer);
    if (!inBackground) this.#interval.ref();
    return () => void this.#timers.delete(timer);
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void this.schedule(resolve, ms));
  }

  #pass(): void {
    const nowMs = performance.now();
    this.#elapsedMs += Math.min(nowMs - this.#lastMs, MOST_MS);
    this.#lastMs = nowMs;
    const due = [...this.#timers].filter(({ at }) => at <= this.#elapsedMs).sort((a, b) => a.at - b.at);
    for (const timer of due) {
      // One of the others may have cancelled it.
      if (this.#timers.delete(timer)) timer.callback();
    }
    if (this.#timers.size === 0) this.#interval.unref();
  }
}
