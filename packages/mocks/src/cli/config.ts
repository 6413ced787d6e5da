import { readFileSync } from 'node:fs';
import { suggestName } from '@tccc/outbound/internal';
import type { MockOptions } from '../engine/options.js';
import { mockTable } from '../engine/options.js';
import type { MockPushOptions } from '../push/push-options.js';
import { isHostName } from '../server/guard.js';
import { UsageError } from './usage-error.js';

/** What a file of options may say. config.schema.json says the same, for editors. */
export interface Config {
  port?: number;
  host?: string;
  allowedHosts?: string[];
  tls?: boolean;
  caFile?: string;
  push?: MockPushOptions;
  engine?: MockOptions;
}

/** What a value must be, and how that is said. */
type Check = readonly [isRight: (value: unknown) => boolean, says: string];

const TEXT: Check = [(value) => typeof value === 'string' && value !== '', 'a non-empty string'];

/** The options of the command alone; those of the engine have a table of their own. */
const COMMAND: Readonly<Record<string, Check>> = {
  $schema: TEXT,
  port: [(value) => isWhole(value, 0, 65_535), 'a whole number from 0 to 65535'],
  host: TEXT,
  allowedHosts: [(value) => Array.isArray(value) && value.every(isHostName), 'a list of whole names'],
  tls: [(value) => typeof value === 'boolean', 'true or false'],
  caFile: TEXT,
  push: [isObject, 'an object with url and, optionally, the other fields'],
};

const { clock: _clock, ...ENGINE } = mockTable;

/** Every name that a file may have. */
export const CONFIG_NAMES: readonly string[] = [...Object.keys(COMMAND), ...Object.keys(ENGINE)];

/** @throws UsageError that names the file and the field, and shows no value */
export function readConfigFile(path: string): Config {
  let text: string;
  try {
    text = textOf(readFileSync(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `--config ${path} cannot be read: ${code === 'ENOENT' ? 'there is no such file' : code}.`,
    );
  }
  try {
    return readConfig(JSON.parse(text));
  } catch (error) {
    // The message of a parser may show a part of the file.
    throw error instanceof UsageError ? error : new UsageError(`--config ${path} must be a file with JSON.`);
  }
}

/** Editors and shells of Windows write a byte order mark, and some of them UTF-16. */
function textOf(bytes: Buffer): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/** @throws UsageError */
export function readConfig(value: unknown): Config {
  if (!isObject(value)) throw new UsageError('--config must have a JSON object.');
  const engine: Record<string, unknown> = {};
  const config: Record<string, unknown> = { engine };
  for (const [name, given] of Object.entries(value)) {
    if (Object.hasOwn(ENGINE, name)) {
      checkEngine(name as keyof typeof ENGINE, given);
      engine[name] = given;
    } else if (Object.hasOwn(COMMAND, name)) {
      const [isRight, says] = COMMAND[name]!;
      if (!isRight(given)) throw new UsageError(`--config: ${name} must be ${says}.`);
      config[name] = given;
    } else throw new UsageError(unknown(name));
  }
  return config;
}

/** @throws UsageError if the engine does not take it */
function checkEngine(name: keyof typeof ENGINE, given: unknown): void {
  try {
    ENGINE[name](name, given as never);
  } catch (error) {
    throw new UsageError(`--config: ${(error as Error).message}`);
  }
}

function unknown(name: string): string {
  const meant = suggestName(name, CONFIG_NAMES);
  if (meant !== undefined) return `--config: ${name} is not an option; did you mean ${meant}?`;
  return `Unknown option in --config. Valid options: ${CONFIG_NAMES.join(', ')}.`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWhole(value: unknown, least: number, most = Number.MAX_SAFE_INTEGER): boolean {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
}
