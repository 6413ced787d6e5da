/** How failed attempts are repeated. Only failures that are certain to have had no effect are. */
export interface RetryOptions {
  /** Attempts per call, the first included. 1 to 10; default 3. */
  maxAttempts?: number;
  /**
   * Bounds the random wait before a repetition, in milliseconds: it is drawn evenly from 0 to
   * `min(capMs, baseMs * 2^n)`, with n counting from 0. Default 500.
   */
  baseMs?: number;
  /** Longest wait before a repetition, in milliseconds. Default 10,000. */
  capMs?: number;
  /**
   * What to do where the outcome is `unknown`, that is, where the request may have been executed.
   * `never` (the default) reports it. `risk-duplicates` repeats the request, which **may execute it twice**; use it
   * only where doing it twice does no harm.
   */
  onUnknown?: 'never' | 'risk-duplicates';
}

export type RetryPolicy = Required<RetryOptions>;

export const defaultRetryPolicy: RetryPolicy = {
  maxAttempts: 3,
  baseMs: 500,
  capMs: 10_000,
  onUnknown: 'never',
};

/** Full jitter: an even draw between no wait at all and an exponentially growing bound. */
export function backoffMs({ baseMs, capMs }: RetryPolicy, repetition: number, random: () => number): number {
  return random() * Math.min(capMs, baseMs * 2 ** repetition);
}
