import { readFileSync } from 'node:fs';
import type { MockOptions } from '../engine/options.js';
import type { MockPushOptions } from '../push/push-options.js';
import { suggestName } from '../common/suggest.js';
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

const LIMITS: Check = [
  (value) =>
    isObject(value) &&
    Object.entries(value).every(
      ([name, bound]) => ['maxEntries', 'maxBytes'].includes(name) && isCount(bound),
    ),
  'an object with maxEntries and maxBytes, whole numbers from 1',
];

const COUNT: Check = [isCount, 'a whole number from 1'];
const TEXT: Check = [(value) => typeof value === 'string' && value !== '', 'a text that is not empty'];

const CREDENTIALS: Check = [
  (value) => Array.isArray(value) && value.length > 0 && value.every(isKeyPair),
  'a list of objects with secretId, secretKey and, if they are temporary, token',
];

/** Those of the command, and those of the engine. */
const COMMAND: Readonly<Record<string, Check>> = {
  $schema: TEXT,
  port: [(value) => isWhole(value, 0, 65_535), 'a whole number from 0 to 65535'],
  host: TEXT,
  allowedHosts: [(value) => Array.isArray(value) && value.every(TEXT[0]), 'a list of names'],
  tls: [(value) => typeof value === 'boolean', 'true or false'],
  caFile: TEXT,
  push: [isObject, 'an object with url, and what is said of it besides'],
};

const ENGINE: Readonly<Record<string, Check>> = {
  credentials: CREDENTIALS,
  signatures: [
    (value) => ['strict', 'presence', 'off'].includes(value as string),
    '"strict", "presence" or "off"',
  ],
  rateLimit: [(value) => value === 'off' || isCount(value), 'a whole number from 1, or "off"'],
  newerParameters: [(value) => ['accept', 'refuse'].includes(value as string), '"accept" or "refuse"'],
  checks: [
    (value) => isObject(value) && Object.values(value).every((one) => one === 'off'),
    'an object with "off" for each parameter that is not checked',
  ],
  listDelayMs: [(value) => isWhole(value, 0), 'a whole number from 0'],
  itemMs: COUNT,
  calls: [isObject, 'an object with shares, atOnce, sessionDelayMs and recordDelayMs'],
  seed: [(value) => isWhole(value, 0, 2 ** 32 - 1), 'a whole number from 0 to 4294967295'],
  journal: LIMITS,
  entities: LIMITS,
};

/** Every name that a file may have. */
export const CONFIG_NAMES: readonly string[] = [...Object.keys(COMMAND), ...Object.keys(ENGINE)];

/** @throws UsageError that names the file and the field, and shows no value */
export function readConfigFile(path: string): Config {
  let text: string;
  try {
    text = textOf(readFileSync(path));
  } catch (error) {
    throw new UsageError(`--config cannot be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
  try {
    return readConfig(JSON.parse(text));
  } catch (error) {
    // The message of a parser may show a part of the file.
    throw error instanceof UsageError ? error : new UsageError('--config must be a file with JSON.');
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
    const isOfEngine = Object.hasOwn(ENGINE, name);
    if (!isOfEngine && !Object.hasOwn(COMMAND, name)) throw new UsageError(unknown(name));
    const [isRight, says] = isOfEngine ? ENGINE[name]! : COMMAND[name]!;
    if (!isRight(given)) throw new UsageError(`--config: ${name} must be ${says}.`);
    (isOfEngine ? engine : config)[name] = given;
  }
  return config;
}

function unknown(name: string): string {
  const meant = suggestName(name, CONFIG_NAMES);
  if (meant !== undefined) return `--config: ${name} is no option; did you mean ${meant}?`;
  return `Unknown option in --config. Valid options: ${CONFIG_NAMES.join(', ')}.`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWhole(value: unknown, least: number, most = Number.MAX_SAFE_INTEGER): boolean {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
}

function isCount(value: unknown): boolean {
  return isWhole(value, 1);
}

function isKeyPair(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { secretId, secretKey, token = 'none', ...others } = value;
  return (
    Object.keys(others).length === 0 && [secretId, secretKey, token].every((one) => typeof one === 'string')
  );
}
