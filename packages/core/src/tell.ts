/** Tells an object of the caller's own something. Its failure, now or later, does not affect the call. */
export function tell(notice: () => unknown): void {
  try {
    const done = notice();
    if (done !== undefined) Promise.resolve(done).catch(() => {});
  } catch {
    // It was told.
  }
}
