import { invalidOption } from '../checks.js';
import type { Clock } from '../clock.js';
import { systemClock } from '../clock.js';
import { tell } from '../tell.js';

/** The same for each clock, since clients of one clock share a pacer. */
const guardedClocks = new WeakMap<Clock, Clock>();

/**
 * A clock of the caller's own, which has worked at least once. After that, it always says how much time has passed and sets
 * its timers, and to cancel one throws nothing: a failure between two steps would hold up a call for ever, or lose a slot
 * or a connection.
 */
export function guarded(clock: Clock): Clock {
  const known = guardedClocks.get(clock);
  if (known !== undefined) return known;
  let latest: number | undefined;
  let hasScheduled = false;
  const guard: Clock = {
    now: () => timeOf(clock, 'now') ?? refuse('now'),
    monotonic: () => (latest = timeOf(clock, 'monotonic') ?? latest ?? refuse('monotonic')),
    schedule: (...timer) => {
      try {
        const cancel = cancellable(clock.schedule(...timer));
        hasScheduled = true;
        return cancel;
      } catch (error) {
        if (!hasScheduled) throw error;
        // What has begun waits for this timer.
        return systemClock.schedule(...timer);
      }
    },
  };
  guardedClocks.set(clock, guard);
  // One that is guarded already stays as it is.
  guardedClocks.set(guard, guard);
  return guard;
}

/** What tells the time. */
type Hand = 'now' | 'monotonic';

/** Undefined if the clock fails to say. */
function timeOf(clock: Clock, hand: Hand): number | undefined {
  try {
    const time: unknown = clock[hand]();
    return Number.isFinite(time) ? (time as number) : undefined;
  } catch {
    return undefined;
  }
}

/** @throws ConfigurationError, for it does not say what time it is, and nothing is sent without */
function refuse(hand: Hand): never {
  throw invalidOption('clock', `a clock whose ${hand} returns a number`);
}

/** @throws ConfigurationError if there is no way to cancel */
function cancellable(cancel: unknown): () => void {
  if (typeof cancel !== 'function')
    throw invalidOption('clock', 'a clock whose schedule returns a function that cancels');
  // A timer that goes off all the same has no effect any more.
  return () => tell(cancel as () => unknown);
}
