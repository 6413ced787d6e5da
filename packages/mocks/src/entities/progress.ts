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

/** What an entity should do. */
export interface Work {
  /** How long all of them take, in milliseconds. */
  readonly wholeMs: number;
  /** When it may start, and when it must end, in milliseconds since the Unix epoch. */
  readonly startsMs: number;
  readonly endsMs: number;
}

/**
 * How far an entity is at a later time, if nobody did anything with it meanwhile. The rule: it waits for its start; then it
 * works on its items until all are finished; then it is completed. At its end, it is ended if it
 * is not completed, even while it is paused. In any other state it stays as it is.
 *
 * What the calls to the items are like is in calls.ts.
 */
export function moved(stand: Stand, { states }: Pick<Progress, 'states'>, work: Work, nowMs: number): Stand {
  const { values } = stand;
  const isPaused = states.paused !== undefined && has(values, states.paused);
  const isGoing = goesOn(stand, { states });
  if (!isPaused && !isGoing) return stand;
  const fromMs = Math.max(stand.atMs, work.startsMs);
  const spentMs = isGoing ? Math.max(0, Math.min(nowMs, work.endsMs) - fromMs) : 0;
  const { wholeMs } = work;
  const workedMs = Math.min(wholeMs, stand.workedMs + spentMs);
  const become = (more: Values): Stand => ({ values: { ...values, ...more }, workedMs, atMs: nowMs });
  if (isGoing && workedMs >= wholeMs && nowMs >= work.startsMs) return become(states.completed);
  if (nowMs >= work.endsMs) return become(states.ended);
  if (isPaused) return become({});
  return become(nowMs < work.startsMs ? states.waiting : states.running);
}

/** Whether it is worked on, or would be if it were time. */
export function goesOn({ values }: Stand, { states }: Pick<Progress, 'states'>): boolean {
  return has(values, states.waiting) || has(values, states.running);
}

/** Whether these values are among those. */
function has(values: Values, some: Values): boolean {
  return Object.entries(some).every(([name, value]) => values[name] === value);
}
