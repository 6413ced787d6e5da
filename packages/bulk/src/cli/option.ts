import { UsageError } from './usage-error.js';

/** An option of a command line: what help says of it, and how its text is read. */
export interface OptionSpec<Value> {
  /** What follows it, such as `<path>`; a flag has none. */
  readonly argument?: string;
  readonly description: string;
  /** The texts that are allowed, if there are few. */
  readonly choices?: readonly string[];
  /** Its name on the command line, if several commands mean different things by it. */
  readonly name?: string;
  /** @throws UsageError that says what the value must be */
  read(text: string): Value;
}

/** A switch; it is off unless it is given, or on if it is named `no…`. */
export function flag(description: string): OptionSpec<boolean> {
  return { description, read: () => true };
}

export function text(argument: string, description: string): OptionSpec<string> {
  return {
    argument,
    description,
    read: (given) => {
      if (given === '') throw new UsageError('must not be empty');
      return given;
    },
  };
}

export function whole(
  argument: string,
  description: string,
  { min = 0, max = 999_999_999_999, factor = 1 } = {},
): OptionSpec<number> {
  const range = max === 999_999_999_999 ? `from ${min}` : `from ${min} to ${max}`;
  return {
    argument,
    description,
    read: (given) => {
      const value = Number(given);
      if (!/^\d{1,12}$/.test(given) || value < min || value > max)
        throw new UsageError(`must be a whole number ${range}`);
      return value * factor;
    },
  };
}

/** A share, as a part of 1. */
export function percent(argument: string, description: string): OptionSpec<number> {
  return {
    argument,
    description,
    read: (given) => {
      const [, digits] = /^(\d{1,3}(?:\.\d+)?)\s*%?$/.exec(given.trim()) ?? [];
      if (digits === undefined || Number(digits) > 100)
        throw new UsageError('must be a percentage, such as 5%');
      return Number(digits) / 100;
    },
  };
}

export function choice<const Choice extends string>(
  argument: string,
  choices: readonly Choice[],
  description: string,
): OptionSpec<Choice> {
  return {
    argument,
    description,
    choices,
    read: (given) => {
      const found = choices.find((one) => one === given);
      if (found === undefined)
        throw new UsageError(`must be ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`);
      return found;
    },
  };
}

/** How an option is written on a command line: `chunkSize` is `--chunk-size`. */
export function optionName(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
