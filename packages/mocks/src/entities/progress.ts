import type { Progress, Values } from '../generated/effects.js';

/** How far an entity is: the one thing that changes as time goes on. */
export interface Stand {
  /** The fields that say it. */
  readonly values: Values;
  /** How long its items have been worked on, in milliseconds. */
  readonly workedMs: number;
  /** When this was so, in milliseconds since the Unix epoch. */
  readonly atMs: number;
}

/** What an entity is to do. */
export interface Work {
  readonly items: number;
  /** How long one item takes, in milliseconds. */
  readonly itemMs: number;
  /** When it may start, and when it must end, in milliseconds since the Unix epoch. */
  readonly startsMs: number;
  readonly endsMs: number;
}

/**
 * How far an entity is at a later time, if nobody did anything with it meanwhile. The rule: it waits for its start; then it
 * finishes its items one after the other, each in the same time; then it is completed. At its end, it is ended if it
 * is not completed, also while it is paused. In any other state it stays as it is.
 *
 * A rehearsal that knows more (several calls at a time, calls that nobody answers, retries) is another rule in this place.
 */
export function moved(stand: Stand, { states }: Progress, work: Work, nowMs: number): Stand {
  const { values } = stand;
  const isPaused = states.paused !== undefined && has(values, states.paused);
  const goesOn = has(values, states.waiting) || has(values, states.running);
  if (!isPaused && !goesOn) return stand;
  const fromMs = Math.max(stand.atMs, work.startsMs);
  const spentMs = goesOn ? Math.max(0, Math.min(nowMs, work.endsMs) - fromMs) : 0;
  const wholeMs = work.items * work.itemMs;
  const workedMs = Math.min(wholeMs, stand.workedMs + spentMs);
  const become = (more: Values): Stand => ({ values: { ...values, ...more }, workedMs, atMs: nowMs });
  if (goesOn && workedMs >= wholeMs && nowMs >= work.startsMs) return become(states.completed);
  if (nowMs >= work.endsMs) return become(states.ended);
  if (isPaused) return become({});
  return become(nowMs < work.startsMs ? states.waiting : states.running);
}

/** How many items are finished. */
export function finishedItems({ workedMs }: Stand, { items, itemMs }: Work): number {
  return Math.min(items, Math.floor(workedMs / itemMs));
}

/** Whether these values are among those. */
function has(values: Values, some: Values): boolean {
  return Object.entries(some).every(([name, value]) => values[name] === value);
}
