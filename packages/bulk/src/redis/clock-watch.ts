/**
 * How much further than this process's clock the server's may have gone, in milliseconds, and how much more of each
 * millisecond.
 */
const TOLERANCE_MS = 20;
const DRIFT = 0.0002;

/** After this time without a word, in milliseconds, nobody knows what the server's clock has done. */
const KNOWN_MS = 300_000;

/** An answer of the server: what its clock said between two moments of this process. */
interface Reading {
  readonly serverMs: number;
  readonly askedAt: number;
}

/**
 * Watches the clock of a server by the clock of this process, which only goes forward, and evenly. If the server's is stepped
 * forward, what it has logged looks older than it is, so that slots look free that are not. So its log is trusted only after its
 * clock has run evenly for a whole window: then whatever was logged before is older than that by any clock.
 */
export class ClockWatch {
  #reference: Reading | undefined;
  #evenSince = 0;

  /** Takes note of an answer. */
  see(serverMs: number, askedAt: number, answeredAt: number, windowMs: number): void {
    const reference = this.#reference;
    const elapsedMs = reference === undefined ? Infinity : answeredAt - reference.askedAt;
    // What has passed between the two readings is at most the time from the first question to the second answer.
    const isEven =
      reference !== undefined &&
      elapsedMs < KNOWN_MS &&
      serverMs - reference.serverMs <= elapsedMs * (1 + DRIFT) + TOLERANCE_MS;
    if (!isEven) this.#evenSince = answeredAt;
    // One that is a window old shows a clock that is only a little too fast.
    if (!isEven || elapsedMs > windowMs) this.#reference = { serverMs, askedAt };
  }

  /** How long the log cannot be trusted yet, in milliseconds; 0 before the first answer, which has to be asked for. */
  untrustedMs(now: number, windowMs: number): number {
    if (this.#reference === undefined) return 0;
    return Math.max(0, this.#evenSince + windowMs - now);
  }

  /** Whether it knows nothing any more. */
  isIdle(now: number): boolean {
    return this.#reference !== undefined && now - this.#reference.askedAt > KNOWN_MS;
  }
}
