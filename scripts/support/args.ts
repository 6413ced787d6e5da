import type { ParseArgsConfig } from 'node:util';
import { parseArgs } from 'node:util';

/** An argument that cannot be used. */
export class UsageError extends Error {}

/** A whole number of the command line, in decimal digits. */
export function wholeNumber(option: string, text: string, least: number): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (number >= least) return number;
  throw new UsageError(`--${option} must be a whole number of at least ${least}, not "${text}".`);
}

/** One of these words, or several of them with commas between. */
export function wordsOf(option: string, text: string, known: readonly string[]): string[] {
  const words = text.split(',');
  const unknown = words.find((word) => !known.includes(word));
  if (unknown === undefined) return words;
  throw new UsageError(`--${option} knows ${known.join(', ')}, but not "${unknown}".`);
}

/**
 * Reads the command line; an argument that cannot be used ends the process with a message, the usage and exit code 2.
 *
 * @param read makes of the values what the program needs, and may refuse them with the functions above
 */
export function readArgs<const Options extends NonNullable<ParseArgsConfig['options']>, Settings>(
  usage: string,
  options: Options,
  read: (values: ReturnType<typeof parseArgs<{ options: Options }>>['values']) => Settings,
): Settings {
  try {
    // `pnpm <script> -- --option` hands the two dashes on.
    const args = process.argv.slice(2).filter((arg) => arg !== '--');
    return read(parseArgs({ args, options }).values);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof TypeError)) throw error;
    console.error(`${error.message}\nUsage: ${usage}`);
    process.exit(2);
  }
}
