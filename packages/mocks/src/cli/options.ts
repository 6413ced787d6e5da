import { parseArgs } from 'node:util';
import { readConfigFile } from './config.js';
import type { MockCredentials } from '../common/secrets.js';
import type { MockOptions } from '../engine/options.js';
import { mockCredentials, readMockOptions } from '../engine/options.js';
import type { MockCallOptions } from '../entities/call-options.js';
import type { MockPushOptions } from '../push/push-options.js';
import { readPushOptions } from '../push/push-options.js';
import { UsageError } from './usage-error.js';

const LOOPBACK = '127.0.0.1';

export const USAGE = `Usage: npx -p @tccc/mocks tccc-mock [options]

Runs a mock of the outbound-call API, and prints one line of JSON when it is ready.

  --config <path>            JSON file with any of the options below, as config.schema.json of this package describes it;
                             an option of the command line counts more
  --port <number>            port to listen on; default 0, any free one
  --host <address>           address to listen at; default 127.0.0.1. Beyond loopback, others can reach the mock
  --allow-host <name>        one more name by which its page and routes can be called, such as in a cluster; may be repeated
  --tls                      speaks HTTPS, with a certificate that it makes at each start
  --ca-file <path>           file for the certificate that clients must trust; default: a temporary one
  --secret-id <text>         a secret id that it knows, with
  --secret-key <text>        its secret key and, if the credentials are temporary,
  --token <text>             its token. Repeat these for several; default ${mockCredentials.secretId} and ${mockCredentials.secretKey}
  --signatures <mode>        strict (default), presence or off
  --rate-limit <number>      requests per window and action, or off; default: the documented limit of each action
  --newer-parameters <mode>  accept (default) or refuse: parameters that were documented later
  --unchecked <parameter>    takes this parameter unchecked, such as ExpectedAbandonRate; may be repeated
  --list-delay-ms <number>   how long what was created is missing in lists, in milliseconds; default 0
  --item-ms <number>         how long a task takes for one number once it runs, in milliseconds; default 30000
  --calls <json>             how calls go: shares of their ends, atOnce, sessionDelayMs and recordDelayMs, such as
                             '{"shares":{"ok":1,"busy":1},"atOnce":10}'
  --push <json>              pushes records of calls to your receiver: url, username, password, delayMs, repeatMs, faults, such as
                             '{"url":"http://127.0.0.1:8080/tccc","faults":{"loss":0.1}}'
  --seed <number>            makes the ids of what is created, and random faults, the same in each run
  --max-entries <number>     requests that the journal keeps, and tasks that the mock knows; default 100000 of each
  --max-bytes <number>       memory that each of them takes, in bytes; default 67108864
  -h, --help                 this text
  --version                  the version of this package

Routes beside the API, all under /__mock/: GET health, summary, journal, created, entities, pushes,
faults and respond; POST faults,
respond, clock and reset; DELETE faults and respond. Ends on SIGTERM and SIGINT.`;

const OPTIONS = {
  config: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  'allow-host': { type: 'string', multiple: true },
  tls: { type: 'boolean' },
  'ca-file': { type: 'string' },
  'secret-id': { type: 'string', multiple: true },
  'secret-key': { type: 'string', multiple: true },
  token: { type: 'string', multiple: true },
  signatures: { type: 'string' },
  'rate-limit': { type: 'string' },
  'newer-parameters': { type: 'string' },
  unchecked: { type: 'string', multiple: true },
  seed: { type: 'string' },
  'list-delay-ms': { type: 'string' },
  'item-ms': { type: 'string' },
  calls: { type: 'string' },
  push: { type: 'string' },
  'max-entries': { type: 'string' },
  'max-bytes': { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
} as const;

/** What the command line asks for. */
export interface Command {
  asksFor: 'help' | 'version' | 'server';
  engine: MockOptions;
  port: number;
  host: string;
  allowedHosts: readonly string[];
  tls: boolean;
  caFile: string | undefined;
  push: MockPushOptions | undefined;
}

/** @throws UsageError */
export function readCommand(args: readonly string[]): Command {
  const { values, tokens } = parse(args);
  const config = values.config === undefined ? {} : readConfigFile(values.config);
  const { seed, 'rate-limit': rateLimit } = values;
  const host = values.host ?? config.host ?? LOOPBACK;
  const allowedHosts = values['allow-host'] ?? config.allowedHosts ?? [];
  const tls = values.tls ?? config.tls ?? false;
  const caFile = values['ca-file'] ?? config.caFile;
  if (host === '') throw new UsageError('--host must not be empty.');
  if (caFile === '') throw new UsageError('--ca-file must not be empty.');
  if (caFile !== undefined && !tls) throw new UsageError('--ca-file needs --tls.');
  const limits = {
    ...numberOf('maxEntries', 'max-entries', values['max-entries'], 1),
    ...numberOf('maxBytes', 'max-bytes', values['max-bytes'], 1),
  };
  const engine: MockOptions = {
    ...config.engine,
    ...credentialsOf(tokens),
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
  const asksFor = values.help ? 'help' : values.version ? 'version' : 'server';
  return { asksFor, engine, port, host, allowedHosts, tls, caFile, push };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true, tokens: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
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

type Token = ReturnType<typeof parse>['tokens'][number];

/** Key pairs, in order: an option that the present pair has already begins the next one. */
function credentialsOf(tokens: readonly Token[]): { credentials?: MockCredentials[] } {
  const pairs: Partial<MockCredentials>[] = [];
  for (const token of tokens) {
    if (token.kind !== 'option' || !Object.hasOwn(FIELDS, token.name)) continue;
    const field = FIELDS[token.name as keyof typeof FIELDS];
    if (pairs.length === 0 || pairs.at(-1)![field] !== undefined) pairs.push({});
    pairs.at(-1)![field] = token.value!;
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
