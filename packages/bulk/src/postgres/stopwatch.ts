import type { Clock } from '../clock.js';

/**
 * Tells how many milliseconds have passed since it was made, rather too many than too few. One clock of the system stops
 * while the machine sleeps, and the other may be set: the one that has gone further counts.
 */
export function stopwatch(clock: Clock): () => number {
  const [monotonic, wall] = [clock.monotonic(), clock.now()];
  return () => Math.max(clock.monotonic() - monotonic, clock.now() - wall);
}
