/**
 * Tells how many milliseconds have passed since it was made, rather too many than too few. One clock of the system stands still
 * while the machine sleeps, and the other may be set: the one that has gone further counts.
 */
export function stopwatch(): () => number {
  const [monotonic, wall] = [performance.now(), Date.now()];
  return () => Math.max(performance.now() - monotonic, Date.now() - wall);
}
