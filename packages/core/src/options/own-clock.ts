import { invalidOption } from '../checks.js';
import type { Clock } from '../clock.js';

/** The same for each clock, since clients of one clock share a pacer. */
const guardedClocks = new WeakMap<Clock, Clock>();

/** A clock of the caller's own. Its timers can be cancelled, and to cancel throws nothing: that would hold up a call for ever. */
export function guarded(clock: Clock): Clock {
  const known = guardedClocks.get(clock);
  if (known !== undefined) return known;
  const guard: Clock = {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    schedule: (...timer) => cancellable(clock.schedule(...timer)),
  };
  guardedClocks.set(clock, guard);
  // One that is guarded already stays as it is.
  guardedClocks.set(guard, guard);
  return guard;
}

/** @throws ConfigurationError if there is no way to cancel */
function cancellable(cancel: unknown): () => void {
  if (typeof cancel !== 'function')
    throw invalidOption('clock', 'a clock whose schedule returns a function that cancels');
  return () => {
    try {
      cancel();
    } catch {
      // What happens all the same has no effect any more.
    }
  };
}
