import type { Window } from '../listing.js';

/** A span in Unix seconds. */
export type Span = readonly [from: number, to: number];

/** The clock of the service may be behind: what is at the limit of the past could be refused. In seconds. */
const SAFETY_SECONDS = 600;

/** The earliest second that may be asked for. */
export function earliest(now: number, window: Window | undefined): number {
  return window === undefined ? 0 : now - window.oldestSeconds + SAFETY_SECONDS;
}

/**
 * Cuts a window into spans that the service takes, the earliest first. Two that follow each other share one second, since
 * it is not documented whether their ends belong to them. Nothing is left of a window that is wholly too far back.
 */
export function spansOf(
  from: number,
  to: number,
  now: number,
  window: Window | undefined,
  longest = Infinity,
): Span[] {
  const length = Math.min(longest, (window?.longestSeconds ?? Infinity) - 1);
  const spans: Span[] = [];
  let start = Math.max(Math.floor(from), earliest(now, window));
  while (start < to) {
    const end = Math.min(to, start + length);
    spans.push([start, end]);
    start = end;
  }
  return spans;
}
