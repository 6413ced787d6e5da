import { checkOneOf, invalidOption } from '../checks.js';
import type { LogLevel, Logger } from '../options/observe-options.js';

type Fields = Readonly<Record<string, string | number | boolean | undefined>>;

const LEVELS = ['debug', 'info', 'warn', 'error', 'off'] as const satisfies readonly LogLevel[];
const DEFAULT_LEVEL = 'info';

/** Writes lines such as `tccc attempt action=… outcome=succeeded tookMs=52`. */
export class Log {
  readonly #logger: Logger;
  readonly #least: number;

  constructor(logger: Logger, level: LogLevel) {
    this.#logger = logger;
    this.#least = LEVELS.indexOf(level);
  }

  /** A logger that fails must not change what a call reports. */
  write(level: Exclude<LogLevel, 'off'>, event: string, fields: Fields): void {
    if (LEVELS.indexOf(level) < this.#least) return;
    const pairs = Object.entries(fields).filter(([, value]) => value !== undefined);
    const text = pairs.map(([name, value]) => ` ${name}=${round(value!)}`).join('');
    try {
      this.#logger[level](`tccc ${event}${text}`);
    } catch {
      // As above.
    }
  }
}

function round(value: string | number | boolean): string {
  return typeof value === 'number' ? String(Math.round(value)) : String(value);
}

/** For `TCCC_LOG`: the standard error, so that the output of a program stays its own. */
const STANDARD_ERROR: Logger = {
  debug: writeLine,
  info: writeLine,
  warn: writeLine,
  error: writeLine,
};

function writeLine(line: string): void {
  process.stderr.write(`${line}\n`);
}

/**
 * The log of a client; undefined if it writes none. `TCCC_LOG` is for looking at a program without changing it, so an option
 * goes before it.
 *
 * @throws ConfigurationError
 */
export function resolveLog(logger: Logger | undefined, level: LogLevel | undefined): Log | undefined {
  if (logger !== undefined) checkLogger(logger);
  checkOneOf('logLevel', level, LEVELS);
  const { TCCC_LOG } = process.env;
  const ofEnvironment = TCCC_LOG === undefined || TCCC_LOG === '' ? undefined : (TCCC_LOG as LogLevel);
  if (ofEnvironment !== undefined && !LEVELS.includes(ofEnvironment))
    throw invalidOption('TCCC_LOG of the environment', `one of ${LEVELS.join(', ')}`);
  if (logger === undefined && level === undefined && ofEnvironment === undefined) return undefined;
  const chosen = level ?? ofEnvironment ?? DEFAULT_LEVEL;
  return chosen === 'off' ? undefined : new Log(logger ?? STANDARD_ERROR, chosen);
}

function checkLogger(logger: Logger): void {
  const methods = ['debug', 'info', 'warn', 'error'] as const;
  const isLogger = typeof logger === 'object' && logger !== null;
  if (isLogger && methods.every((method) => typeof logger[method] === 'function')) return;
  throw invalidOption('logger', 'an object with the methods debug, info, warn and error', logger);
}
