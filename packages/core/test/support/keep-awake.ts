import { stat } from 'node:fs';

/** Whether this process does already: one runs many files of tests. */
const kept = globalThis as { isKeptAwake?: true };

// With glibc before 2.41, the threads that read and write files very rarely sleep through what they are asked, and a run that
// waits for it never ends, unless they are asked something else (https://sourceware.org/bugzilla/show_bug.cgi?id=25847).
if (kept.isKeptAwake === undefined) {
  kept.isKeptAwake = true;
  setInterval(() => stat('.', () => {}), 1_000).unref();
}
