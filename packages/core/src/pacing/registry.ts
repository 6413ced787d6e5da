import type { Clock } from '../clock.js';
import { systemClock } from '../clock.js';
import type { LocalPacer } from './local-pacer.js';

/** One per clock, of which there are several only in tests. */
const pacersOfTests = new WeakMap<Clock, LocalPacer>();

/** The same for every copy of this package in a thread, as long as they agree on what a pacer does. */
const REGISTRY = Symbol.for('@tccc/core.pacer.1');
const registry = globalThis as { [REGISTRY]?: LocalPacer };

/**
 * The pacer of this thread: two clients of one account share its limit, even if they come from two copies of this
 * package. What it holds is keyed by endpoint, action and account, so clients of different accounts do not meet.
 */
export function findLocalPacer(clock: Clock): LocalPacer | undefined {
  return clock === systemClock ? registry[REGISTRY] : pacersOfTests.get(clock);
}

export function keepLocalPacer(clock: Clock, pacer: LocalPacer): LocalPacer {
  if (clock === systemClock) registry[REGISTRY] = pacer;
  else pacersOfTests.set(clock, pacer);
  return pacer;
}
