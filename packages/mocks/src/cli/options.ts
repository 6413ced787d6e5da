import type { MockCredentials } from '../common/secrets.js';
import type { MockOptions } from '../engine/options.js';
import { readMockOptions } from '../engine/options.js';
import type { MockCallOptions } from '../entities/call-options.js';
import type { MockPushOptions } from '../push/push-options.js';
import { readPushOptions } from '../push/push-options.js';
import type { Config } from './config.js';
import { readConfigFile } from './config.js';
import type { Given } from './parser.js';
import { parse } from './parser.js';
import { isHostName } from '../server/guard.js';
import { UsageError } from './usage-error.js';

const LOOPBACK = '127.0.0.1';

/** What the command line asks for. */
export interface Command {
  engine: MockOptions;
  port: number;
  host: string;
  allowedHosts: readonly string[];
  tls: boolean;
  caFile: string | undefined;
  push: MockPushOptions | undefined;
  /** Whether it says that it is ready by a line of JSON, also on a terminal. */
  json: boolean;
}

/** @throws UsageError */
export function readCommand(args: readonly string[]): Command {
  return commandOf(parse(args));
}

/** @throws UsageError */
export function commandOf({ values, keyPairs }: Given): Command {
  const config: Config = values.config === undefined ? {} : readConfigFile(values.config);
  const { seed, 'rate-limit': rateLimit } = values;
  const host = values.host ?? config.host ?? LOOPBACK;
  const allowedHosts = values['allow-host'] ?? config.allowedHosts ?? [];
  const tls = values.tls ?? config.tls ?? false;
  const caFile = values['ca-file'] ?? config.caFile;
  if (host === '') throw new UsageError('--host must not be empty.');
  if (!allowedHosts.every(isHostName))
    throw new UsageError('--allow-host must be a whole name, such as mock.example.com.');
  if (caFile === '') throw new UsageError('--ca-file must not be empty.');
  if (caFile !== undefined && !tls) throw new UsageError('--ca-file needs --tls.');
  const limits = {
    ...numberOf('maxEntries', 'max-entries', values['max-entries'], 1),
    ...numberOf('maxBytes', 'max-bytes', values['max-bytes'], 1),
  };
  const engine: MockOptions = {
    ...config.engine,
    ...credentialsOf(keyPairs),
    ...choice('signatures', 'signatures', values.signatures, ['strict', 'presence', 'off']),
    ...choice('newerParameters', 'newer-parameters', values['newer-parameters'], ['accept', 'refuse']),
    ...uncheckedOf(values.unchecked),
    journal: { ...config.engine?.journal, ...limits },
    entities: { ...config.engine?.entities, ...limits },
    ...numberOf('listDelayMs', 'list-delay-ms', values['list-delay-ms'], 0),
    ...numberOf('itemMs', 'item-ms', values['item-ms'], 1),
    ...objectOf<'calls', MockCallOptions>('calls', values.calls),
    ...numberOf('seed', 'seed', seed, 0, 2 ** 32 - 1),
    ...(rateLimit === 'off' ? { rateLimit } : numberOf('rateLimit', 'rate-limit', rateLimit, 1)),
  };
  check(engine);
  const { push = config.push } = objectOf<'push', MockPushOptions>('push', values.push);
  if (push !== undefined) checkPush(push);
  const { port = config.port ?? 0 } = numberOf('port', 'port', values.port, 0, 65_535);
  return { engine, port, host, allowedHosts, tls, caFile, push, json: values.json ?? false };
}

/** What the engine itself refuses, such as two key pairs with one id. */
function check(options: MockOptions): void {
  try {
    readMockOptions(options);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function checkPush(options: MockPushOptions): void {
  try {
    readPushOptions(options);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** An object in JSON under its name; nothing if it was not given. */
function objectOf<Key extends string, Value = object>(
  key: Key,
  text: string | undefined,
): { [key in Key]?: Value } {
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { [key]: value } as { [key in Key]: Value };
  } catch {
    // What is said of it would show a part of it.
  }
  throw new UsageError(`--${key} must be a JSON object.`);
}

const FIELDS = { 'secret-id': 'secretId', 'secret-key': 'secretKey', token: 'token' } as const;

/** Key pairs, in order: an option that the present pair has already begins the next one. */
function credentialsOf(given: Given['keyPairs']): { credentials?: MockCredentials[] } {
  const pairs: Partial<MockCredentials>[] = [];
  for (const [name, text] of given) {
    const field = FIELDS[name];
    if (pairs.length === 0 || pairs.at(-1)![field] !== undefined) pairs.push({});
    pairs.at(-1)![field] = text;
  }
  for (const { secretId, secretKey } of pairs) {
    if (secretId === undefined || secretKey === undefined)
      throw new UsageError('--secret-id and --secret-key need each other, and --token needs both.');
  }
  return pairs.length === 0 ? {} : { credentials: pairs as MockCredentials[] };
}

/** The parameters that are not checked; nothing if none was given. */
function uncheckedOf(names: readonly string[] | undefined): { checks?: Record<string, 'off'> } {
  return names === undefined
    ? {}
    : { checks: Object.fromEntries(names.map((name) => [name, 'off'] as const)) };
}

/** One of some words under its name; nothing if it was not given. */
function choice<Key extends string, const Choice extends string>(
  key: Key,
  name: string,
  text: string | undefined,
  choices: readonly Choice[],
): { [key in Key]?: Choice } {
  if (text === undefined) return {};
  const found = choices.find((one) => one === text);
  if (found !== undefined) return { [key]: found } as { [key in Key]: Choice };
  throw new UsageError(`--${name} must be ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}.`);
}

/** A number under its name; nothing if it was not given. */
function numberOf<Key extends string>(
  key: Key,
  name: string,
  text: string | undefined,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): { [key in Key]?: number } {
  if (text === undefined) return {};
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most)
    return { [key]: value } as { [key in Key]: number };
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
  throw new UsageError(
    `--${name} must be a whole number ${range}${name === 'rate-limit' ? ', or off' : ''}.`,
  );
}
