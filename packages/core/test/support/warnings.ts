/** Whether this process listens already: a process runs many files of tests. */
const watched = globalThis as { isWatchedForLeaks?: true };

// What adds a listener for each call and leaves it there is a leak in a program that runs for months. It fails the run.
if (watched.isWatchedForLeaks === undefined) {
  watched.isWatchedForLeaks = true;
  process.on('warning', (warning) => {
    if (warning.name === 'MaxListenersExceededWarning') throw warning;
  });
}
