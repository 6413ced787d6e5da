/**
 * How failed attempts are followed by others: those that are certain to have had no effect, and those that may be repeated
 * without harm.
 */
export interface RetryOptions {
  /**
   * Attempts per call, the first included. An integer from 1 to 10.
   *
   * @default 3
   */
  maxAttempts?: number;
  /**
   * Bounds the random wait before a retry, in milliseconds: it is drawn evenly from 0 to
   * `min(capMs, baseMs * 2^n)`, with n counting from 0. From 0 to 86,400,000.
   *
   * @default 500
   */
  baseMs?: number;
  /**
   * Longest wait before a retry, in milliseconds. From 0 to 86,400,000.
   *
   * @default 10,000
   */
  capMs?: number;
  /**
   * What to do if the outcome is `unknown`, that is, if the request may have been executed. `never` reports it.
   * `risk-duplicates` sends the request again, which **may execute it twice**; use it only if doing it twice does no harm.
   *
   * @default 'never'
   */
  onUnknown?: 'never' | 'risk-duplicates';
}

export type RetryPolicy = Required<RetryOptions>;

/** Full jitter: an even draw between no wait at all and an exponentially growing bound. */
export function backoffMs({ baseMs, capMs }: RetryPolicy, retry: number, random: () => number): number {
  return draw(random) * Math.min(capMs, baseMs * 2 ** retry);
}

/** A source of the caller's own decides how long a pause is, and nothing else: also if it throws, or gives no such number. */
function draw(random: () => number): number {
  try {
    const drawn = random();
    return drawn >= 0 && drawn < 1 ? drawn : 0.5;
  } catch {
    return 0.5;
  }
}
