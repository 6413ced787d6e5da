import { Console } from 'node:console';
import { invalidOption } from '../checks.js';
import type { LogLevel, Logger } from '../options/observe-options.js';
import { LOG_LEVELS } from '../options/observe-options.js';
import { tell } from '../tell.js';

type Fields = Readonly<Record<string, string | number | boolean | undefined>>;

const DEFAULT_LEVEL = 'info';

/** Writes lines such as `tccc attempt action=… outcome=succeeded tookMs=52`. */
export class Log {
  readonly #logger: Logger;
  readonly #least: number;

  constructor(logger: Logger, level: LogLevel) {
    this.#logger = logger;
    this.#least = LOG_LEVELS.indexOf(level);
  }

  /** A logger that fails, at once or later, must not change what a call reports. */
  write(level: Exclude<LogLevel, 'off'>, event: string, fields: Fields): void {
    if (LOG_LEVELS.indexOf(level) < this.#least) return;
    const pairs = Object.entries(fields).filter(([, value]) => value !== undefined);
    const text = pairs.map(([name, value]) => ` ${name}=${round(value!)}`).join('');
    tell(() => this.#logger[level](`tccc ${event}${text}`));
  }
}

function round(value: string | number | boolean): string {
  return typeof value === 'number' ? String(Math.round(value)) : String(value);
}

/**
 * The log of a client; undefined if it writes none. `TCCC_LOG` is for looking at a program without changing it: it writes to
 * the standard error, so that the output of the program stays its own, and an option takes precedence over it.
 *
 * @throws ConfigurationError if `TCCC_LOG` is wrong
 */
export function resolveLog(logger: Logger | undefined, level: LogLevel | undefined): Log | undefined {
  const ofEnvironment = levelOfEnvironment();
  if (logger === undefined && level === undefined && ofEnvironment === undefined) return undefined;
  const chosen = level ?? ofEnvironment ?? DEFAULT_LEVEL;
  return chosen === 'off' ? undefined : new Log(logger ?? new Console(process.stderr), chosen);
}

function levelOfEnvironment(): LogLevel | undefined {
  const { TCCC_LOG } = process.env;
  if (TCCC_LOG === undefined || TCCC_LOG === '') return undefined;
  const level = LOG_LEVELS.find((known) => known === TCCC_LOG);
  if (level === undefined)
    throw invalidOption('TCCC_LOG of the environment', `one of ${LOG_LEVELS.join(', ')}`);
  return level;
}
