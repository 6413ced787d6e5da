import { stat } from 'node:fs';

/** The longest that an operation waits after its signal was lost, in milliseconds. */
const WAKE_MS = 1_000;

/**
 * Wakes the threads that Node.js uses for files once a second, until the returned function is called. With glibc before 2.41, for
 * example on Debian 12, the signal that wakes a thread is lost on very rare occasions
 * ([bug 25847](https://sourceware.org/bugzilla/show_bug.cgi?id=25847)). The operation then waits until the next one starts, so a
 * process that does one thing at a time would hang.
 */
export function keepThreadsAwake(): () => void {
  const timer = setInterval(() => stat('.', () => {}), WAKE_MS).unref();
  return () => clearInterval(timer);
}
