/** What a person, the system, or a terminal that is closed says to end a process. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Lets work end in order if the process is told to end; told twice, the process ends at once.
 *
 * @param onFirst is called the first time
 */
export async function interruptible<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  onFirst: () => void,
): Promise<Result> {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(130);
    onFirst();
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of SIGNALS) process.off(name, onSignal);
  }
}
