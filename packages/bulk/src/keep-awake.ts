import { stat } from 'node:fs';

/** How long something that was not noticed waits at most, in milliseconds. */
const ASK_MS = 1_000;

/**
 * Asks something of the threads with which Node.js reads and writes files, again and again, until the returned function is called.
 * With glibc before 2.41, such as that of Debian 12, they very rarely sleep through what they are asked
 * ([its bug 25847](https://sourceware.org/bugzilla/show_bug.cgi?id=25847)), and a process that waits for the disk then waits for
 * ever, unless they are asked something else.
 */
export function keepThreadsAwake(): () => void {
  const timer = setInterval(() => stat('.', () => {}), ASK_MS).unref();
  return () => clearInterval(timer);
}
