/** Says that a part of this program could not be loaded, and why. */
export function notLoaded(what: string, error: unknown): string {
  return `${what} could not be loaded: ${wordsOf(error)} ${ADVICE}`;
}

const ADVICE =
  'If this program is a bundle, leave undici out of it, or give it a require function; see docs/bundling.md.';

/** The first line of what the loader or the bundler says; it is about this program, not about a call. */
function wordsOf(error: unknown): string {
  const [line = ''] = String((error as Error | undefined)?.message ?? error).split('\n', 1);
  const words = line.slice(0, 200);
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
