/**
 * Runs something that must not change what a call reports. What it throws is not lost: it becomes an uncaught exception of the
 * process, as Node.js does it for subscribers of diagnostics channels.
 */
export function apart(inside: () => void): void {
  try {
    inside();
  } catch (error) {
    process.nextTick(() => {
      throw error;
    });
  }
}
